import * as path from 'node:path';
import { isUnchanged, refuseUnexpected, unchangedResult } from './atomicWrite.ts';
import type { BatchEntry, BatchEntryResult, BatchOptions } from './batchOptions.ts';
import { type BatchPart, bytesOf, locatePart, refuseDuplicates } from './batchParts.ts';
import {
  defaultRenameDeadlineMs,
  guard,
  putInPlace,
  type SealedTemp,
  sealTemp,
  writtenResult,
} from './commit.ts';
import { fingerprint, isExpected, sha256Of } from './content.ts';
import { AtomicWriteError, atStep, codeOf } from './errors.ts';
import { birthModeOf } from './fileMode.ts';
import { unlink } from './fs.ts';
import { inParallel } from './inParallel.ts';
import { inspectTarget } from './inspectTarget.ts';
import { type JournalEntry, writeJournal } from './journal.ts';
import type { Durability } from './options.ts';
import { syncFolder, syncFolders } from './syncFolder.ts';
import {
  appendToTemp,
  createTempFile,
  discardTemp,
  releaseTemp,
  type TempFile,
  throwIfAborted,
} from './tempFile.ts';
import { type BatchNames, makeBatchNames } from './tempName.ts';

/** Enough to keep a disk busy with syncs, few enough not to run out of descriptors. */
const atOnce = 16;

/** A part whose temp file is complete. */
type SealedPart = BatchPart & {
  readonly sealed: SealedTemp;
  /** SHA-256 of the temp file's content. */
  readonly sha256: string;
};

/** A part that may be put in place. */
type ReadyPart = SealedPart & { readonly inJournal: JournalEntry };

/** A part that has its name. */
type PlacedPart = ReadyPart & { readonly retries: number };

/** The work on one batch; `locate` may be called again, `write` once. */
export class BatchRun {
  readonly #entries: readonly BatchEntry[];
  readonly #options: BatchOptions;
  readonly #durability: Durability;
  readonly #results: (BatchEntryResult | undefined)[];
  readonly #temps: TempFile[] = [];
  /** The folders of the temp files, each with the topmost one that had to be made for it. */
  readonly #folders = new Map<string, string | undefined>();

  constructor(entries: readonly BatchEntry[], options: BatchOptions) {
    this.#entries = entries;
    this.#options = options;
    this.#durability = options.durability ?? 'full';
    this.#results = entries.map(() => undefined);
  }

  /** Finds out where all entries lead. Nothing is created before all of them may be written. */
  async locate(journalFolder: string): Promise<readonly BatchPart[]> {
    const parts: BatchPart[] = [];
    const realFolders = new Map<string, Promise<string>>();
    await inParallel([...this.#entries.entries()], atOnce, ([index, entry]) =>
      this.#attempt(index, async () => {
        parts.push(await locatePart(entry, index, journalFolder, this.#options, realFolders));
      }),
    );
    parts.sort((a, b) => a.index - b.index);
    refuseDuplicates(parts);
    return parts;
  }

  async write(parts: readonly BatchPart[], journalFolder: string): Promise<readonly BatchEntryResult[]> {
    const names = makeBatchNames();
    const ready = await this.#makeFinal(parts, journalFolder, names);
    const isJournaled = ready.length > 1;
    await this.#putAllInPlace(ready, isJournaled, journalFolder);
    // A crash up to here leaves: some new files and the journal, by which the next one finishes. Without its journal
    // the batch is complete; a power cut may bring the journal back, which then finds nothing to do.
    if (isJournaled) await unlink(path.join(journalFolder, names.journal)).catch(() => undefined);
    return this.#results.map((result, index) => {
      if (result !== undefined) return result;
      return new AtomicWriteError('rename', this.#entries[index]?.path ?? '', 'UNKNOWN');
    });
  }

