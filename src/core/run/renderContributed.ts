import { type Contributed, inputFor, readAnswer, reasonOf } from '../generators/contributed.ts';
import type { Listing, Rendered, Target } from '../types.ts';
import type { TargetRun } from './targetRun.ts';

/** `failure` is ready for display. */
export type ContributedText = Rendered | { readonly failure: string; readonly cause?: unknown };

/**
 * Asks a contributed generator for its text, for no longer than the run allows: the target's lock is held meanwhile.
 * Whatever that code does becomes a failure of its target. Throws only the run's signal's reason.
 */
export async function renderContributed(
  generator: Contributed,
  listing: Listing,
  target: Target,
  { renderLimitMs, signal }: Pick<TargetRun, 'renderLimitMs' | 'signal'>,
): Promise<ContributedText> {
  const fail = (what: string, cause?: unknown): ContributedText => ({
    failure: `${target.output} was not regenerated: the generator "${generator.id}" ${what}. The file stays as it is; see the log, or ask the generator's author.`,
    ...(cause === undefined ? {} : { cause }),
  });
  const ending = new AbortController();
  let stopWaiting = (): void => undefined;
  const end = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new OutOfTime()), renderLimitMs);
    const cancel = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', cancel);
    stopWaiting = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
  });
  try {
    signal?.throwIfAborted();
    const asked = Promise.resolve().then(() =>
      generator.ask(inputFor(generator, listing, target, ending.signal)),
    );
    const answer = readAnswer(await Promise.race([asked, end]), listing);
    return 'mistake' in answer ? fail(answer.mistake) : answer;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof OutOfTime) return fail(`gave no text within ${renderLimitMs / 1000} seconds`);
    return fail(`failed: ${reasonOf(error)}`, error);
  } finally {
    stopWaiting();
    // What is still at work there may stop; nobody waits for it.
    ending.abort();
  }
}

class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}
