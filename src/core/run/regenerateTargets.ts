import { findGenerator } from '../generators/registry.ts';
import type { Target, TargetReport } from '../types.ts';
import { regenerateSet } from './regenerateSet.ts';
import { isMadeOfItself } from './renderItself.ts';
import { settleUpToDate } from './settleUpToDate.ts';
import type { TargetResult, TargetRun, Timed } from './targetRun.ts';

/**
 * How many targets that are made of their own files only are locked and written together. None of them says anything of
 * another, so a larger set would be no more whole; it would hold more locks, texts and temp files.
 */
const groupSize = 256;

/**
 * Brings targets up to date, and gives the reports in the order of the targets. Those that are made from other files
 * are written as one set. Then come, in groups, those that are made of their own files, which the set may have changed.
 * Throws only for bugs, and then holds no lock.
 */
export async function regenerateTargets(
  targets: readonly Target[],
  run: TargetRun,
  onTarget: (target: Target) => void,
): Promise<readonly TargetReport[]> {
  const results = new Map<Target, Timed<TargetResult>>();
  const keep = (target: Target, result: Timed<TargetResult>): void => void results.set(target, result);
  const set = targets.filter((target) => !isAlone(target));
  await regenerateSet(set, run, onTarget, keep);

  const alone = targets.filter(isAlone);
  const startedAt = performance.now();
  for (const { output } of set) run.seen.delete(output);
  const settled = await settleUpToDate(alone, run);
  run.seen.clear();
  const durationMs = (performance.now() - startedAt) / Math.max(1, alone.length);
  for (const [target, value] of settled) {
    onTarget(target);
    keep(target, { value, durationMs });
  }
  const rest = alone.filter((target) => !settled.has(target));
  for (let start = 0; start < rest.length; start += groupSize) {
    await regenerateSet(rest.slice(start, start + groupSize), run, onTarget, keep);
  }

  return targets.flatMap((target) => {
    const done = results.get(target);
    if (done === undefined) return [];
    const { outcome, sources, problems } = done.value;
    return [{ target, outcome, sources, problems, durationMs: done.durationMs }];
  });
}

function isAlone({ generator }: Target): boolean {
  const found = findGenerator(generator);
  return found !== undefined && isMadeOfItself(found);
}
