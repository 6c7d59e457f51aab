import * as path from 'node:path';
import { defaultRenameDeadlineMs, noHardLinkCodes } from './commit.ts';
import { fingerprint, sha256Of } from './content.ts';
import { AtomicWriteError, atStep, codeOf } from './errors.ts';
import { type AgeOf, folderClock } from './folderClock.ts';
import { lstat, readdir, readFile, realpath, type Stats, unlink } from './fs.ts';
import { type JournalEntry, readJournal } from './journal.ts';
import { judgeOwner } from './owner.ts';
import { inPathQueue } from './pathQueue.ts';
import { createFile, replaceFile } from './replaceFile.ts';
import { syncFolder } from './syncFolder.ts';
import { parseTempName, type TempName } from './tempName.ts';

export type RecoverOptions = {
  readonly signal?: AbortSignal;
  /** When to give up a batch that can't be finished, and one whose journal makes no sense. In ms, default 24 hours. */
  readonly strangersAfterMs?: number;
};

export type RecoverResult = {
  /** Absolute paths of the files that now have the content of a batch whose process died. */
  readonly recovered: readonly string[];
  /** Names of journals that stay: their process lives, or can't be proven dead yet, or a file can't be replaced now. */
  readonly kept: readonly string[];
  /** What could not be done: names of journals, or paths of files, with an errno name or one of ours. */
  readonly failed: readonly { readonly name: string; readonly code: string }[];
};

export const dayMs = 24 * 60 * 60 * 1000;

/**
 * How long another machine, boot or container gets to finish its own batch, in ms. Finishing it while it is at work
 * would do no harm, since a temp file can be renamed only once and the set is final; it only spares both the trouble.
 */
const strangersJournalAfterMs = 60_000;

/**
 * Finishes, in one folder (not below it), the batches whose process died after their set was final: per file, the new
 * content if the old is still there, nothing if it is already new, and nothing if somebody has written it since.
 *
 * Any number of processes may do so at once, and be killed at any step. A batch that died before has no journal; its
 * old files are all there, and its temp files are for `sweepTempFiles`, which also recovers.
 * @throws {AtomicWriteError} when the folder can't be read.
 */
export async function recoverBatches(folder: string, options: RecoverOptions = {}): Promise<RecoverResult> {
  const log: RecoveryLog = { recovered: [], failed: [] };
  const kept: string[] = [];
  const { names, real } = await atStep('sweep', folder, async () => ({
    names: await readdir(folder),
    real: await realpath(folder),
  }));
  const ageOf = folderClock(real);
  for (const name of names) {
    if (options.signal?.aborted === true) break;
    const parsed = parseTempName(name);
    if (parsed?.kind !== 'journal') continue;
    const state = await recoverJournal(real, parsed, ageOf, options, log);
    if (state === 'leftover') await removeJournal(path.join(real, name), log);
    if (state === 'kept') kept.push(name);
  }
  return { ...log, kept };
}

export type RecoveryLog = {
  readonly recovered: string[];
  readonly failed: { readonly name: string; readonly code: string }[];
};

/**
 * What became of a journal: there is `none`; it was carried out and is `gone`; it is `kept`, and so must its temp files
 * be; or it is a `leftover` like any temp file, and so are they.
 */
export type JournalState = 'none' | 'gone' | 'kept' | 'leftover';

/** Carries out one journal if its process is dead. `folder` must be free of symbolic links. Throws nothing. */
export async function recoverJournal(
  folder: string,
  { owner, journal: name }: TempName,
  ageOf: AgeOf,
  options: RecoverOptions,
  log: RecoveryLog,
): Promise<JournalState> {
  const file = path.join(folder, name);
  try {
    const stats = await lstat(file);
    const judgement = judgeOwner(owner);
    if (judgement === 'alive') return 'kept';
    if (judgement === 'stranger' && (await ageOf(stats)) < strangersJournalAfterMs) return 'kept';
    const journal = await readJournal(file);
    if (journal === null) return 'gone';
    const isOld = async () => (await ageOf(stats)) >= (options.strangersAfterMs ?? dayMs);
    if (journal.kind === 'torn') return judgement === 'dead' || (await isOld()) ? 'leftover' : 'kept';
    if (journal.kind === 'unknown') return (await isOld()) ? 'leftover' : 'kept';
    if (await carryOut(folder, journal.entries, log)) {
      // A crash before this leaves: the journal of a complete batch, which the next one finds nothing to do for.
      await removeJournal(file, log);
      return 'gone';
    }
    // Tried again by the next one, but not for ever: what can't be renamed in a day won't be.
    return (await isOld()) ? 'leftover' : 'kept';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'none';
    log.failed.push({ name, code: codeOf(error) });
    return 'kept';
  }
}

