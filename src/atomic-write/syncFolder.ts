import * as path from 'node:path';
import { codeOf } from './errors.ts';
import { close, fsync, open } from './fs.ts';

/** What file systems and systems say that can't sync a folder: nothing is broken, there is just less to promise. */
const unsupportedCodes: ReadonlySet<string> = new Set([
  'EACCES',
  'EBADF',
  'EINVAL',
  'EISDIR',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EPERM',
]);

/**
 * Makes the names in a folder survive a power cut (man 2 fsync, NOTES: syncing a file doesn't sync its folder entry).
 * Gives false where the platform has no such thing; throws Node's error when the device fails. Never tried twice: after
 * a failed fsync the kernel may have dropped the data, and a second one would say that all is well.
 */
export async function syncFolder(folder: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  let fd: number;
  try {
    fd = await open(folder, 'r');
  } catch (error) {
    if (unsupportedCodes.has(codeOf(error))) return false;
    throw error;
  }
  try {
    await fsync(fd);
    return true;
  } catch (error) {
    if (unsupportedCodes.has(codeOf(error))) return false;
    throw error;
  } finally {
    await close(fd).catch(() => undefined);
  }
}

/** Syncs `folder`, and every folder above it up to the parent of `topmostMade` when some had to be made. */
export async function syncFolders(folder: string, topmostMade: string | undefined): Promise<boolean> {
  let isSynced = await syncFolder(folder);
  if (topmostMade === undefined) return isSynced;
  const last = path.dirname(topmostMade);
  for (let current = path.resolve(folder); current !== last && current !== path.dirname(current); ) {
    current = path.dirname(current);
    isSynced = (await syncFolder(current)) && isSynced;
  }
  return isSynced;
}
