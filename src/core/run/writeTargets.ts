import type { Pending } from './prepareTarget.ts';
import type { TargetResult, TargetRun } from './targetRun.ts';
import { writeTarget } from './writeTarget.ts';

/** What became of each of several prepared targets, in their order. `durationMs` is the share of one. */
export type Written = { readonly results: readonly TargetResult[]; readonly durationMs: number };

/** Writes prepared targets. Throws only for bugs; the locks stay with the caller. */
export async function writeTargets(pendings: readonly Pending[], run: TargetRun): Promise<Written> {
  const startedAt = performance.now();
  const results: TargetResult[] = [];
  for (const pending of pendings) results.push(await writeTarget(pending, run));
  return { results, durationMs: (performance.now() - startedAt) / Math.max(1, pendings.length) };
}
