import type { Card } from './card.ts';

/** What a holder left behind at its release. */
export type Farewell = { readonly card: Card; readonly note: string };

/** A lock that this process has and that the kernel frees when it dies. */
export type KernelHold = {
  /** What the holder before left, where the tier keeps that. */
  readonly farewell: Farewell | undefined;
  /** Lets the next one in. Throws nothing. */
  release(note: string | undefined): Promise<void>;
};

/** One try at a lock that the kernel frees when its holder dies, and a way to hear of its end. */
export type KernelLock = {
  /** Takes the lock, or gives `null` when somebody holds it. */
  tryAcquire(key: string, card: Card): Promise<KernelHold | null>;
  /**
   * Settles when the holder may have gone, or when `signal` is aborted, with what it left. May settle early.
   * Throws nothing.
   */
  waitForRelease(
    key: string,
    signal: AbortSignal,
    onHolder: (card: Card) => void,
  ): Promise<Farewell | undefined>;
};
