import type { AtomicWriteError } from './errors.ts';
import type { AtomicWriteOptions, Durability, WriteResult } from './options.ts';

/** One file of a batch. The options mean what they mean for a single write. */
export type BatchEntry = Pick<
  AtomicWriteOptions,
  'mode' | 'ifChanged' | 'expected' | 'exclusive' | 'links' | 'hardLinks' | 'force' | 'encoding'
> & {
  readonly path: string;
  /** The bytes of a view must not be changed until the promise settles. */
  readonly content: string | ArrayBufferView;
};

export type BatchOptions = Pick<
  AtomicWriteOptions,
  'ensureParent' | 'ifChanged' | 'renameDeadlineMs' | 'sweep'
> & {
  /** An existing folder in which, or below which, all files of the batch lie. The journal lies there for a moment. */
  readonly journalFolder: string;
  /** Default `full`. With less, all or nothing holds when the process is killed, but not through a power cut. */
  readonly durability?: Durability;
  /** Ends the batch with code `ABORTED`, all old files kept, unless the set is already final. */
  readonly signal?: AbortSignal;
  /**
   * What to do when one entry can't be written: keep all old files and throw its error, or leave this one out, tell its
   * error in its result and go on with the others. Default `abort`.
   */
  readonly onEntryError?: 'abort' | 'leaveOut';
  /**
   * Asked once for each entry, after all are ready and right before the set becomes final; what it throws is that
   * entry's error, with code `REFUSED`.
   */
  readonly beforeRename?: (entry: BatchEntry) => void | Promise<void>;
};

/** How one entry ended. */
export type BatchEntryResult = WriteResult | AtomicWriteError;

/**
 * A batch that became final, and of which some files could still not be put in place, or not made durable: see
 * `results`. Everything else was written.
 */
export class AtomicBatchError extends Error {
  override readonly name = 'AtomicBatchError';
  /** One for each entry, in their order. */
  readonly results: readonly BatchEntryResult[];

  constructor(results: readonly BatchEntryResult[]) {
    const errors = results.filter((result) => result instanceof Error);
    super(
      `${errors.length} of ${results.length} files failed after the others were written: ${errors[0]?.message}`,
      {
        cause: errors[0],
      },
    );
    this.results = results;
  }
}
