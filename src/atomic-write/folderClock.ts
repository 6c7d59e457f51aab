import * as path from 'node:path';
import { close, fstat, open, type Stats, unlink } from './fs.ts';
import { makeTempName } from './tempName.ts';

/** For how long a file has not been written, in ms, as far as can be said with certainty. */
export type AgeOf = (stats: Stats) => Promise<number>;

/**
 * Measures ages in one folder by two clocks, and believes the one that says less: this machine's, and that of the file
 * system, which stamps a file created for the purpose. On a network share they are two machines' clocks, and a wrong
 * one alone makes nothing old. (A jump of both over the whole time while a stranger is in the middle of a write would;
 * then that write fails with ENOENT and its old file stays.)
 */
export function folderClock(folder: string): AgeOf {
  let now: Promise<number> | undefined;
  return async (stats) => {
    now ??= timeOf(folder);
    return Math.min(Date.now(), await now) - stats.mtimeMs;
  };
}

async function timeOf(folder: string): Promise<number> {
  try {
    const file = path.join(folder, makeTempName());
    const fd = await open(file, 'wx', 0o600);
    try {
      return (await fstat(fd)).mtimeMs;
    } finally {
      await close(fd).catch(() => undefined);
      // A crash before this leaves: an empty temp file that the next sweep removes.
      await unlink(file).catch(() => undefined);
    }
  } catch {
    // Where nothing can be created, nothing could be removed either: there, all is new.
    return 0;
  }
}
