import * as path from 'node:path';
import type { Target, TargetReport } from '../types.ts';
import { compareKeys, type LockKeys, lockKeysOf } from './lockTarget.ts';
import { outcomeOf, withoutSources } from './outcomes.ts';
import { finish, type Pending, prepareTarget } from './prepareTarget.ts';
import type { TargetResult, TargetRun } from './targetRun.ts';
import { writeTargets } from './writeTargets.ts';

/**
 * Brings targets up to date: all are prepared first, each under its lock, and what changed is then written together.
 * Gives the reports in the order of the targets. Throws only for bugs, and then holds no lock.
 */
export async function regenerateTargets(
  targets: readonly Target[],
  run: TargetRun,
  onTarget: (target: Target) => void,
): Promise<readonly TargetReport[]> {
  const results = new Map<Target, Timed<TargetResult>>();
  let pendings: Timed<Pending>[] = [];
  const writeAll = async (): Promise<void> => {
    const written = await writeTargets(
      pendings.map(({ value }) => value),
      run,
    );
    for (const [index, { value, durationMs }] of pendings.entries()) {
      const result = written.results[index];
      if (result === undefined) continue;
      await finish(value.target, value.lock, run, result);
      results.set(value.target, { value: result, durationMs: durationMs + written.durationMs });
    }
    pendings = [];
  };
  try {
    for (const { target, keys } of await inLockOrder(targets, run)) {
      onTarget(target);
      // Two outputs that lead to one file by a link: the second would wait for the first, and for ever.
      if ('host' in keys && pendings.some(({ value }) => value.lock.key === keys.host)) await writeAll();
      const startedAt = performance.now();
      const prepared =
        'failure' in keys ? withoutSources(keys.failure) : await prepareTarget(target, keys, run);
      const durationMs = performance.now() - startedAt;
      if ('lock' in prepared) pendings.push({ value: prepared, durationMs });
      else results.set(target, { value: prepared, durationMs });
    }
    await writeAll();
  } finally {
    for (const { value } of pendings) await value.lock.release();
  }
  return targets.flatMap((target) => {
    const done = results.get(target);
    if (done === undefined) return [];
    const { outcome, sources, problems } = done.value;
    return [{ target, outcome, sources, problems, durationMs: done.durationMs }];
  });
}

type Timed<T> = { readonly value: T; readonly durationMs: number };

type Ordered = {
  readonly target: Target;
  readonly keys: LockKeys | { readonly failure: TargetResult['outcome'] };
};

async function inLockOrder(targets: readonly Target[], run: TargetRun): Promise<readonly Ordered[]> {
  const withKeys: { target: Target; keys: LockKeys }[] = [];
  const without: Ordered[] = [];
  for (const target of targets) {
    try {
      const keys = await lockKeysOf(path.join(run.absoluteRoot, target.output), run);
      withKeys.push({ target, keys });
    } catch (error) {
      without.push({ target, keys: { failure: outcomeOf(error, target, run.signal) } });
    }
  }
  return [...without, ...withKeys.sort((a, b) => compareKeys(a.keys, b.keys))];
}
