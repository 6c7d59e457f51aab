import type { Report, Trigger } from './types.ts';

export type Queue = {
  /**
   * Asks for a run. `debounced` waits for quiet, so that a storm of events becomes one run; `now` doesn't. The promise
   * settles with the run that began after this call.
   */
  request(trigger: Trigger, when?: 'now' | 'debounced'): Promise<Report>;
  /** Aborts the run that is going on, if any. What waits stays. */
  cancel(): void;
  /** Takes no more requests, aborts the run, and settles when it has ended. What waits is rejected. */
  dispose(): Promise<void>;
  readonly isRunning: boolean;
};

export type Clock = {
  now(): number;
  /** Calls `action` once after `delayMs`, unless the function that it gives is called before. */
  after(delayMs: number, action: () => void): () => void;
};

export type QueueOptions = {
  /** `requestedAt` is when the last of the triggers came, by `process.hrtime.bigint()`. */
  run(triggers: readonly Trigger[], signal: AbortSignal, requestedAt: bigint): Promise<Report>;
  /** How long it must be quiet before a debounced run, in ms; read at each request. */
  debounceMs(): number;
  /** A run begins after this long at the latest, in ms, however many events come. */
  readonly maxWaitMs: number;
  /** Puts debounced runs off while it gives true for what they would do (git is at work there), up to `maxWaitMs`. */
  isHeld?(triggers: readonly Trigger[]): Promise<boolean>;
  readonly clock?: Clock;
};

type Waiting = {
  readonly trigger: Trigger;
  readonly requestedAt: bigint;
  readonly resolve: (report: Report) => void;
  readonly reject: (error: unknown) => void;
};

/** How soon git is asked again at the soonest, also where debouncing is switched off. */
const shortestHoldMs = 100;

const systemClock: Clock = {
  now: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The queue was disposed of before the run that was asked for. */
export class QueueClosedError extends Error {
  override readonly name = 'QueueClosedError';
}

/** Makes a queue that turns many requests into few runs, one at a time. Nothing is ever thrown from its timers. */
export function createQueue(options: QueueOptions): Queue {
  const clock = options.clock ?? systemClock;
  let waiting: Waiting[] = [];
  let firstRequestAt = 0;
  let stopTimer: (() => void) | undefined;
  let running: { readonly controller: AbortController; readonly end: Promise<void> } | undefined;
  let isDisposed = false;

  const schedule = (delayMs: number): void => {
    stopTimer?.();
    const leftMs = firstRequestAt + options.maxWaitMs - clock.now();
    stopTimer = clock.after(Math.max(0, Math.min(delayMs, leftMs)), () => void startUnlessHeld());
  };

  const startUnlessHeld = async (): Promise<void> => {
    stopTimer = undefined;
    const isLate = clock.now() - firstRequestAt >= options.maxWaitMs;
    const isHeld =
      !isLate && ((await options.isHeld?.(waiting.map((one) => one.trigger)).catch(() => false)) ?? false);
    // A new request, or a run `now`, may have come while git was asked.
    if (stopTimer !== undefined || isDisposed) return;
    if (isHeld) schedule(Math.max(options.debounceMs(), shortestHoldMs));
    else start();
  };

  const start = (): void => {
    stopTimer?.();
    stopTimer = undefined;
    // What arrives during a run needs a run whose scan begins after it: the next one, started when this one ends.
    if (running !== undefined || waiting.length === 0 || isDisposed) return;
    const covered = waiting;
    waiting = [];
    const controller = new AbortController();
    const end = perform(covered, controller.signal).then(() => {
      running = undefined;
      if (stopTimer === undefined) start();
    });
    running = { controller, end };
  };

  const perform = async (covered: readonly Waiting[], signal: AbortSignal): Promise<void> => {
    try {
      const report = await options.run(
        covered.map((one) => one.trigger),
        signal,
        covered.at(-1)?.requestedAt ?? process.hrtime.bigint(),
      );
      for (const one of covered) one.resolve(report);
    } catch (error) {
      for (const one of covered) one.reject(error);
    }
  };

  return {
    request(trigger, when = 'debounced') {
      return new Promise((resolve, reject) => {
        if (isDisposed) {
          reject(new QueueClosedError('The queue is closed.'));
          return;
        }
        if (waiting.length === 0) firstRequestAt = clock.now();
        waiting.push({ trigger, requestedAt: process.hrtime.bigint(), resolve, reject });
        if (when === 'now') start();
        else schedule(options.debounceMs());
      });
    },
    cancel() {
      running?.controller.abort();
    },
    async dispose() {
      isDisposed = true;
      stopTimer?.();
      stopTimer = undefined;
      for (const one of waiting) one.reject(new QueueClosedError('The queue is closed.'));
      waiting = [];
      running?.controller.abort();
      await running?.end;
    },
    get isRunning() {
      return running !== undefined;
    },
  };
}
