import * as path from 'node:path';
import { atStep, codeOf } from './errors.ts';
import { lstat, readdir, unlink } from './fs.ts';
import { isProvablyDead } from './owner.ts';
import { parseTempName } from './tempName.ts';

export type SweepOptions = { readonly signal?: AbortSignal };

export type SweepResult = {
  /** Names removed. */
  readonly removed: readonly string[];
  /** Names of temp files that stay: their writer lives, or can't be proven dead. */
  readonly kept: readonly string[];
  /** Names that should have gone and could not be removed, with the errno name. */
  readonly failed: readonly { readonly name: string; readonly code: string }[];
};

/**
 * Removes the temp files that killed writers left in one folder (not below it). Only names of this module, only
 * regular files, and only where the writer is provably dead: a temp file of a writer that is merely slow or stopped may
 * be the only copy of what it is about to save.
 * @throws {AtomicWriteError} when the folder can't be read.
 */
export async function sweepTempFiles(folder: string, options: SweepOptions = {}): Promise<SweepResult> {
  const removed: string[] = [];
  const kept: string[] = [];
  const failed: { name: string; code: string }[] = [];
  for (const name of await atStep('sweep', folder, () => readdir(folder))) {
    if (options.signal?.aborted === true) break;
    const owner = parseTempName(name);
    if (owner === undefined) continue;
    const file = path.join(folder, name);
    try {
      const stats = await lstat(file);
      // Random names are never used twice, so what was proven dead here can't come alive before the unlink.
      if (!stats.isFile() || !isProvablyDead(owner)) {
        kept.push(name);
        continue;
      }
      await unlink(file);
      removed.push(name);
    } catch (error) {
      // Another sweep was faster, or the writer finished its rename.
      if (codeOf(error) !== 'ENOENT') failed.push({ name, code: codeOf(error) });
    }
  }
  return { removed, kept, failed };
}
