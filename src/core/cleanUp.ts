import * as path from 'node:path';
import { recoverBatches, sweepTempFiles, sweepTree } from '../atomic-write/index.ts';
import type { Target } from './types.ts';

/** What a clean-up did. Paths are relative to the root, with `/` between their parts. */
export type CleanUp = {
  readonly absoluteRoot: string;
  /** Temp files that are gone. */
  readonly removed: readonly string[];
  /** Temp files that stay, because their writer lives or may live. */
  readonly kept: readonly string[];
  /** Generated files that a killed run had left undone, and that are done now. */
  readonly recovered: readonly string[];
  readonly failed: readonly { readonly relativePath: string; readonly code: string }[];
  /** False when it was cancelled, or there were too many folders. */
  readonly isComplete: boolean;
};

/** Finishes what killed runs left undone in a folder and all below it, and removes their temp files. Throws nothing. */
export async function cleanUpTree(absoluteRoot: string, signal?: AbortSignal): Promise<CleanUp> {
  const swept = await sweepTree(absoluteRoot, signal === undefined ? {} : { signal });
  const relative = (absolutePath: string): string =>
    path.relative(absoluteRoot, absolutePath).split(path.sep).join('/');
  return {
    absoluteRoot,
    removed: swept.removed.map(relative),
    kept: swept.kept.map(relative),
    recovered: swept.recovered.map(relative),
    failed: swept.failed.map(({ name, code }) => ({ relativePath: relative(name), code })),
    isComplete: swept.isComplete,
  };
}

/**
 * Does the same in the folders of some targets only, without a walk. Throws nothing: what can't be cleaned up now is
 * for the next write there.
 */
export async function cleanUpTargets(absoluteRoot: string, targets: readonly Target[]): Promise<void> {
  const folders = new Set(targets.map(({ output }) => path.join(absoluteRoot, path.dirname(output))));
  for (const folder of [absoluteRoot, ...folders]) await sweepTempFiles(folder).catch(() => undefined);
}

/** Finishes the sets that were final when their run was killed. Throws nothing. */
export async function finishKilledRuns(absoluteRoot: string): Promise<void> {
  await recoverBatches(absoluteRoot).catch(() => undefined);
}
