import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Sources above this size are not read: no page or module that people write is so long. */
const maxSourceBytes = 4 * 1024 * 1024;

/** Where a NUL byte is looked for; git decides by as many bytes whether a file is binary. */
const binaryProbeBytes = 8000;

/** What most pages say of themselves stands in as much; it is also what a disk reads at once. */
const headBytes = 4096;

/** The code of a source that is no longer there. */
export const sourceGone = 'source-gone';

export type Unreadable = { readonly kind: 'unreadable'; readonly code: string; readonly reason: string };
export type SourceText = { readonly kind: 'text'; readonly text: string } | Unreadable;

/** Reads a source as UTF-8 text without its byte order mark, or says why it can't be read as that. */
export async function readSourceText(absolutePath: string): Promise<SourceText> {
  return readSource(absolutePath);
}

/**
 * Reads a source like `readSourceText`, but asks after its first lines whether they are enough; then only they are the
 * text, and only they are known to be text. Synchronous: for as little as is read of most pages, a promise for each of
 * open, read and close costs four times as much as the calls. The caller must pause between many.
 */
export function readSource(absolutePath: string, isEnough?: (head: string) => boolean): SourceText {
  let file: number;
  try {
    // A pipe that took the file's place since it was listed would otherwise be waited for without end.
    file = openSync(absolutePath, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = error instanceof Error ? error.message : String(error);
    return unreadable(isGone ? sourceGone : 'source-unreadable', reason);
  }
  try {
    return readOpen(file, isEnough);
  } catch (error) {
    return unreadable('source-unreadable', error instanceof Error ? error.message : String(error));
  } finally {
    closeSync(file);
  }
}

/** One for all: what is read is decoded before anything else can be read. */
const sharedHead = Buffer.allocUnsafeSlow(headBytes);

function readOpen(file: number, isEnough: ((head: string) => boolean) | undefined): SourceText {
  const headLength = readSync(file, sharedHead, 0, headBytes, 0);
  if (headLength < headBytes) return textOf(sharedHead.subarray(0, headLength));
  // Up to the end of a line, so that no character and no heading is cut in two.
  const lines = sharedHead.subarray(0, sharedHead.lastIndexOf(0x0a) + 1);
  const head = isEnough === undefined ? undefined : textOf(lines);
  if (head?.kind === 'text' && isEnough?.(head.text) === true) return head;

  const { size } = fstatSync(file);
  if (size > maxSourceBytes) {
    const megabytes = (size / 1024 / 1024).toFixed(1);
    const most = maxSourceBytes / 1024 / 1024;
    return unreadable('source-too-large', `it is ${megabytes} MB long; at most ${most} MB are read`);
  }
  return textOf(readAll(file, size));
}

function readAll(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const count = readSync(file, bytes, length, size - length, length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Uint8Array): SourceText {
  if (bytes.subarray(0, binaryProbeBytes).includes(0)) {
    return unreadable('source-binary', 'it looks like a binary file, or text in UTF-16');
  }
  try {
    return { kind: 'text', text: utf8.decode(bytes) };
  } catch {
    return unreadable('source-not-utf8', 'it is not UTF-8 text; save it with the encoding UTF-8');
  }
}

function unreadable(code: string, reason: string): Unreadable {
  return { kind: 'unreadable', code, reason };
}

/**
 * Reads a file of at most `maxBytes` that no link leads to, as it is; `null` for everything else, also for what can't be
 * read. Synchronous like `readSource`.
 */
export function readPlainFile(absolutePath: string, maxBytes: number): Buffer | null {
  let file: number | undefined;
  try {
    // Where a link can't be refused by the open itself, it is looked for before.
    if (constants.O_NOFOLLOW === undefined && lstatSync(absolutePath).isSymbolicLink()) return null;
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    file = openSync(absolutePath, flags);
    const stats = fstatSync(file);
    return stats.isFile() && stats.size <= maxBytes ? readAll(file, stats.size) : null;
  } catch {
    // Whoever needs to know why asks again by the way that tells.
    return null;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Reads a file as it is, or gives `null` when there is none. Throws Node's error for everything else. */
export async function readBytesOrNull(absolutePath: string): Promise<Buffer | null> {
  try {
    return await readFile(absolutePath);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
