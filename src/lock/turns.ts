import type { Card } from './card.ts';

/** Waiters of this process, by key: they queue here, in order, so that only one of them asks the kernel. */
const tails = new Map<string, Promise<void>>();
const holders = new Map<string, Card>();

/** A place in the queue of this process. */
export type Turn = {
  /** Settles when it is this one's turn; `undefined` when it is already. */
  readonly before: Promise<void> | undefined;
  /** Lets the next one have its turn. */
  leave(): void;
};

/** Takes a place in the queue for a key. */
export function takeTurn(key: string): Turn {
  const before = tails.get(key);
  let leave: () => void = () => undefined;
  const own = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const tail = (before ?? Promise.resolve()).then(() => own);
  tails.set(key, tail);
  void tail.then(() => {
    if (tails.get(key) === tail) tails.delete(key);
  });
  return { before, leave };
}

/** Notes, or forgets, which call of this process holds a key, for those who queue behind it. */
export function setOwnHolder(key: string, card: Card | undefined): void {
  if (card === undefined) holders.delete(key);
  else holders.set(key, card);
}

/** Gives the holder in this process, if any. */
export function ownHolderOf(key: string): Card | undefined {
  return holders.get(key);
}
