/** The pieces of work that are timed. All of them overwrite files that exist. */
import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Write, WriteAll } from './contenders.ts';

export type Work = {
  readonly folder: string;
  readonly files: number;
  readonly bytesPerFile: number;
  /** How often each file is written, one after another. */
  readonly repeats: number;
  readonly order: 'one by one' | 'at once';
  /** The same bytes each time; else every write has its own. */
  readonly isSameContent: boolean;
};

export type Cost = { readonly cpuMs: number; readonly wallMs: number };

let writes = 0;

function contentOf({ bytesPerFile, isSameContent }: Work): Uint8Array {
  const bytes = Buffer.alloc(bytesPerFile, 'atomic ');
  if (!isSameContent) bytes.writeUInt32LE(writes++ >>> 0);
  return bytes;
}

export function filesOf({ folder, files }: Work): string[] {
  return Array.from({ length: files }, (_, number) => path.join(folder, `file-${number}.txt`));
}

/** Creates the files that the work overwrites. */
export function prepare(work: Work): void {
  mkdirSync(work.folder, { recursive: true });
  for (const file of filesOf(work)) writeFileSync(file, contentOf({ ...work, isSameContent: true }));
}

/** Does the work and gives the processor time of all threads (user and system) and the time that went by, in ms. */
export async function measure(work: Work, write: Write, writeAll: WriteAll): Promise<Cost> {
  const files = filesOf(work);
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  for (let repeat = 0; repeat < work.repeats; repeat++) {
    if (work.order === 'at once') await writeAll(files.map((file) => ({ file, bytes: contentOf(work) })));
    else for (const file of files) await write(file, contentOf(work));
  }
  const cpu = process.cpuUsage(cpuBefore);
  return { cpuMs: (cpu.user + cpu.system) / 1000, wallMs: performance.now() - startedAt };
}
