import {
  AtomicBatchError,
  type BatchEntry,
  type BatchEntryResult,
  type BatchOptions,
} from './batchOptions.ts';
import { type BatchPart, locateJournalFolder } from './batchParts.ts';
import { BatchRun } from './batchRun.ts';
import { AtomicWriteError } from './errors.ts';
import { inParallel } from './inParallel.ts';
import { inPathQueues } from './pathQueue.ts';
import { sweepBeforeWrite } from './sweepBeforeWrite.ts';
import { throwIfAborted } from './tempFile.ts';

/** As many as Node's thread pool reads folders at once. */
const sweepsAtOnce = 4;

/**
 * Replaces several files as one: after a crash at any moment, and the recovery by whoever comes next, all of them are
 * old or all are new. (A reader meanwhile sees each file whole, but for a moment some old and some new.)
 *
 * The moment that decides is the rename of a journal that names all temp files. What dies before leaves the old files;
 * what dies after is finished by the next sweep or write in one of the folders, or by `recoverBatches`, see there.
 * Where a file was written by somebody else between crash and recovery, theirs stays.
 *
 * Gives one result for each entry, in their order. With `onEntryError: 'abort'` they are all a `WriteResult`.
 * @throws {AtomicWriteError} and leaves all old files, with no temp file.
 * @throws {AtomicBatchError} (with `abort`) when the set was final and a rename failed for good. The other files are
 * new, this one is old; nothing will be tried again behind the caller's back, because they have been told.
 */
export async function atomicWriteBatch(
  entries: readonly BatchEntry[],
  options: BatchOptions,
): Promise<readonly BatchEntryResult[]> {
  const batch = new BatchRun(entries, options);
  throwIfAborted(options.signal, 'resolve', options.journalFolder);
  const results = await inPathQueues(
    entries.map((entry) => `given ${entry.path}`),
    async () => {
      const folder = await locateJournalFolder(options.journalFolder);
      const parts = await batch.locate(folder);
      const hasRecovered = await sweepFolders(parts, folder, options);
      return inPathQueues(
        parts.map(({ target }) => target.path),
        // Who waited, or repaired, looks again: the files have changed.
        async (hasWaited) =>
          batch.write(hasWaited || hasRecovered ? await batch.locate(folder) : parts, folder),
      );
    },
  );
  if (options.onEntryError !== 'leaveOut') throwFailures(results);
  return results;
}

function throwFailures(results: readonly BatchEntryResult[]): void {
  const errors = results.filter((result) => result instanceof AtomicWriteError);
  const [first] = errors;
  if (first === undefined) return;
  const isOnly =
    errors.length === 1 && !results.some((result) => 'outcome' in result && result.outcome === 'written');
  throw isOnly ? first : new AtomicBatchError(results);
}

async function sweepFolders(
  parts: readonly BatchPart[],
  journalFolder: string,
  options: BatchOptions,
): Promise<boolean> {
  const folders = [...new Set([journalFolder, ...parts.map(({ target }) => target.folder)])];
  let hasRecovered = false;
  await inParallel(folders, sweepsAtOnce, async (folder) => {
    if (await sweepBeforeWrite(folder, options)) hasRecovered = true;
  });
  return hasRecovered;
}
