import * as path from 'node:path';
import type { Lock } from '../../lock/index.ts';
import { landsInside } from '../scan/containment.ts';
import type { Target } from '../types.ts';
import { findDone, noteOf } from './freshness.ts';
import { type LockKeys, lockTarget } from './lockTarget.ts';
import { type Change, lookAt } from './look.ts';
import { outcomeOf, unsaved, withoutSources } from './outcomes.ts';
import type { TargetResult, TargetRun } from './targetRun.ts';

/** A change that waits to be written, with the lock under which it was found. */
export type Pending = {
  readonly target: Target;
  readonly absoluteOutput: string;
  readonly lock: Lock;
  readonly change: Change;
};

/** A target that needs nothing more, or one whose lock is held until `finish`. */
export type Prepared = TargetResult | Pending;

/**
 * Takes a target as far as to what is to be written: lock, scan, render, compare. The scan is inside the lock, so that a
 * listing that lands is never older than one that landed before. Throws only for bugs, and then holds nothing.
 */
export async function prepareTarget(target: Target, keys: LockKeys, run: TargetRun): Promise<Prepared> {
  const absoluteOutput = path.join(run.absoluteRoot, target.output);
  let lock: Lock | undefined;
  try {
    if (!(await landsInside(absoluteOutput, run.absoluteRoot))) {
      const message = `${target.output} leads outside the workspace folder (by a link or ".."). Give it another "output".`;
      return withoutSources({ kind: 'failed', message });
    }
    if (run.mode === 'write' && (await run.isDirty(absoluteOutput))) return withoutSources(unsaved(target));
    // The volume's lock is made of files. A run that changes nothing writes nothing, so it looks first without.
    if (run.mode === 'check' || run.volumeFolder !== undefined) {
      const look = await lookAt(target, absoluteOutput, run);
      if (look.kind === 'settled') return look.result;
      if (run.mode === 'check') return look.change.result;
    }
    lock = await lockTarget(target, keys, run);
    const done = await findDone(lock.notes, target, absoluteOutput, run);
    if (done !== undefined) {
      // Without a note: nothing was scanned under this lock, and by its date an older listing would count as new.
      await lock.release();
      return done;
    }
    const look = await lookAt(target, absoluteOutput, run);
    if (look.kind === 'settled') return await finish(target, lock, run, look.result);
    return { target, absoluteOutput, lock, change: look.change };
  } catch (error) {
    await lock?.release();
    return withoutSources(outcomeOf(error, target, run.signal));
  }
}

/** Releases a target's lock and tells those who wait for it what was done. */
export async function finish(
  target: Target,
  lock: Lock,
  run: TargetRun,
  result: TargetResult,
): Promise<TargetResult> {
  await lock.release(noteOf(target, run, result));
  return result;
}
