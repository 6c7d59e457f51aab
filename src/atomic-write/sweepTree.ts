import * as path from 'node:path';
import { codeOf } from './errors.ts';
import { readFolder } from './fs.ts';
import { type SweepOptions, type SweepResult, sweepTempFiles } from './sweep.ts';

export type SweepTreeOptions = SweepOptions & {
  /** Names of folders not to enter. Default `.git` and `node_modules`. */
  readonly skip?: readonly string[];
  /** Stops after so many folders. Default 100,000. */
  readonly maxFolders?: number;
};

/** All paths are absolute. */
export type SweepTreeResult = SweepResult & {
  /** How many folders were looked at. */
  readonly folders: number;
  /** False when the signal or `maxFolders` ended the walk early. */
  readonly isComplete: boolean;
};

/**
 * Sweeps a folder and all below it, folders before what they hold, so that a batch is finished where its journal lies.
 * Symbolic links are not followed. A folder that can't be read is told in `failed`. Throws nothing.
 */
export async function sweepTree(root: string, options: SweepTreeOptions = {}): Promise<SweepTreeResult> {
  const { skip = ['.git', 'node_modules'], maxFolders = 100_000, ...sweepOptions } = options;
  const all = {
    removed: [] as string[],
    kept: [] as string[],
    failed: [] as { name: string; code: string }[],
    recovered: [] as string[],
  };
  const queue = [path.resolve(root)];
  let folders = 0;
  // What is appended while it runs is reached, too.
  for (const folder of queue) {
    if (folders >= maxFolders || options.signal?.aborted === true)
      return { ...all, folders, isComplete: false };
    folders++;
    try {
      const found = await sweepTempFiles(folder, sweepOptions);
      all.removed.push(...found.removed.map((name) => path.join(folder, name)));
      all.kept.push(...found.kept.map((name) => path.join(folder, name)));
      all.failed.push(...found.failed.map(({ name, code }) => ({ name: path.resolve(folder, name), code })));
      all.recovered.push(...found.recovered);
      for (const entry of await readFolder(folder)) {
        if (entry.isDirectory() && !skip.includes(entry.name)) queue.push(path.join(folder, entry.name));
      }
    } catch (error) {
      all.failed.push({ name: folder, code: codeOf(error) });
    }
  }
  return { ...all, folders, isComplete: true };
}
