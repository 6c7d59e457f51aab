import * as path from 'node:path';
import { isUnchanged, refuseUnexpected, unchangedResult } from './atomicWrite.ts';
import type { BatchEntry, BatchEntryResult, BatchOptions } from './batchOptions.ts';
import { type BatchPart, locatePart, refuseDuplicates } from './batchParts.ts';
import {
  defaultRenameDeadlineMs,
  guard,
  putInPlace,
  type SealedTemp,
  sealTemp,
  writtenResult,
} from './commit.ts';
import { fingerprint, sha256Of } from './content.ts';
import { AtomicWriteError, atStep, codeOf } from './errors.ts';
import { birthModeOf } from './fileMode.ts';
import { unlink } from './fs.ts';
import { inParallel } from './inParallel.ts';
import { inspectTarget } from './inspectTarget.ts';
import { writeJournal } from './journal.ts';
import type { Durability } from './options.ts';
import type { ResolvedTarget } from './resolveTarget.ts';
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

/** A part whose temp file is ready. */
type ReadyPart = BatchPart & { readonly sealed: SealedTemp; readonly old: string };

/** A part that has its name. */
type PlacedPart = ReadyPart & { readonly retries: number };

/** The work on one batch; `locate` may be called again, `write` once. */
export class BatchRun {
  readonly #entries: readonly BatchEntry[];
  readonly #options: BatchOptions;
  readonly #durability: Durability;
  readonly #results: (BatchEntryResult | undefined)[];
  readonly #temps = new Map<BatchPart, TempFile>();

  constructor(entries: readonly BatchEntry[], options: BatchOptions) {
    this.#entries = entries;
    this.#options = options;
    this.#durability = options.durability ?? 'full';
    this.#results = entries.map(() => undefined);
  }

