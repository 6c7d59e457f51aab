/**
 * The exclusive right of one run to write one output.
 *
 * Whole files never depend on it: the atomic write sees to that. The lock makes one run out of many, and keeps an older
 * listing from landing on top of a newer one, because the holder scans, renders and writes while holding it.
 */
export type Lock = AsyncDisposable & {
  readonly key: string;
  /**
   * What holders said when they released this lock, oldest first; only of those that took it after `requestedAt`, as far
   * as that can be proven. Whatever they read, they read after this lock was asked for.
   */
  readonly notes: readonly string[];
  /**
   * The fence, to be asked right before each step that can't be undone.
   * @throws {LockError} `LOST` when the lease ran out, while this process was stopped or asleep, and another took over.
   */
  assertHeld(): Promise<void>;
  /** Lets the next one in and tells those who wait what was done. Throws nothing; does nothing the second time. */
  release(note?: string): Promise<void>;
};

/** Who holds a lock. */
export type Holder = {
  /** The program, such as `Visual Studio Code`. */
  readonly name: string;
  readonly pid: number;
  /** When it took the lock, in ms since 1970 by its own clock: for people to read, never to be reckoned with. */
  readonly since: number;
};

export type LockOptions = {
  /** How long to wait for the holder, in ms. */
  readonly timeoutMs: number;
  /** What other waiters are told of this process. */
  readonly program: string;
  readonly signal?: AbortSignal;
  /** When the work was asked for, by `process.hrtime.bigint()`. Default: now. */
  readonly requestedAt?: bigint;
  /** Called when somebody else holds the lock, and again when that is another one; `undefined` while it isn't known. */
  readonly onWait?: (holder: Holder | undefined) => void;
  /** Also takes a lock on the volume, for processes that this host's kernel doesn't know of. */
  readonly volume?: VolumeLockOptions;
};

export type VolumeLockOptions = {
  /** Where the entries lie; made if missing. All who share the lock must see the same folder. */
  readonly folder: string;
  /** The name of the lock in that folder. */
  readonly key: string;
  /** A holder that gives no sign of life for so long, in ms, is taken for dead. Default 10,000. */
  readonly leaseMs?: number;
};

/** The lock was not had, or (`LOST`) no longer is. */
export class LockError extends Error {
  override readonly name = 'LockError';
  readonly code: 'TIMEOUT' | 'ABORTED' | 'UNAVAILABLE' | 'LOST';
  /** Who was in the way, where that is known. */
  readonly holder: Holder | undefined;

  constructor(code: LockError['code'], message: string, cause?: unknown, holder?: Holder) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.holder = holder;
  }
}
