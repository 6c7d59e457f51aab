import { constants } from 'node:os';

/** The step of a write at which something failed. Before `rename` has succeeded the old file is as it was. */
export type AtomicWriteStep =
  | 'resolve'
  | 'inspect'
  | 'makeFolder'
  | 'createTemp'
  | 'write'
  | 'setOwner'
  | 'setMode'
  | 'sync'
  | 'verify'
  | 'close'
  | 'guard'
  | 'rename'
  | 'syncFolder'
  | 'journal'
  | 'sweep';

/** Codes of ours beside those of the operating system (`ENOSPC`, `EACCES`, …). */
export type OwnCode =
  /** `expected` no longer describes the file on disk. */
  | 'CONFLICT'
  /** The file has more than one name, and a rename would part them. */
  | 'HARD_LINKED'
  /** The file's permissions forbid writing. */
  | 'READ_ONLY'
  /** The path is a symbolic link and `links` is `refuse`. */
  | 'SYMBOLIC_LINK'
  /** The path names a device, a pipe or a socket. */
  | 'NOT_A_FILE'
  /** The name can't be used on this platform. */
  | 'ILLEGAL_NAME'
  /** The temp file isn't as long as what was written to it. */
  | 'SHORT_WRITE'
  /** Two entries of a batch lead to the same file. */
  | 'DUPLICATE'
  /** A file of a batch lies neither in the journal's folder nor below it. */
  | 'OUTSIDE'
  /** The caller's `signal` was aborted. */
  | 'ABORTED'
  /** The handle was already committed or aborted. */
  | 'CLOSED'
  /** The caller's `beforeRename` refused. */
  | 'REFUSED';

const errnoNames = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));

const retryableCodes: ReadonlySet<string> = new Set([
  'EAGAIN',
  'EBUSY',
  'EDQUOT',
  'EINTR',
  'EMFILE',
  'ENFILE',
  'ENOSPC',
  'ESTALE',
  'ETIMEDOUT',
]);

const advice: Readonly<Record<string, string>> = {
  ABORTED: 'the write was cancelled; start it again if it is still wanted',
  CLOSED: 'the handle is already closed; open a new one',
  CONFLICT: 'the file was changed by somebody else since it was read; read it again',
  DUPLICATE: 'the batch has two entries for this file; give it once',
  EACCES: 'permission denied; check the permissions of the file and its folder',
  EBUSY: 'another program holds the file; close it and try again',
  EDQUOT: 'the disk quota is used up; free some space and try again',
  EEXIST: 'the file already exists; remove it or choose another name',
  EFBIG: 'the file would be larger than this user may write here; raise the limit (ulimit -f) or write less',
  EIO: 'the device reported an error; check the disk',
  EISDIR: 'a folder has this name; choose another name',
  ELOOP: 'the symbolic links lead in a circle; remove or correct one of them',
  EMFILE: 'too many files are open in this process; try again',
  EMLINK: 'the file or folder has as many names as this file system allows; choose another folder',
  ENAMETOOLONG: 'the name is too long for this file system; choose a shorter one',
  ENFILE: 'too many files are open on this machine; try again',
  ENOENT: 'the folder does not exist; make it first',
  ENOSPC: 'the disk is full; free some space and try again',
  ENOMEM: 'the system is out of memory; close some programs and try again',
  ENOTDIR: 'a part of the path is a file, not a folder; choose another path',
  EPERM: 'the operation is not permitted; check the permissions, or close the program that holds the file',
  EROFS: 'the file system is read-only; make it writable or choose another folder',
  ESTALE: 'the network file system lost track of the folder; try again',
  EXDEV: 'the folder is spread over several file systems; choose a folder on one',
  HARD_LINKED:
    "the file has other names (hard links), which would keep the old text; pass hardLinks: 'break' to part them",
  ILLEGAL_NAME: 'the name is not allowed on this platform; choose another',
  NOT_A_FILE: 'the path names a device, a pipe or a socket; choose the path of a file',
  OUTSIDE: "the file lies outside the batch's journalFolder; choose a folder above all files of the batch",
  READ_ONLY: 'the file is read-only; change its permissions or pass force: true',
  REFUSED: 'the caller withdrew the write just before the rename; see the cause',
  SHORT_WRITE: 'fewer bytes arrived on disk than were written; check the disk',
  SYMBOLIC_LINK: "the path is a symbolic link; pass links: 'follow' to write the file that it leads to",
};

/**
 * A write that did not happen. The file at `path` is byte for byte what it was, and no temp file is left, with one
 * exception: at step `syncFolder` the new file is already in place, and only its survival of a power cut is unknown.
 */
export class AtomicWriteError extends Error {
  override readonly name = 'AtomicWriteError';
  readonly step: AtomicWriteStep;
  /** The file that was to be written. */
  readonly path: string;
  /** An errno name such as `ENOSPC`, or one of `OwnCode`. */
  readonly code: string;
  /** True when the same call may succeed later without the user changing permissions, names or content. */
  readonly retryable: boolean;

  constructor(step: AtomicWriteStep, path: string, code: string, cause?: unknown) {
    const reason = advice[code] ?? (cause instanceof Error ? cause.message : 'unexpected error');
    // After the rename nothing is lost but a promise, and nobody should look for the old file.
    const start =
      step === 'syncFolder' ? `Wrote ${path}, but it may not survive a power cut` : `Can't write ${path}`;
    super(`${start}: ${reason} (${code} at step ${step})`, cause === undefined ? undefined : { cause });
    this.step = step;
    this.path = path;
    this.code = code;
    this.retryable = retryableCodes.has(code);
  }
}

/** Gives the errno name of an error from Node's file system, or `UNKNOWN`. */
export function codeOf(error: unknown): string {
  if (error instanceof AtomicWriteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    // Node's own check of the argument: a NUL byte in a path is not a name that any system allows.
    if (error.code === 'ERR_INVALID_ARG_VALUE') return 'ILLEGAL_NAME';
    // libuv has no name for some numbers (EDQUOT, ESTALE) and calls them `Unknown system error -122`.
    if (/^E[A-Z0-9]+$/.test(error.code)) return error.code;
    // The number is negative, but for errors of `os.networkInterfaces`.
    const number = 'errno' in error && typeof error.errno === 'number' ? Math.abs(error.errno) : 0;
    return errnoNames.get(number) ?? error.code;
  }
  return 'UNKNOWN';
}

/** Runs one step and names it in whatever it throws. */
export async function atStep<T>(step: AtomicWriteStep, path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof AtomicWriteError ? error : new AtomicWriteError(step, path, codeOf(error), error);
  }
}
