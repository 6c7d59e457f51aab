import * as path from 'node:path';
import { AtomicWriteError, atStep, codeOf } from './errors.ts';
import { privateMode } from './fileMode.ts';
import { close, mkdir, open, unlink, unlinkSync, write } from './fs.ts';
import { makeTempName } from './tempName.ts';

/** A file beside the target that will become the target, or vanish. */
export type TempFile = {
  readonly path: string;
  /** `null` once closed. */
  fd: number | null;
  bytes: number;
  /** The topmost folder that had to be made for it. */
  readonly madeFolder: string | undefined;
  /** The permission bits that it was created with; the umask or the folder's default ACL may have taken some away. */
  readonly birthMode: number;
};

/** Bytes given to one system call: small enough that an abort is heard soon and other writers get their turn. */
const chunkBytes = 8 * 1024 * 1024;

const live = new Set<string>();
let isExitHandled = false;

/** Temp files of a process that calls `process.exit` or dies of an exception go with it. (A kill is for the sweep.) */
function removeOnExit(): void {
  if (isExitHandled) return;
  isExitHandled = true;
  process.on('exit', () => {
    for (const file of live) {
      try {
        unlinkSync(file);
      } catch {
        // Already renamed or removed, or the disk is gone; there is nobody left to tell.
      }
    }
  });
}

type Birth = {
  readonly makeName: () => string;
  /** Permission bits, less the umask. */
  readonly mode: number;
};

async function createOnce(
  folder: string,
  birth: Birth,
  tries: number,
): Promise<{ file: string; fd: number }> {
  const file = path.join(folder, birth.makeName());
  live.add(file);
  try {
    // `wx` is O_CREAT | O_EXCL: it never opens what somebody else made, not even through a planted link.
    return { file, fd: await open(file, 'wx', birth.mode) };
  } catch (error) {
    live.delete(file);
    if (codeOf(error) === 'EEXIST' && tries > 1) return createOnce(folder, birth, tries - 1);
    throw error;
  }
}

/**
 * Makes a folder and all that lead to it; gives the topmost one made. Node's own recursive mkdir reports a full disk as
 * a missing folder. A crash in between leaves: empty folders.
 */
async function makeFolders(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    if (codeOf(error) !== 'ENOENT' || path.dirname(folder) === folder) throw error;
  }
  const topmost = await makeFolders(path.dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    // Another writer made it in the meantime.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  return topmost ?? folder;
}

/**
 * Creates an empty temp file in the target's own folder: same file system, so the rename can't become a copy. Without
 * a mode nobody else can read it, not even for a moment.
 * A crash after this leaves: the old file, and an empty temp file that the next sweep removes.
 */
export async function createTempFile(
  folder: string,
  target: string,
  ensureParent: boolean,
  { makeName = makeTempName, mode = privateMode }: Partial<Birth> = {},
): Promise<TempFile> {
  removeOnExit();
  const tries = 5;
  const birth: Birth = { makeName, mode };
  try {
    const { file, fd } = await createOnce(folder, birth, tries);
    return { path: file, fd, bytes: 0, madeFolder: undefined, birthMode: mode };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || !ensureParent) {
      throw new AtomicWriteError('createTemp', target, codeOf(error), error);
    }
  }
  // Only asked for once the open has failed: in the usual case it would be a system call for nothing.
  const madeFolder = await atStep('makeFolder', target, () => makeFolders(folder));
  return atStep('createTemp', target, async () => {
    const { file, fd } = await createOnce(folder, birth, tries);
    return { path: file, fd, bytes: 0, madeFolder, birthMode: mode };
  });
}

/**
 * Appends all of `bytes`. The kernel may take fewer than it is given without calling that an error, most often just
 * before the disk is full; only going on until all are taken brings the error to light.
 * A crash here leaves: the old file, and a partial temp file that the next sweep removes.
 */
export async function appendToTemp(
  temp: TempFile,
  target: string,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  let offset = 0;
  while (offset < bytes.byteLength) {
    throwIfAborted(signal, 'write', target);
    const { fd } = temp;
    if (fd === null) throw new AtomicWriteError('write', target, 'CLOSED');
    const length = Math.min(bytes.byteLength - offset, chunkBytes);
    const written = await atStep('write', target, () => write(fd, bytes, offset, length));
    if (written === 0) throw new AtomicWriteError('write', target, 'SHORT_WRITE');
    offset += written;
    temp.bytes += written;
  }
}

/** Closes the temp file; on network file systems this is where a full disk is told. */
export async function closeTemp(temp: TempFile, target: string): Promise<void> {
  const { fd } = temp;
  if (fd === null) return;
  // Set first: after a failed close the number may already belong to another file and must not be closed again.
  temp.fd = null;
  await atStep('close', target, () => close(fd));
}

/** Forgets a temp file that has become the target, or is gone. */
export function releaseTemp(temp: TempFile): void {
  live.delete(temp.path);
}

/** Removes the temp file. Throws nothing: it runs on the way out of another error, which must not be hidden. */
export async function discardTemp(temp: TempFile): Promise<void> {
  const { fd } = temp;
  temp.fd = null;
  if (fd !== null) await close(fd).catch(() => undefined);
  try {
    await unlink(temp.path);
  } catch (error) {
    // Still there (a scanner holds it, say): it stays on the list for the exit of the process, and then for the sweep.
    if (codeOf(error) !== 'ENOENT') return;
  }
  live.delete(temp.path);
}

/** Throws `ABORTED` when the caller has lost interest. */
export function throwIfAborted(
  signal: AbortSignal | undefined,
  step: AtomicWriteError['step'],
  target: string,
): void {
  if (signal?.aborted === true) throw new AtomicWriteError(step, target, 'ABORTED', signal.reason);
}
