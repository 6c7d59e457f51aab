/** Why a run of the offline host is over. */
export type Ending =
  | { readonly kind: 'tests'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'orphaned' }
  | { readonly kind: 'timeout'; readonly limitMs: number }
  | { readonly kind: 'lost'; readonly what: string };

export interface EndWatch {
  /** Resolves with the first ending that comes from outside the window; never when none comes. */
  readonly reached: Promise<Ending>;
  stopWatching(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const parentLookMs = 1000;
const defaultLimitMs = 10 * 60 * 1000;

/** Watches for signals and, in a run of tests, for the wall clock limit and the death of the process that wants them. */
export function watchForEnd(hasTests: boolean): EndWatch {
  let end: (ending: Ending) => void = () => undefined;
  const reached = new Promise<Ending>((resolve) => {
    end = resolve;
  });
  const onSignal = (signal: string) => end({ kind: 'signal', signal });
  // Not only once: a second Ctrl+C must not end this process while it is still closing the others.
  for (const signal of signals) process.on(signal, onSignal);

  let limit: NodeJS.Timeout | undefined;
  let parentLook: NodeJS.Timeout | undefined;
  // Without tests the window stays until it is told to go, as the desktop's does.
  if (hasTests) {
    const limitMs = Number(process.env['ATOMIC_INDEX_HOST_TIMEOUT_MS'] || defaultLimitMs);
    limit = setTimeout(() => end({ kind: 'timeout', limitMs }), limitMs);
    // A runner that is killed sends no signal, but its children get another parent.
    const parent = process.ppid;
    parentLook = setInterval(() => {
      if (process.ppid !== parent) end({ kind: 'orphaned' });
    }, parentLookMs);
  }
  return {
    reached,
    stopWatching: () => {
      for (const signal of signals) process.removeListener(signal, onSignal);
      clearTimeout(limit);
      clearInterval(parentLook);
    },
  };
}
