/** Everything that is compared. Each package is imported only in the process that measures it. */
import * as path from 'node:path';
import type { AtomicWriteOptions } from '../../src/atomic-write/index.ts';

/** Replaces one file, which exists, by `bytes`. */
export type Write = (file: string, bytes: Uint8Array) => Promise<void>;

export type FileContent = { readonly file: string; readonly bytes: Uint8Array };

/** Replaces many files at once. */
export type WriteAll = (contents: readonly FileContent[]) => Promise<void>;

export type Contender = {
  readonly name: string;
  /** What a caller can rely on after a power cut: nothing, the bytes, or the bytes under the new name. */
  readonly syncs: 'nothing' | 'file' | 'file and folder';
  readonly load: () => Promise<Write>;
  /** How it writes many files at once; without it, by as many writes at once. */
  readonly loadAll?: () => Promise<WriteAll>;
};

async function loadOurs(options: AtomicWriteOptions): Promise<Write> {
  const { atomicWriteBytes } = await import('../../src/atomic-write/index.ts');
  return async (file, bytes) => {
    await atomicWriteBytes(file, bytes, options);
  };
}

/** Replaces many files as one set; their folder holds the journal. */
async function loadBatch(): Promise<WriteAll> {
  const module: object = await import('../../src/atomic-write/index.ts');
  if (!('atomicWriteBatch' in module) || typeof module.atomicWriteBatch !== 'function') {
    throw new Error('There is no batch write.');
  }
  const { atomicWriteBatch } = module;
  return async (contents) => {
    const [first] = contents;
    if (first === undefined) return;
    const entries = contents.map(({ file, bytes }) => ({ path: file, content: bytes }));
    await atomicWriteBatch(entries, { journalFolder: path.dirname(first.file) });
  };
}

/** The yardstick of every ratio. */
export const yardstick = 'raw callbacks';

export const ifChanged = 'atomic-index full, ifChanged';
export const batch = 'atomic-index full, batch';

export const contenders: readonly Contender[] = [
  {
    name: yardstick,
    syncs: 'file',
    load: async () => (await import('./rawWrite.ts')).rawWrite,
  },
  {
    name: 'raw callbacks + folder',
    syncs: 'file and folder',
    load: async () => (await import('./rawWrite.ts')).rawWriteAndSyncFolder,
  },
  {
    name: 'raw synchronous',
    syncs: 'file',
    load: async () => {
      const { rawWriteSync } = await import('./rawWrite.ts');
      return async (file, bytes) => rawWriteSync(file, bytes);
    },
  },
  {
    name: 'atomic-index full',
    syncs: 'file and folder',
    load: () => loadOurs({ durability: 'full' }),
  },
  {
    name: 'atomic-index data',
    syncs: 'file',
    load: () => loadOurs({ durability: 'data' }),
  },
  {
    name: 'atomic-index none',
    syncs: 'nothing',
    load: () => loadOurs({ durability: 'none' }),
  },
  {
    // Writes nothing when it is given what is there already.
    name: ifChanged,
    syncs: 'file and folder',
    load: () => loadOurs({ durability: 'full', ifChanged: true }),
  },
  {
    name: batch,
    syncs: 'file and folder',
    load: () => loadOurs({ durability: 'full' }),
    loadAll: loadBatch,
  },
  {
    name: 'write-file-atomic',
    syncs: 'file',
    load: async () => {
      const { default: writeFileAtomic } = await import('write-file-atomic');
      return (file, bytes) => writeFileAtomic(file, bytes);
    },
  },
  {
    name: 'atomically',
    syncs: 'file',
    load: async () => {
      const { writeFile } = await import('atomically');
      return (file, bytes) => writeFile(file, bytes);
    },
  },
  {
    name: 'fast-write-atomic',
    syncs: 'file',
    load: async () => {
      const { default: writeAtomic } = await import('fast-write-atomic');
      return (file, bytes) =>
        new Promise((resolve, reject) => {
          writeAtomic(file, bytes, (error) => (error ? reject(error) : resolve()));
        });
    },
  },
  {
    name: 'steno',
    syncs: 'nothing',
    load: async () => {
      const { Writer } = await import('steno');
      // One writer a file, as its documentation says: it holds the queue of that file.
      const writers = new Map<string, InstanceType<typeof Writer>>();
      return (file, bytes) => {
        const writer = writers.get(file) ?? new Writer(file);
        writers.set(file, writer);
        return writer.write(bytes);
      };
    },
  },
  {
    name: 'fs-extra outputFile',
    syncs: 'nothing',
    load: async () => {
      const { default: fsExtra } = await import('fs-extra');
      return (file, bytes) => fsExtra.outputFile(file, bytes);
    },
  },
];

export function findContender(name: string): Contender {
  const found = contenders.find((contender) => contender.name === name);
  if (found === undefined) throw new Error(`No contender is called ${name}.`);
  return found;
}
