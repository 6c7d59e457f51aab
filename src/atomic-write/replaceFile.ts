import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AtomicWriteError, codeOf } from './errors.ts';
import { access, constants, link, lstat, rename, type Stats, stat, unlink } from './fs.ts';

/** What Windows says while a scanner, an indexer or an editor holds either file for a moment. */
const blockedCodes: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);

const firstPauseMs = 5;
const longestPauseMs = 250;

export type ReplaceOptions = {
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
};

/**
 * Renames the temp file onto the target and gives how often that was blocked before. Only this step is ever repeated:
 * a rename that failed has changed nothing, while a failed sync may already have lost the data.
 */
export async function replaceFile(
  temp: string,
  target: string,
  tempStats: Stats,
  options: ReplaceOptions,
): Promise<number> {
  const startedAt = performance.now();
  for (let retries = 0; ; retries++) {
    let code: string;
    let cause: unknown;
    try {
      await rename(temp, target);
      return retries;
    } catch (error) {
      cause = error;
      code = codeOf(error);
    }
    if (code === 'ENOENT' && (await isSameFile(target, tempStats))) return retries;
    if (!blockedCodes.has(code)) throw new AtomicWriteError('rename', target, code, cause);
    const permanent = await findPermanentCause(target);
    if (permanent !== null) throw new AtomicWriteError('rename', target, permanent, cause);
    const pauseMs = Math.min(firstPauseMs * 2 ** retries, longestPauseMs) * (0.5 + Math.random());
    if (performance.now() - startedAt + pauseMs > options.deadlineMs) {
      throw new AtomicWriteError('rename', target, code, cause);
    }
    try {
      await setTimeout(pauseMs, undefined, options.signal === undefined ? {} : { signal: options.signal });
    } catch (error) {
      throw new AtomicWriteError('rename', target, 'ABORTED', error);
    }
  }
}

/**
 * Gives the target the temp file's content only if there is no target: link(2) fails with EEXIST where rename(2) would
 * replace. A crash between the two calls leaves: the new file whole, and a second name that the next sweep removes.
 */
export async function createFile(temp: string, target: string): Promise<void> {
  try {
    await link(temp, target);
  } catch (error) {
    throw new AtomicWriteError('rename', target, codeOf(error), error);
  }
  // The file is in place; a temp name that can't be removed now is the sweep's.
  await unlink(temp).catch(() => undefined);
}

/** An NFS server may answer a repeated request for a rename that it has already done with ENOENT (man 2 rename, BUGS). */
async function isSameFile(target: string, tempStats: Stats): Promise<boolean> {
  const stats = await lstat(target).catch(() => null);
  return stats !== null && stats.ino === tempStats.ino && stats.dev === tempStats.dev;
}

/** Finds out why waiting can't help, so that nobody waits ten seconds to hear it. */
async function findPermanentCause(target: string): Promise<string | null> {
  const stats = await lstat(target).catch(() => null);
  if (stats?.isDirectory() === true) return 'EISDIR';
  if (process.getuid === undefined) return null;
  const folder = path.dirname(target);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    const folderStats = await stat(folder);
    const uid = process.getuid();
    const isSticky = (folderStats.mode & 0o1000) !== 0;
    const isForeign = stats !== null && stats.uid !== uid && folderStats.uid !== uid && uid !== 0;
    return isSticky && isForeign ? 'EPERM' : null;
  } catch (error) {
    return codeOf(error);
  }
}
