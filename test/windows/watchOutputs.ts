import { type FSWatcher, watch } from 'node:fs';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';

export type ReaderData = {
  readonly files: readonly string[];
  /** By the place of a file in `files`: 1 while the test itself may have removed it. */
  readonly mayBeMissing: Int32Array;
  readonly isOver: Int32Array;
};

export type ReaderMessage =
  | { readonly kind: 'bad'; readonly file: string; readonly found: string }
  | { readonly kind: 'reads'; readonly reads: number };

/** What is seen of the outputs from outside, all the time. */
export type OutputWatch = {
  /** How often a file was put in its place by a rename, since the last reset. */
  writesOf(file: string): number;
  resetWrites(): void;
  /** Says that the test is about to remove a file, or (`false`) that it is back. */
  setMayBeMissing(file: string, mayBeMissing: boolean): void;
  /** Waits until all that was read before is told of. */
  reads(): Promise<{ readonly reads: number; readonly bad: readonly string[] }>;
  close(): Promise<void>;
};

/** Begins to read files in a thread of its own, and to count the renames onto them. */
export function watchOutputs(files: readonly string[]): OutputWatch {
  const mayBeMissing = new Int32Array(new SharedArrayBuffer(4 * files.length));
  const isOver = new Int32Array(new SharedArrayBuffer(4));
  const workerData: ReaderData = { files, mayBeMissing, isOver };
  const worker = new Worker(new URL('./reader.js', import.meta.url), { workerData });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const bad: string[] = [];
  worker.on('message', (message: ReaderMessage) => {
    if (message.kind === 'bad') bad.push(`${message.file} was not whole: ${message.found}`);
  });
  worker.on('error', (error) => bad.push(`The reader ended: ${error.stack ?? error}`));

  const writes = new Map<string, number>();
  const watchers: FSWatcher[] = [...new Set(files.map((file) => path.dirname(file)))].map((folder) =>
    // inotify tells of a rename onto a name as "rename" of that name; of a write into the file as "change".
    watch(folder, (kind, name) => {
      const file = path.join(folder, name ?? '');
      if (kind === 'rename' && files.includes(file)) writes.set(file, (writes.get(file) ?? 0) + 1);
    }),
  );
  return {
    writesOf: (file) => writes.get(file) ?? 0,
    resetWrites: () => writes.clear(),
    setMayBeMissing(file, isAllowed) {
      Atomics.store(mayBeMissing, files.indexOf(file), isAllowed ? 1 : 0);
    },
    reads: () =>
      new Promise((resolve) => {
        const answer = (told: number): void => {
          worker.off('message', onMessage);
          worker.off('exit', onExit);
          resolve({ reads: told, bad: bad.splice(0) });
        };
        const onMessage = (message: ReaderMessage): void => {
          if (message.kind === 'reads') answer(message.reads);
        };
        const onExit = (): void => answer(0);
        worker.on('message', onMessage);
        worker.on('exit', onExit);
        worker.postMessage('reads');
      }),
    close: async () => {
      Atomics.store(isOver, 0, 1);
      for (const watcher of watchers) watcher.close();
      await exited;
    },
  };
}
