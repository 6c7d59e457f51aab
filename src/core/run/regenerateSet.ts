import * as path from 'node:path';
import type { KnownFolders } from '../../lock/index.ts';
import { TimeSlice } from '../scan/timeSlice.ts';
import type { Target } from '../types.ts';
import { compareKeys, type LockKeys, lockKeysOf } from './lockTarget.ts';
import { outcomeOf, withoutSources } from './outcomes.ts';
import { finish, type Pending, prepareTarget } from './prepareTarget.ts';
import type { TargetResult, TargetRun, Timed } from './targetRun.ts';
import { writeTargets } from './writeTargets.ts';

/**
 * Brings a set of targets up to date: all are prepared first, each under its lock, and what changed is then written
 * together. Throws only for bugs, and then holds no lock.
 */
export async function regenerateSet(
  targets: readonly Target[],
  run: TargetRun,
  onTarget: (target: Target) => void,
  onDone: (target: Target, result: Timed<TargetResult>) => void,
): Promise<void> {
  let pendings: Timed<Pending>[] = [];
  const held = new Set<string>();
  const writeAll = async (): Promise<void> => {
    const written = await writeTargets(
      pendings.map(({ value }) => value),
      run,
    );
    for (const [index, { value, durationMs }] of pendings.entries()) {
      const result = written.results[index];
      if (result === undefined) continue;
      await finish(value.target, value.lock, run, result);
      onDone(value.target, { value: result, durationMs: durationMs + written.durationMs });
    }
    pendings = [];
    held.clear();
  };
  const slice = new TimeSlice();
  try {
    for (const { target, keys } of await inLockOrder(targets, run)) {
      await slice.giveWay();
      onTarget(target);
      // Two outputs that lead to one file by a link: the second would wait for the first, and for ever.
      if ('host' in keys && held.has(keys.host)) await writeAll();
      const startedAt = performance.now();
      const prepared =
        'failure' in keys ? withoutSources(keys.failure) : await prepareTarget(target, keys, run);
      const durationMs = performance.now() - startedAt;
      if ('lock' in prepared) {
        pendings.push({ value: prepared, durationMs });
        held.add(prepared.lock.key);
      } else onDone(target, { value: prepared, durationMs });
    }
    await writeAll();
  } finally {
    for (const { value } of pendings) await value.lock.release();
  }
}

type Ordered = {
  readonly target: Target;
  readonly keys: LockKeys | { readonly failure: TargetResult['outcome'] };
};

async function inLockOrder(targets: readonly Target[], run: TargetRun): Promise<readonly Ordered[]> {
  const withKeys: { target: Target; keys: LockKeys }[] = [];
  const without: Ordered[] = [];
  const known: KnownFolders = new Map();
  for (const target of targets) {
    try {
      const keys = await lockKeysOf(path.join(run.absoluteRoot, target.output), run, known);
      withKeys.push({ target, keys });
    } catch (error) {
      without.push({ target, keys: { failure: outcomeOf(error, target, run.signal) } });
    }
  }
  return [...without, ...withKeys.sort((a, b) => compareKeys(a.keys, b.keys))];
}
