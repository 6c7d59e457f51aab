/** `none` syncs nothing, `data` the file's bytes, `full` the file and then its folder, so that the name survives too. */
export type Durability = 'full' | 'data' | 'none';

/** What the caller last saw at the path: its bytes, their SHA-256, or that there was no file. */
export type Expected = ArrayBufferView | { readonly sha256: string } | 'absent';

export type AtomicWriteOptions = {
  /** Permission bits of the new file. Without it an existing file keeps its own, a new one gets 0666 less the umask. */
  readonly mode?: number;
  /** Makes missing parent folders. Default true. */
  readonly ensureParent?: boolean;
  /** Compares first and writes nothing when the bytes on disk are already these. Default false. */
  readonly ifChanged?: boolean;
  /**
   * Fails with code `CONFLICT` when the file isn't what the caller read. Checked right before the rename; writers of
   * this module in the same process can't come between. Another process can, for as long as a rename takes (on a busy
   * disk milliseconds): no system call compares and renames in one. Where updates of several processes must not be lost,
   * hold a lock from reading to writing. `absent` needs none: link(2) fails when there is a file.
   */
  readonly expected?: Expected;
  /** Fails with `EEXIST` when there is a file, and never overwrites one that appears meanwhile. Default false. */
  readonly exclusive?: boolean;
  /** Default `full`. */
  readonly durability?: Durability;
  /** What to do when the path is a symbolic link: write the file it leads to, replace the link, or fail. */
  readonly links?: 'follow' | 'replace' | 'refuse';
  /** What to do when the file has other names: fail, or give this name the new text and leave the others the old. */
  readonly hardLinks?: 'refuse' | 'break';
  /** Replaces a file whose permissions forbid writing (such as 0444). Default false. */
  readonly force?: boolean;
  /** Ends the write with code `ABORTED`, the old file kept, unless the rename has already begun. */
  readonly signal?: AbortSignal;
  /** How text becomes bytes. Default `utf8`. */
  readonly encoding?: BufferEncoding;
  /** Asked last before the rename; what it throws ends the write with code `REFUSED` and the old file kept. */
  readonly beforeRename?: () => void | Promise<void>;
  /** How long a rename that another program blocks is tried again, in ms. Default 10,000 on Windows, else 2,000. */
  readonly renameDeadlineMs?: number;
  /**
   * Looks for leftovers of killed writers before the first write in a folder, and again when the last look is more than
   * a minute ago: one reading of the folder's names. Default true.
   */
  readonly sweep?: boolean;
};

export type WriteResult = {
  readonly outcome: 'written' | 'unchanged';
  /** Length of the file's content. */
  readonly bytes: number;
  /** The file that has the content: `path` made absolute, symbolic links at its end followed. */
  readonly path: string;
  /** True when there was no file before. */
  readonly isNew: boolean;
  /** What was reached: `data` although `full` was asked where the file system can't sync a folder. */
  readonly durability: Durability;
  /** How often the rename was blocked before it went through. */
  readonly renameRetries: number;
  /** False when the file belonged to somebody else and could not be given back to them. */
  readonly isOwnerKept: boolean;
};
