import * as path from 'node:path';
import { AtomicWriteError, atomicWriteBytes, sweepTempFiles } from '../../atomic-write/index.ts';
import { type Change, lookAt } from './look.ts';
import { conflict, outcomeOf, withoutSources } from './outcomes.ts';
import type { Pending } from './prepareTarget.ts';
import type { TargetResult, TargetRun } from './targetRun.ts';

/** Another program may change the file between our look and our rename; then we look again, as often as this. */
const looks = 3;

/** Writes one prepared target. Throws only for bugs; the lock stays with the caller. */
export async function writeTarget(pending: Pending, run: TargetRun): Promise<TargetResult> {
  const { target, absoluteOutput } = pending;
  try {
    let { change } = pending;
    for (let look = 1; ; look++) {
      try {
        await write(pending, change, run);
        return change.result;
      } catch (error) {
        if (!isOvertaken(error)) throw error;
      }
      if (look === looks) {
        const { oldText, text } = change.comparison;
        const outcome = conflict(target, 'changed-meanwhile', { oldText: oldText ?? '', newText: text });
        return { ...change.result, outcome };
      }
      // From the sources on: whoever wrote meanwhile may have seen newer ones than we.
      const again = await lookAt(target, absoluteOutput, run);
      if (again.kind === 'settled') return again.result;
      change = again.change;
    }
  } catch (error) {
    return withoutSources(outcomeOf(error, target, run.signal));
  }
}

/** Tells whether a write was given up because the file is no longer what was compared. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof AtomicWriteError && error.code === 'CONFLICT';
}

/** What is written for a change, alone and in a set, and what it may replace. */
export function contentOf({ comparison, oldBytes }: Change) {
  return {
    // Not the text: around a region stands what somebody else wrote, in whichever encoding.
    content: comparison.bytes,
    // Nobody's text is lost that was not seen by the comparison.
    expected: oldBytes ?? ('absent' as const),
  };
}

/** The last look before the rename: whether the user has begun to type, and whether the lock is still ours. */
export async function refuseLate({ absoluteOutput, lock }: Pending, run: TargetRun): Promise<void> {
  if (await run.isDirty(absoluteOutput)) throw new Error('unsaved changes');
  await lock.assertHeld();
}

async function write(pending: Pending, change: Change, run: TargetRun): Promise<void> {
  const { absoluteOutput } = pending;
  // What a killed run left here goes before anything is added. The folder may not exist yet.
  await sweepTempFiles(path.dirname(absoluteOutput)).catch(() => undefined);
  const { content, expected } = contentOf(change);
  await atomicWriteBytes(absoluteOutput, content, {
    expected,
    beforeRename: () => refuseLate(pending, run),
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
}