  /** Everything up to the journal. A crash in here leaves: all old files, and temp files that the next sweep removes. */
  async #makeFinal(
    parts: readonly BatchPart[],
    journalFolder: string,
    names: BatchNames,
  ): Promise<readonly ReadyPart[]> {
    const { signal } = this.#options;
    try {
      const sealed: SealedPart[] = [];
      await inParallel(parts, atOnce, (part) =>
        this.#attempt(part.index, async () => {
          const one = await this.#prepare(part, names);
          if (one !== null) sealed.push(one);
        }),
      );
      sealed.sort((a, b) => a.index - b.index);
      const ready: ReadyPart[] = [];
      for (const part of sealed) {
        await this.#attempt(
          part.index,
          async () => {
            ready.push({ ...part, inJournal: toJournalEntry(part, await this.#guard(part)) });
          },
          part.sealed.temp,
        );
      }
      throwIfAborted(signal, 'guard', journalFolder);
      if (ready.length > 1) await this.#writeJournal(ready, journalFolder, names);
      return ready;
    } catch (error) {
      await Promise.all(this.#temps.map(discardTemp));
      throw error;
    }
  }

  /** Writes a part's temp file; `null` when the part is done without. */
  async #prepare(part: BatchPart, names: BatchNames): Promise<SealedPart | null> {
    const { target, options } = part;
    throwIfAborted(this.#options.signal, 'createTemp', target.path);
    await inspectTarget(target, options);
    const bytes = bytesOf(part.entry);
    if (options.ifChanged === true) {
      await refuseUnexpected(target, options);
      if (await isUnchanged(target, bytes, options.mode)) {
        this.#results[part.index] = unchangedResult(target, bytes);
        return null;
      }
    }
    const ensureParent = options.ensureParent ?? true;
    const mode = birthModeOf(options.mode, target.stats);
    const birth = { makeName: names.nextPart, mode };
    const temp = await createTempFile(target.folder, target.path, ensureParent, birth);
    this.#temps.push(temp);
    // Also when this one is left out later: the folder is others' too, and must survive with them.
    this.#folders.set(target.folder, this.#folders.get(target.folder) ?? temp.madeFolder);
    try {
      await appendToTemp(temp, target.path, bytes, this.#options.signal);
      const sealed = await sealTemp(temp, target, options);
      return { ...part, sealed, sha256: sha256Of(bytes) };
    } catch (error) {
      await discardTemp(temp);
      throw error;
    }
  }

  /** The last look at an entry before the set is final; gives the fingerprint of what is there. */
  async #guard({ entry, target, options }: BatchPart): Promise<string> {
    const { beforeRename } = this.#options;
    const { expected, ...withoutExpected } = options;
    await guard(
      target,
      beforeRename === undefined
        ? withoutExpected
        : { ...withoutExpected, beforeRename: () => beforeRename(entry) },
    );
    return atStep('guard', target.path, async () => {
      const old = await fingerprint(target.path);
      if (expected === undefined || (await isExpected(target.path, old, expected))) return old;
      throw new AtomicWriteError('guard', target.path, 'CONFLICT');
    });
  }

  /** The journal must not outlive the names that it tells of. */
  async #syncTempNames(): Promise<void> {
    if (this.#durability !== 'full') return;
    await inParallel([...this.#folders], atOnce, async ([folder, madeFolder]) => {
      await atStep('sync', folder, () => syncFolders(folder, madeFolder));
    });
  }

  async #writeJournal(ready: readonly ReadyPart[], journalFolder: string, names: BatchNames): Promise<void> {
    // From now on these may be all that there is of a final set: an exit of the process must not take them along.
    for (const { sealed } of ready) releaseTemp(sealed.temp);
    const deadlineMs = this.#options.renameDeadlineMs ?? defaultRenameDeadlineMs;
    const entries = ready.map(({ inJournal }) => inJournal);
    await writeJournal(journalFolder, names, entries, this.#durability, deadlineMs, () =>
      this.#syncTempNames(),
    );
  }

  /** Everything after the journal: only forward, whatever happens. */
  async #putAllInPlace(
    ready: readonly ReadyPart[],
    isJournaled: boolean,
    journalFolder: string,
  ): Promise<void> {
    let journalError: unknown;
    if (isJournaled && this.#durability === 'full') {
      // Before the first rename: otherwise a power cut could keep a rename and lose the journal.
      await syncFolder(journalFolder).catch((error: unknown) => {
        journalError = error;
      });
    }
    const placed: PlacedPart[] = [];
    await inParallel(ready, atOnce, async (part) => {
      const retries = await this.#putOneInPlace(part, isJournaled);
      if (retries !== null) placed.push({ ...part, retries });
    });
    await inParallel([...byFolder(placed)], atOnce, async ([folder, files]) => {
      let durability = this.#durability;
      let failure = journalError;
      if (durability === 'full') {
        await syncFolders(folder, this.#folders.get(folder)).then(
          (isSynced) => {
            if (!isSynced) durability = 'data';
          },
          (error: unknown) => {
            failure = error;
          },
        );
      }
      for (const { index, sealed, target, retries } of files) {
        this.#results[index] =
          failure === undefined
            ? writtenResult(sealed, target, retries, durability)
            : new AtomicWriteError('syncFolder', target.path, codeOf(failure), failure);
      }
    });
  }

  async #putOneInPlace(part: ReadyPart, isJournaled: boolean): Promise<number | null> {
    const { sealed, target, options, inJournal } = part;
    const { signal: _signal, ...withoutSignal } = options;
    try {
      // The journal took its time; a caller who knows what they replace must not lose what came meanwhile.
      if (
        isJournaled &&
        options.expected !== undefined &&
        (await fingerprint(target.path)) !== inJournal.old
      ) {
        throw new AtomicWriteError('rename', target.path, 'CONFLICT');
      }
      return await putInPlace(sealed, target, withoutSignal);
    } catch (error) {
      const now = await fingerprint(target.path).catch(() => 'absent');
      const isTempGone = isJournaled && codeOf(error) === 'ENOENT' && now !== 'absent';
      // Somebody who took this process for dead has done it for us. Or, when there is other content, has found that a
      // newer write had come before.
      if (isTempGone && now === inJournal.new) return 0;
      const cause = isTempGone ? new AtomicWriteError('rename', target.path, 'CONFLICT', error) : error;
      this.#results[part.index] =
        cause instanceof AtomicWriteError
          ? cause
          : new AtomicWriteError('rename', target.path, codeOf(cause), cause);
      // The caller is told that this file stays old. Without its temp file no recovery can change that later.
      await discardTemp(sealed.temp);
      return null;
    }
  }

  /** Runs one entry's step; its error ends the batch, or is noted and its temp file removed. */
  async #attempt(index: number, step: () => Promise<void>, temp?: TempFile): Promise<void> {
    try {
      await step();
    } catch (error) {
      const isOwn = error instanceof AtomicWriteError && error.code !== 'ABORTED' && error.code !== 'OUTSIDE';
      if (!isOwn || this.#options.onEntryError !== 'leaveOut') throw error;
      this.#results[index] = error;
      if (temp !== undefined) await discardTemp(temp);
    }
  }
}

/** Sorts parts by the folders that they lie in. */
function byFolder(parts: readonly PlacedPart[]): ReadonlyMap<string, readonly PlacedPart[]> {
  const folders = new Map<string, PlacedPart[]>();
  for (const part of parts) {
    const { folder } = part.target;
    const known = folders.get(folder);
    if (known === undefined) folders.set(folder, [part]);
    else known.push(part);
  }
  return folders;
}

/** Tells the journal of a part; `old` is the fingerprint of what is there. */
function toJournalEntry({ relativePath, sealed, sha256 }: SealedPart, old: string): JournalEntry {
  const temp = path.posix.join(path.posix.dirname(relativePath), path.basename(sealed.temp.path));
  return { temp, target: relativePath, old, new: sha256 };
}
