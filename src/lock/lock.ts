/**
 * The exclusive right of one run, in one process of this machine, to write one output.
 *
 * Whole files never depend on it: the atomic write sees to that. The lock makes one run out of many, and keeps an older
 * listing from landing on top of a newer one, because the holder scans, renders and writes while holding it.
 */
export type Lock = AsyncDisposable & {
  readonly key: string;
  /** Lets the next one in. Throws nothing; does nothing the second time. */
  release(): Promise<void>;
};

export type LockOptions = {
  /** How long to wait for the holder, in ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called once when somebody else holds the lock and the wait begins. */
  readonly onWait?: () => void;
};

/** The lock was not had. Nothing is held. */
export class LockError extends Error {
  override readonly name = 'LockError';
  readonly code: 'TIMEOUT' | 'ABORTED' | 'UNAVAILABLE';

  constructor(code: LockError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** One try at a lock that the kernel frees when its holder dies, and a way to hear of its end. */
export type KernelLock = {
  /** Gives the function that releases the lock, or `null` when somebody holds it. */
  tryAcquire(key: string): Promise<(() => Promise<void>) | null>;
  /** Settles when the holder may have gone, or when `signal` is aborted. May settle early. Throws nothing. */
  waitForRelease(key: string, signal: AbortSignal): Promise<void>;
};
