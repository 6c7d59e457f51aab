import { AtomicWriteError, atomicWriteBatch } from '../../atomic-write/index.ts';
import { outcomeOf, withoutSources } from './outcomes.ts';
import type { Pending } from './prepareTarget.ts';
import type { TargetResult, TargetRun } from './targetRun.ts';
import { contentOf, isOvertaken, refuseLate, writeTarget } from './writeTarget.ts';

/** What became of each of several prepared targets, in their order. `durationMs` is the share of one. */
export type Written = { readonly results: readonly TargetResult[]; readonly durationMs: number };

/**
 * Writes prepared targets: several as one batch, so that a kill at any moment leaves all of them old or all of them new.
 * A target that can't be written is left out and told; the others land. Throws only for bugs; the locks stay with the
 * caller.
 */
export async function writeTargets(pendings: readonly Pending[], run: TargetRun): Promise<Written> {
  const startedAt = performance.now();
  const [first] = pendings;
  const results =
    first === undefined || pendings.length === 1
      ? await oneByOne(pendings, run)
      : ((await asOne(pendings, run)) ?? (await oneByOne(pendings, run)));
  return { results, durationMs: (performance.now() - startedAt) / Math.max(1, pendings.length) };
}

async function oneByOne(pendings: readonly Pending[], run: TargetRun): Promise<readonly TargetResult[]> {
  const results: TargetResult[] = [];
  for (const pending of pendings) results.push(await writeTarget(pending, run));
  return results;
}

/** `undefined` when there can be no batch, because the root takes no journal; each target may still have its place. */
async function asOne(
  pendings: readonly Pending[],
  run: TargetRun,
): Promise<readonly TargetResult[] | undefined> {
  const byPath = new Map(pendings.map((pending) => [pending.absoluteOutput, pending]));
  const entries = pendings.map(({ absoluteOutput, change }) => ({
    path: absoluteOutput,
    ...contentOf(change),
  }));
  let written: Awaited<ReturnType<typeof atomicWriteBatch>>;
  try {
    written = await atomicWriteBatch(entries, {
      journalFolder: run.absoluteRoot,
      onEntryError: 'leaveOut',
      beforeRename: async (entry) => {
        const pending = byPath.get(entry.path);
        if (pending !== undefined) await refuseLate(pending, run);
      },
      ...(run.signal === undefined ? {} : { signal: run.signal }),
    });
  } catch (error) {
    if (!(error instanceof AtomicWriteError)) throw error;
    if (run.signal?.aborted !== true) return undefined;
    return pendings.map(({ target }) => withoutSources(outcomeOf(error, target, run.signal)));
  }
  const results: TargetResult[] = [];
  for (const [index, pending] of pendings.entries()) {
    const result = written[index];
    const failure = result instanceof AtomicWriteError ? result : undefined;
    if (failure === undefined) results.push(pending.change.result);
    else if (isOvertaken(failure)) results.push(await writeTarget(pending, run));
    else results.push(withoutSources(outcomeOf(failure, pending.target, run.signal)));
  }
  return results;
}
