import * as path from 'node:path';
import { sha256Of } from './content.ts';
import { AtomicWriteError, codeOf } from './errors.ts';
import { fdatasync, fstat, fsync, lstat, readFile } from './fs.ts';
import { inParallel } from './inParallel.ts';
import type { Durability } from './options.ts';
import { replaceFile } from './replaceFile.ts';
import { isIllegalOnWindows } from './resolveTarget.ts';
import {
  appendToTemp,
  closeTemp,
  createTempFile,
  discardTemp,
  releaseTemp,
  type TempFile,
} from './tempFile.ts';
import { type BatchNames, parseTempName } from './tempName.ts';

/** One file of a batch, as its journal tells it. Paths are relative to the journal's folder, with `/` between. */
export type JournalEntry = {
  readonly temp: string;
  readonly target: string;
  /** `fingerprint` of what was at the target. */
  readonly old: string;
  /** SHA-256 of the temp file's content. */
  readonly new: string;
};

/**
 * What a journal file says. `torn` is one that was never completed or was damaged, and is nothing but a leftover;
 * `unknown` is whole but not ours to understand: made by a later version, or by somebody who wants to fool us.
 */
export type Journal =
  | { readonly kind: 'valid'; readonly entries: readonly JournalEntry[] }
  | { readonly kind: 'torn' }
  | { readonly kind: 'unknown' };

const version = 1;
/** Enough for 100,000 entries. What is longer was not made by this module. */
const maxJournalBytes = 64 * 1024 * 1024;

/** Writes a journal as text: a line of JSON, and a line with that line's SHA-256. */
export function toJournalText(entries: readonly JournalEntry[]): string {
  const line = JSON.stringify({ version, entries });
  return `${line}\n${sha256Of(Buffer.from(line))}\n`;
}

/**
 * Reads a journal's text. `name` is the journal's own file name: it may speak of no temp files but those of its batch.
 */
export function parseJournal(name: string, text: string): Journal {
  const [line = '', checksum, end] = text.split('\n');
  if (end !== '' || checksum !== sha256Of(Buffer.from(line))) return { kind: 'torn' };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'unknown' };
  }
  if (typeof value !== 'object' || value === null || !('version' in value) || !('entries' in value)) {
    return { kind: 'unknown' };
  }
  if (value.version !== version || !Array.isArray(value.entries)) return { kind: 'unknown' };
  const entries = value.entries.filter((entry) => isEntry(name, entry));
  return entries.length === value.entries.length ? { kind: 'valid', entries } : { kind: 'unknown' };
}

/** Accepts nothing but: one of the batch's own temp files, to be given another name in the folder where it lies. */
function isEntry(journal: string, value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false;
  if (!('temp' in value && 'target' in value && 'old' in value && 'new' in value)) return false;
  const { temp, target } = value;
  if (typeof temp !== 'string' || typeof target !== 'string') return false;
  if (typeof value.old !== 'string' || typeof value.new !== 'string') return false;
  const name = parseTempName(path.posix.basename(temp));
  return (
    name?.kind === 'part' &&
    name.journal === journal &&
    isBelow(temp) &&
    isBelow(target) &&
    path.posix.dirname(temp) === path.posix.dirname(target) &&
    parseTempName(path.posix.basename(target)) === undefined
  );
}

/** Tells whether a relative path stays in its folder, whatever system reads it. */
function isBelow(relativePath: string): boolean {
  const parts = relativePath.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0'))) return false;
  return (
    process.platform !== 'win32' || !parts.some((part) => part.includes('\\') || isIllegalOnWindows(part))
  );
}

/** Reads a journal file; `null` when there is none. Throws Node's error when it can't be read. */
export async function readJournal(file: string): Promise<Journal | null> {
  try {
    const stats = await lstat(file);
    if (!stats.isFile() || stats.size > maxJournalBytes) return { kind: 'unknown' };
    return parseJournal(path.basename(file), (await readFile(file)).toString('utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Makes a set of temp files final, in one step: the journal appears under its name whole, or not at all. From then on
 * there is no way but forward, for this process or, should it die, for whoever finds the journal. `beforeName` is what
 * must be done before that and takes its time, as the journal's own sync does: both are done at once.
 * @throws {AtomicWriteError} with step `journal`, or what `beforeName` has thrown; then nothing is final.
 */
export async function writeJournal(
  folder: string,
  names: BatchNames,
  entries: readonly JournalEntry[],
  durability: Durability,
  deadlineMs: number,
  beforeName: () => Promise<void>,
): Promise<void> {
  const file = path.join(folder, names.journal);
  const temp = await atJournal(file, () => createTempFile(folder, file, false, { makeName: names.nextPart }));
  try {
    await atJournal(file, () => appendToTemp(temp, file, Buffer.from(toJournalText(entries)), undefined));
    await inParallel([() => atJournal(file, () => syncJournal(temp, durability)), beforeName], 2, (action) =>
      action(),
    );
    await atJournal(file, async () => {
      const { fd } = temp;
      if (fd === null) throw new AtomicWriteError('journal', file, 'CLOSED');
      const stats = await fstat(fd);
      await closeTemp(temp, file);
      // A crash up to here leaves: all old files, and temp files without a journal, which the next sweep removes.
      await replaceFile(temp.path, file, stats, { deadlineMs, signal: undefined });
    });
    releaseTemp(temp);
  } catch (error) {
    // A failed rename that happened nevertheless has made the set final, and others may already see it.
    if ((await readJournal(file).catch(() => null))?.kind !== 'valid') {
      await discardTemp(temp);
      throw error;
    }
  }
}

async function syncJournal({ fd }: TempFile, durability: Durability): Promise<void> {
  if (fd === null) return;
  if (durability === 'full') await fsync(fd);
  if (durability === 'data') await fdatasync(fd);
}

async function atJournal<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw new AtomicWriteError('journal', file, codeOf(error), error);
  }
}
