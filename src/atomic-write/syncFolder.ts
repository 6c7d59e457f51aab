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

type Syncing = {
  readonly end: Promise<boolean>;
  /** From here on it may miss a new name. */
  hasBegun: boolean;
  /** The one after it. */
  next: Promise<boolean> | undefined;
};

/** The sync that is going on in each folder, or about to. */
const syncing = new Map<string, Syncing>();

/**
 * Makes the names in a folder survive a power cut (man 2 fsync, NOTES: syncing a file doesn't sync its folder entry).
 * Gives false where the platform has no such thing; throws Node's error when the device fails.
 *
 * Callers that come while a sync is going on share the one after it: the one that has begun may have missed their
 * names. When that one fails they fail too: their names may have been among what the kernel then dropped, and the next
 * sync would say that all is well.
 */
export function syncFolder(folder: string): Promise<boolean> {
  const current = syncing.get(folder);
  if (current === undefined) return startSync(folder);
  if (!current.hasBegun) return current.end;
  current.next ??= current.end.then(() => startSync(folder));
  return current.next;
}

function startSync(folder: string): Promise<boolean> {
  const onBegin = () => {
    current.hasBegun = true;
  };
  const current: Syncing = { end: syncNow(folder, onBegin), hasBegun: false, next: undefined };
  syncing.set(folder, current);
  const leave = () => syncing.delete(folder);
  current.end.then(() => current.next === undefined && leave(), leave);
  return current.end;
}

/** Never tried twice: after a failed fsync the kernel may have dropped the data, and a second one would succeed. */
async function syncNow(folder: string, onBegin: () => void): Promise<boolean> {
  if (process.platform === 'win32') return false;
  let fd: number;
  try {
    fd = await open(folder, 'r');
  } catch (error) {
    if (unsupportedCodes.has(codeOf(error))) return false;
    throw error;
  }
  try {
    onBegin();
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