async function removeJournal(file: string, log: RecoveryLog): Promise<void> {
  await unlink(file).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') log.failed.push({ name: path.basename(file), code: codeOf(error) });
  });
}

/** Gives false when something is left to be done. */
async function carryOut(
  folder: string,
  entries: readonly JournalEntry[],
  log: RecoveryLog,
): Promise<boolean> {
  let isComplete = true;
  const folders = new Set<string>();
  for (const entry of entries) {
    const target = path.join(folder, entry.target);
    try {
      if ((await carryOutEntry(folder, entry)) === 'written') log.recovered.push(target);
      folders.add(path.dirname(target));
    } catch (error) {
      // The folder was removed, and all in it.
      if (codeOf(error) === 'ENOENT') continue;
      log.failed.push({ name: target, code: codeOf(error) });
      isComplete &&= error instanceof AtomicWriteError && error.code === 'SHORT_WRITE';
    }
  }
  // Also those where another process did the renames: it may have died before its syncs.
  for (const one of folders) await syncFolder(one);
  return isComplete;
}

/**
 * The decision for one file. It rests on what is there now, so that it comes out right however often and by however
 * many it is made: whatever was decided, it can happen only once, because the temp file's name exists only once.
 */
async function carryOutEntry(folder: string, entry: JournalEntry): Promise<'written' | 'nothing'> {
  const temp = path.join(folder, entry.temp);
  const target = path.join(folder, entry.target);
  const targetFolder = path.dirname(target);
  // A journal that came with a repository must not reach out of its folder through a link that came along.
  if ((await realpath(targetFolder)) !== targetFolder) throw new AtomicWriteError('sweep', target, 'OUTSIDE');
  return inPathQueue(target, async () => {
    const stats = await lstatOrNull(temp);
    // Renamed already, by the batch or by another recovery, or withdrawn.
    if (stats === null) return 'nothing';
    if (!stats.isFile()) throw new AtomicWriteError('sweep', target, 'NOT_A_FILE');
    if ((await fingerprint(target)) === entry.old) {
      if (sha256Of(await readFile(temp)) === entry.new) return putInPlace(temp, target, stats, entry.old);
      // A power cut took what had not been synced, by the choice of a lower durability. The old file is whole.
      await unlinkIfThere(temp);
      throw new AtomicWriteError('sweep', target, 'SHORT_WRITE');
    }
    // New already, or newer: written by somebody who must not lose it.
    await unlinkIfThere(temp);
    return 'nothing';
  });
}

async function putInPlace(
  temp: string,
  target: string,
  stats: Stats,
  old: string,
): Promise<'written' | 'nothing'> {
  try {
    if (old !== 'absent') {
      await replaceFile(temp, target, stats, { deadlineMs: defaultRenameDeadlineMs, signal: undefined });
      return 'written';
    }
    try {
      await createFile(temp, target);
    } catch (error) {
      if (!noHardLinkCodes.has(codeOf(error))) throw error;
      await replaceFile(temp, target, stats, { deadlineMs: defaultRenameDeadlineMs, signal: undefined });
    }
    return 'written';
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EEXIST' && code !== 'ENOENT') throw error;
    // Somebody was faster: with the same temp file, or with a file of their own, which is newer.
    await unlinkIfThere(temp);
    return 'nothing';
  }
}

async function lstatOrNull(file: string): Promise<Stats | null> {
  return lstat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
}

async function unlinkIfThere(file: string): Promise<void> {
  await unlink(file).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}
