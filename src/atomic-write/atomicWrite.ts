import { commitTemp } from './commit.ts';
import { holdsBytes, isAsExpected, toBytes } from './content.ts';
import { AtomicWriteError, atStep } from './errors.ts';
import { birthModeOf } from './fileMode.ts';
import { inspectTarget } from './inspectTarget.ts';
import type { AtomicWriteOptions, WriteResult } from './options.ts';
import { inPathQueue } from './pathQueue.ts';
import { type ResolvedTarget, resolveTarget } from './resolveTarget.ts';
import { sweepBeforeWrite } from './sweepBeforeWrite.ts';
import { appendToTemp, createTempFile, discardTemp, throwIfAborted } from './tempFile.ts';

/**
 * Replaces a file by `text` in one step: every reader, at any time, sees the old file or the new one, whole.
 *
 * Any number of threads and processes may write the same file at once; each write succeeds and the last rename wins.
 * On Linux and macOS the replacement is atomic on local file systems and on NFS for readers on one client; Windows
 * replaces the name in one step too, though an open file of another program may delay it.
 * @throws {AtomicWriteError} and leaves the old file byte for byte, with no temp file.
 */
export function atomicWriteText(
  path: string,
  text: string,
  options: AtomicWriteOptions = {},
): Promise<WriteResult> {
  return atomicWriteBytes(path, Buffer.from(text, options.encoding ?? 'utf8'), options);
}

/**
 * Replaces a file by the bytes of a view, all of them whatever its element size, in one step; see `atomicWriteText`.
 * The bytes must not be changed until the promise settles.
 * @throws {AtomicWriteError} and leaves the old file byte for byte, with no temp file.
 */
export async function atomicWriteBytes(
  path: string,
  bytes: ArrayBufferView,
  options: AtomicWriteOptions = {},
): Promise<WriteResult> {
  throwIfAborted(options.signal, 'resolve', path);
  const links = options.links ?? 'follow';
  // Two queues: by the path as given, so that calls end in their order, and by the file it leads to, so that no write
  // through another link comes between a check of the old content and the rename.
  return inPathQueue(`given ${path}`, async () => {
    const target = await resolveTarget(path, links);
    const hasRecovered = await sweepBeforeWrite(target.folder, options);
    return inPathQueue(target.path, async (hasWaited) => {
      // Who waited looks again: the write before may have created the file. So may the recovery of a batch.
      const current = hasWaited || hasRecovered ? await resolveTarget(path, links) : target;
      return writeNow(current, toBytes(bytes), options);
    });
  });
}

async function writeNow(
  target: ResolvedTarget,
  bytes: Uint8Array,
  options: AtomicWriteOptions,
): Promise<WriteResult> {
  await inspectTarget(target, options);
  // Asked again right before the rename; here it only saves the work.
  await refuseUnexpected(target, options);
  if (options.ifChanged === true && (await isUnchanged(target, bytes, options.mode))) {
    return unchangedResult(target, bytes);
  }
  throwIfAborted(options.signal, 'createTemp', target.path);
  const mode = birthModeOf(options.mode, target.stats);
  const temp = await createTempFile(target.folder, target.path, options.ensureParent ?? true, { mode });
  try {
    await appendToTemp(temp, target.path, bytes, options.signal);
    return await commitTemp(temp, target, options);
  } catch (error) {
    await discardTemp(temp);
    throw error;
  }
}

/** Tells that nothing had to be done. */
export function unchangedResult(target: ResolvedTarget, bytes: Uint8Array): WriteResult {
  return {
    outcome: 'unchanged',
    bytes: bytes.byteLength,
    path: target.path,
    isNew: false,
    durability: 'none',
    renameRetries: 0,
    isOwnerKept: true,
  };
}

/** Throws `CONFLICT` when the file is no longer what the caller read. */
export async function refuseUnexpected(target: ResolvedTarget, options: AtomicWriteOptions): Promise<void> {
  const { expected } = options;
  if (expected === undefined) return;
  const isCurrent = await atStep('guard', target.path, () => isAsExpected(target.path, expected));
  if (!isCurrent) throw new AtomicWriteError('guard', target.path, 'CONFLICT');
}

/** Tells whether the file on disk already has these bytes and this mode. */
export async function isUnchanged(
  target: ResolvedTarget,
  bytes: Uint8Array,
  mode: number | undefined,
): Promise<boolean> {
  const { stats } = target;
  if (stats === null || !stats.isFile() || stats.size !== bytes.byteLength) return false;
  if (mode !== undefined && (stats.mode & 0o7777) !== (mode & 0o7777)) return false;
  return atStep('inspect', target.path, () => holdsBytes(target.path, bytes));
}
