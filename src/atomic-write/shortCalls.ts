import { setImmediate } from 'node:timers/promises';

/** For how long of one turn of the event loop calls are made here, in ms; after that it is others' turn. */
const sliceMs = 4;

/** What takes longer than this, in ms, was not answered from memory. */
const longCallMs = 1;

/** For how many times its own length the first long call keeps the next ones away from this thread. */
const restFactor = 20;
const longestRestMs = 60_000;

/** After so many short calls in a row a long one counts as the first again. */
const forgottenAfter = 256;

/** Gives a function that makes the same call on this thread or in Node's thread pool. */
export type ShortCall = <Args extends readonly unknown[], Result>(
  here: (...args: Args) => Result,
  inPool: (...args: Args) => Promise<Result>,
) => (...args: Args) => Promise<Result>;

/**
 * Makes calls that the system mostly answers from memory right here, on the calling thread: the way to the thread pool
 * and back takes ten times as long as such a call, most of it on this thread too.
 *
 * Nobody waits long for that. In each turn of the event loop there is a slice of a few milliseconds; what comes
 * after it waits for the next turn. And a call that was long (a slow disk, a network share, a file system that writes its
 * journal) sends the next ones to the pool, for a multiple of its own time that doubles with each further one: a few
 * calls find out a slow disk, while a busy processor, which looks the same for once, is soon forgotten.
 */
export function shortCalls(clock: () => number = () => performance.now()): ShortCall {
  let restEndsAt = 0;
  let doublings = 0;
  let shortOnes = 0;
  let sliceEndsAt = 0;
  /** Ends with the turn of the event loop in which the slice began. */
  let turn: Promise<void> | undefined;

  const beginSlice = (now: number): Promise<void> => {
    sliceEndsAt = now + sliceMs;
    return setImmediate().then(() => {
      turn = undefined;
    });
  };

  const learn = (now: number, tookMs: number): void => {
    if (tookMs > longCallMs) {
      restEndsAt = now + Math.min(tookMs * restFactor * 2 ** doublings, longestRestMs);
      doublings++;
      shortOnes = 0;
    } else if (++shortOnes >= forgottenAfter) {
      doublings = 0;
    }
  };

  return (here, inPool) =>
    async (...args) => {
      for (;;) {
        const startedAt = clock();
        if (startedAt < restEndsAt) return inPool(...args);
        turn ??= beginSlice(startedAt);
        if (startedAt < sliceEndsAt) {
          try {
            return here(...args);
          } finally {
            const endedAt = clock();
            learn(endedAt, endedAt - startedAt);
          }
        }
        await turn;
      }
    };
}