  /** Finds out where all entries lead. Nothing is created before all of them may be written. */
  async locate(journalFolder: string): Promise<readonly BatchPart[]> {
    const parts: BatchPart[] = [];
    await inParallel([...this.#entries.entries()], atOnce, ([index, entry]) =>
      this.#attempt(index, async () => {
        parts.push(await locatePart(entry, index, journalFolder, this.#options));
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
      const sealed = new Map<BatchPart, SealedTemp>();
      await inParallel(parts, atOnce, (part) =>
        this.#attempt(part.index, async () => {
          const temp = await this.#prepare(part, names);
          if (temp !== null) sealed.set(part, temp);
        }),
      );
      // The journal must not outlive the names that it tells of.
      if (sealed.size > 1 && this.#durability === 'full') await this.#syncTempNames(sealed);
      const ready: ReadyPart[] = [];
      for (const part of parts) {
        const temp = sealed.get(part);
        if (temp === undefined) continue;
        await this.#attempt(
          part.index,
          async () => {
            await this.#guard(part);
            const old = await atStep('guard', part.target.path, () => fingerprint(part.target.path));
            ready.push({ ...part, sealed: temp, old });
          },
          part,
        );
      }
      throwIfAborted(signal, 'guard', journalFolder);
      if (ready.length > 1) await this.#writeJournal(ready, journalFolder, names);
      return ready;
    } catch (error) {
      await Promise.all([...this.#temps.values()].map(discardTemp));
      throw error;
    }
  }

  /** Writes a part's temp file; `null` when the part is done without. */
  async #prepare(part: BatchPart, names: BatchNames): Promise<SealedTemp | null> {
    const { target, bytes, options } = part;
    throwIfAborted(this.#options.signal, 'createTemp', target.path);
    await inspectTarget(target, options);
    await refuseUnexpected(target, options);
    if (options.ifChanged === true && (await isUnchanged(target, bytes, options.mode))) {
      this.#results[part.index] = unchangedResult(target, bytes);
      return null;
    }
    const ensureParent = options.ensureParent ?? true;
    const mode = birthModeOf(options.mode, target.stats);
    const birth = { makeName: names.nextPart, mode };
    const temp = await createTempFile(target.folder, target.path, ensureParent, birth);
    this.#temps.set(part, temp);
    try {
      await appendToTemp(temp, target.path, bytes, this.#options.signal);
      return await sealTemp(temp, target, options);
    } catch (error) {
      await discardTemp(temp);
      throw error;
    }
  }

  async #guard({ entry, target, options }: BatchPart): Promise<void> {
    const { beforeRename } = this.#options;
    await guard(
      target,
      beforeRename === undefined ? options : { ...options, beforeRename: () => beforeRename(entry) },
    );
  }

  async #syncTempNames(sealed: ReadonlyMap<BatchPart, SealedTemp>): Promise<void> {
    const files = [...sealed].map(([{ target }, temp]) => ({ target, sealed: temp }));
    await inParallel([...byFolder(files)], atOnce, async ([folder, { madeFolder }]) => {
      await atStep('sync', folder, () => syncFolders(folder, madeFolder));
    });
  }

  async #writeJournal(ready: readonly ReadyPart[], journalFolder: string, names: BatchNames): Promise<void> {
    const entries = ready.map(({ sealed, relativePath, bytes, old }) => ({
      temp: path.posix.join(path.posix.dirname(relativePath), path.basename(sealed.temp.path)),
      target: relativePath,
      old,
      new: sha256Of(bytes),
    }));
    // From now on these may be all that there is of a final set: an exit of the process must not take them along.
    for (const { sealed } of ready) releaseTemp(sealed.temp);
    const deadlineMs = this.#options.renameDeadlineMs ?? defaultRenameDeadlineMs;
    await writeJournal(journalFolder, names, entries, this.#durability, deadlineMs);
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
    await inParallel([...byFolder(placed)], atOnce, async ([folder, { madeFolder, files }]) => {
      let durability = this.#durability;
      let failure = journalError;
      if (durability === 'full') {
        await syncFolders(folder, madeFolder).then(
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
    const { sealed, target, options, old, bytes } = part;
    const { signal: _signal, ...withoutSignal } = options;
    try {
      // The journal took its time; a caller who knows what they replace must not lose what came meanwhile.
      if (isJournaled && options.expected !== undefined && (await fingerprint(target.path)) !== old) {
        throw new AtomicWriteError('rename', target.path, 'CONFLICT');
      }
      return await putInPlace(sealed, target, withoutSignal);
    } catch (error) {
      const now = await fingerprint(target.path).catch(() => 'absent');
      const isTempGone = isJournaled && codeOf(error) === 'ENOENT' && now !== 'absent';
      // Somebody who took this process for dead has done it for us. Or, when there is other content, has found that a
      // newer write had come before.
      if (isTempGone && now === sha256Of(bytes)) return 0;
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
  async #attempt(index: number, step: () => Promise<void>, part?: BatchPart): Promise<void> {
    try {
      await step();
    } catch (error) {
      const isOwn = error instanceof AtomicWriteError && error.code !== 'ABORTED' && error.code !== 'OUTSIDE';
      if (!isOwn || this.#options.onEntryError !== 'leaveOut') throw error;
      this.#results[index] = error;
      const temp = part === undefined ? undefined : this.#temps.get(part);
      if (temp !== undefined) await discardTemp(temp);
    }
  }
}

type InFolder<File> = {
  /** The topmost folder that had to be made for one of the files. */
  madeFolder: string | undefined;
  readonly files: File[];
};

/** Sorts files by their folders. */
function byFolder<File extends { readonly target: ResolvedTarget; readonly sealed: SealedTemp }>(
  files: readonly File[],
): ReadonlyMap<string, InFolder<File>> {
  const folders = new Map<string, InFolder<File>>();
  for (const file of files) {
    const { folder } = file.target;
    const known = folders.get(folder) ?? { madeFolder: undefined, files: [] };
    known.madeFolder ??= file.sealed.temp.madeFolder;
    known.files.push(file);
    folders.set(folder, known);
  }
  return folders;
}
