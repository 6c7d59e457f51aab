import { isAsExpected } from './content.ts';
import { AtomicWriteError, atStep, codeOf } from './errors.ts';
import { chooseMode, keepOwner, setMode } from './fileMode.ts';
import { fdatasync, fstat, fsync, type Stats } from './fs.ts';
import type { AtomicWriteOptions, Durability, WriteResult } from './options.ts';
import { createFile, replaceFile } from './replaceFile.ts';
import type { ResolvedTarget } from './resolveTarget.ts';
import { syncFolders } from './syncFolder.ts';
import { closeTemp, releaseTemp, type TempFile, throwIfAborted } from './tempFile.ts';

/** How long a blocked rename is tried again unless the caller says otherwise. */
export const defaultRenameDeadlineMs = process.platform === 'win32' ? 10_000 : 2_000;

/** What link(2) says on file systems without hard links, such as FAT and some network shares. */
export const noHardLinkCodes: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
]);

/** A temp file that lacks nothing but the target's name: whole, with owner and mode, synced as far as asked, closed. */
export type SealedTemp = { readonly temp: TempFile; readonly stats: Stats; readonly isOwnerKept: boolean };

/**
 * Turns a completely written temp file into the target. Every step up to the rename leaves the old file as it is; the
 * caller discards the temp file when this throws.
 */
export async function commitTemp(
  temp: TempFile,
  target: ResolvedTarget,
  options: AtomicWriteOptions,
): Promise<WriteResult> {
  const sealed = await sealTemp(temp, target, options);
  await guard(target, options);
  const renameRetries = await putInPlace(sealed, target, options);
  // A crash here leaves: the new file. A power cut may still bring back the old one, whole.
  const durability = await makeNameDurable(temp, target, options.durability ?? 'full');
  return writtenResult(sealed, target, renameRetries, durability);
}

/**
 * Makes a completely written temp file ready for its rename. A crash up to here leaves: the old file, and a temp file,
 * readable by nobody who can't read the file that it was to become, that the next sweep removes.
 */
export async function sealTemp(
  temp: TempFile,
  target: ResolvedTarget,
  options: AtomicWriteOptions,
): Promise<SealedTemp> {
  const durability = options.durability ?? 'full';
  const { fd } = temp;
  if (fd === null) throw new AtomicWriteError('verify', target.path, 'CLOSED');
  // Before the sync, so that owner and mode are part of what is synced.
  const prepared = await prepareForUse(fd, temp, target, options);
  // Before the rename: otherwise the new name could reach the disk before the new bytes, and a power cut would leave
  // an empty file under the target's name. Never tried twice, see `syncFolder`.
  if (durability !== 'none') {
    await atStep('sync', target.path, () => (durability === 'full' ? fsync(fd) : fdatasync(fd)));
  }
  await closeTemp(temp, target.path);
  return { temp, ...prepared };
}

/** Tells what a write has done. */
export function writtenResult(
  sealed: SealedTemp,
  target: ResolvedTarget,
  renameRetries: number,
  durability: Durability,
): WriteResult {
  return {
    outcome: 'written',
    bytes: sealed.temp.bytes,
    path: target.path,
    isNew: target.stats === null,
    durability,
    renameRetries,
    isOwnerKept: sealed.isOwnerKept,
  };
}

async function prepareForUse(
  fd: number,
  temp: TempFile,
  target: ResolvedTarget,
  options: AtomicWriteOptions,
): Promise<{ stats: Stats; isOwnerKept: boolean }> {
  // The length is asked of the file system: what write(2) counted and what is there differ on a broken one.
  const stats = await atStep('verify', target.path, () => fstat(fd));
  if (stats.size !== temp.bytes) throw new AtomicWriteError('verify', target.path, 'SHORT_WRITE');
  const old = target.stats?.isFile() === true ? target.stats : null;
  // Owner before mode: chown(2) takes the set-id bits away.
  const kept =
    old === null
      ? { user: true, group: true }
      : await atStep('setOwner', target.path, () => keepOwner(fd, stats, old));
  const mode = chooseMode(options.mode, old, kept, stats, temp.birthMode);
  await atStep('setMode', target.path, () => setMode(fd, mode, stats));
  return { stats, isOwnerKept: kept.user && kept.group };
}

/** The last look before the point of no return. */
export async function guard(target: ResolvedTarget, options: AtomicWriteOptions): Promise<void> {
  const { beforeRename, expected, signal } = options;
  if (beforeRename !== undefined) {
    try {
      await beforeRename();
    } catch (error) {
      throw new AtomicWriteError('guard', target.path, 'REFUSED', error);
    }
  }
  if (expected !== undefined) {
    const isCurrent = await atStep('guard', target.path, () => isAsExpected(target.path, expected));
    if (!isCurrent) throw new AtomicWriteError('guard', target.path, 'CONFLICT');
  }
  throwIfAborted(signal, 'guard', target.path);
}

/**
 * Gives the sealed temp file the target's name, and tells how often that was blocked before. Until it succeeds the old
 * file is as it was.
 */
export async function putInPlace(
  { temp, stats }: SealedTemp,
  target: ResolvedTarget,
  options: AtomicWriteOptions,
): Promise<number> {
  const renameRetries = await rename(temp, target, stats, options);
  releaseTemp(temp);
  return renameRetries;
}

async function rename(
  temp: TempFile,
  target: ResolvedTarget,
  stats: Stats,
  options: AtomicWriteOptions,
): Promise<number> {
  const replaceOptions = {
    deadlineMs: options.renameDeadlineMs ?? defaultRenameDeadlineMs,
    signal: options.signal,
  };
  if (options.exclusive === true || options.expected === 'absent') {
    try {
      await createFile(temp.path, target.path);
    } catch (error) {
      if (options.exclusive === true) throw error;
      // The caller said that there is no file; one that appears in the last moment is the same conflict.
      if (codeOf(error) === 'EEXIST') throw new AtomicWriteError('rename', target.path, 'CONFLICT', error);
      if (!noHardLinkCodes.has(codeOf(error))) throw error;
      // `guard` has looked a moment ago. Where there is no link(2), that is the best there is.
      return replaceFile(temp.path, target.path, stats, replaceOptions);
    }
    return 0;
  }
  return replaceFile(temp.path, target.path, stats, replaceOptions);
}

async function makeNameDurable(
  temp: TempFile,
  target: ResolvedTarget,
  durability: Durability,
): Promise<Durability> {
  if (durability !== 'full') return durability;
  const isSynced = await atStep('syncFolder', target.path, () => syncFolders(target.folder, temp.madeFolder));
  return isSynced ? 'full' : 'data';
}
