import * as path from 'node:path';
import { atStep, codeOf } from './errors.ts';
import { type AgeOf, folderClock } from './folderClock.ts';
import { lstat, readdir, realpath, type Stats, unlink } from './fs.ts';
import { judgeOwner } from './owner.ts';
import { dayMs, type JournalState, type RecoveryLog, recoverJournal } from './recover.ts';
import { parseTempName, type TempName } from './tempName.ts';

export type SweepOptions = {
  readonly signal?: AbortSignal;
  /**
   * When a temp file of another machine, boot or container counts as a leftover although nobody can prove it, in ms
   * since it was last written. Default 24 hours; `Infinity` keeps them for ever.
   */
  readonly strangersAfterMs?: number;
  /** Only tells what is there, in `kept`: removes nothing and recovers nothing. Default false. */
  readonly keepAll?: boolean;
};

export type SweepResult = {
  /** Names removed. */
  readonly removed: readonly string[];
  /** Names of temp files that stay: their writer lives, or can't be proven dead. */
  readonly kept: readonly string[];
  /** Names that should have gone and could not be removed, with the errno name. */
  readonly failed: readonly { readonly name: string; readonly code: string }[];
  /** Absolute paths of files that got the content of a killed batch; some may lie in other folders. */
  readonly recovered: readonly string[];
};

type Sweep = {
  readonly folder: string;
  readonly names: readonly string[];
  readonly options: SweepOptions;
  readonly ageOf: AgeOf;
  readonly log: RecoveryLog;
  /** What became of each batch's journal, by the journal's name. */
  readonly journals: Map<string, JournalState>;
};

/**
 * Removes the temp files that killed writers left in one folder (not below it), and first finishes the batches of which
 * they are a part. Only names of this module, only regular files, and only where the writer is provably dead, or cannot
 * be judged from here and has been silent for a day: a temp file of a writer that is merely slow or stopped may be the
 * only copy of what it is about to save.
 * @throws {AtomicWriteError} when the folder can't be read.
 */
export async function sweepTempFiles(folder: string, options: SweepOptions = {}): Promise<SweepResult> {
  const names = await atStep('sweep', folder, () => readdir(folder));
  const found = names.flatMap((name) => {
    const parsed = parseTempName(name);
    return parsed === undefined ? [] : [{ name, parsed }];
  });
  const removed: string[] = [];
  const kept: string[] = [];
  const log: RecoveryLog = { recovered: [], failed: [] };
  if (found.length === 0) return { removed, kept, ...log };
  if (options.keepAll === true) return { removed, kept: found.map(({ name }) => name), ...log };
  const real = await atStep('sweep', folder, () => realpath(folder));
  const sweep: Sweep = { folder: real, names, options, ageOf: folderClock(real), log, journals: new Map() };
  for (const { name, parsed } of found) {
    if (options.signal?.aborted === true) break;
    const file = path.join(real, name);
    try {
      if (await isLeftover(file, parsed, sweep)) {
        // Random names are never used twice, so what was found dead here can't come alive before the unlink.
        await unlink(file);
        removed.push(name);
      } else if (await exists(file)) {
        kept.push(name);
      }
    } catch (error) {
      // Another sweep was faster, or the writer finished its rename.
      if (codeOf(error) !== 'ENOENT') log.failed.push({ name, code: codeOf(error) });
    }
  }
  return { removed, kept, ...log };
}

async function isLeftover(file: string, parsed: TempName, sweep: Sweep): Promise<boolean> {
  const { options, ageOf } = sweep;
  const judgement = judgeOwner(parsed.owner);
  if (judgement === 'alive') return false;
  const journal = parsed.kind === 'single' ? 'none' : await findJournal(parsed, sweep);
  if (journal === 'kept' || (parsed.kind === 'journal' && journal !== 'leftover')) return false;
  const stats = await lstat(file);
  if (!stats.isFile() || (stats.nlink > 1 && !(await hasTwin(file, stats, sweep)))) return false;
  if (judgement === 'dead') return true;
  return (await ageOf(stats)) >= (options.strangersAfterMs ?? dayMs);
}

/** Looks for a batch's journal, where it must lie: here or in a folder above; and carries it out. */
async function findJournal(parsed: TempName, sweep: Sweep): Promise<JournalState> {
  const known = sweep.journals.get(parsed.journal);
  if (known !== undefined) return known;
  let state: JournalState = 'none';
  for (let folder = sweep.folder; state === 'none'; folder = path.dirname(folder)) {
    state = await recoverJournal(folder, parsed, sweep.ageOf, sweep.options, sweep.log);
    if (folder === path.dirname(folder)) break;
  }
  sweep.journals.set(parsed.journal, state);
  return state;
}

/**
 * Tells whether the file's second name is in the same folder: the target of an exclusive write that was killed between
 * giving it that name and removing this one. Any other second name was given by somebody with a purpose.
 */
async function hasTwin(file: string, stats: Stats, { folder, names }: Sweep): Promise<boolean> {
  if (stats.nlink > 2) return false;
  for (const name of names) {
    const other = path.join(folder, name);
    if (other === file || parseTempName(name) !== undefined) continue;
    const twin = await lstat(other).catch(() => null);
    if (twin !== null && twin.ino === stats.ino && twin.dev === stats.dev) return true;
  }
  return false;
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    (error: unknown) => codeOf(error) !== 'ENOENT',
  );
}
