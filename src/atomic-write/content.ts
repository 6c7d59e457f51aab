import { createHash } from 'node:crypto';
import { codeOf } from './errors.ts';
import { close, lstat, openToRead, read, readFile, readlink } from './fs.ts';
import type { Expected } from './options.ts';

/** Gives the bytes that any typed array or DataView shows, without copying. */
export function toBytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** Reads a file, or gives `null` when there is none. */
async function readOrNull(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Bytes compared at a time: a large file is never held in memory a second time, and is left at the first difference. */
const chunkBytes = 1024 * 1024;

/** Tells whether a file that is as long as `bytes` holds them. */
export async function holdsBytes(file: string, bytes: Uint8Array): Promise<boolean> {
  let fd: number;
  try {
    fd = await openToRead(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  try {
    const chunk = Buffer.allocUnsafe(Math.min(bytes.byteLength, chunkBytes));
    for (let offset = 0; offset < bytes.byteLength; ) {
      const count = await read(fd, chunk, 0, Math.min(bytes.byteLength - offset, chunk.byteLength));
      if (count === 0) return false;
      if (chunk.compare(bytes, offset, offset + count, 0, count) !== 0) return false;
      offset += count;
    }
    return true;
  } finally {
    await close(fd).catch(() => undefined);
  }
}

/** Tells whether a file on disk is still what the caller read. */
export async function isAsExpected(file: string, expected: Expected): Promise<boolean> {
  const current = await readOrNull(file);
  if (expected === 'absent') return current === null;
  if (current === null) return false;
  if (ArrayBuffer.isView(expected)) return current.equals(toBytes(expected));
  return sha256Of(current) === expected.sha256.toLowerCase();
}

/** Gives the SHA-256 of bytes, in hexadecimal digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Describes what is at a path in a short text: `absent`, a file's SHA-256, `link:` and where a symbolic link leads, or
 * `other`. Two equal ones mean that nobody changed anything in between, or that it was changed back.
 */
export async function fingerprint(file: string): Promise<string> {
  try {
    const stats = await lstat(file);
    if (stats.isSymbolicLink()) return `link:${await readlink(file)}`;
    return stats.isFile() ? sha256Of(await readFile(file)) : 'other';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'absent';
    throw error;
  }
}

/** Tells the same as `isAsExpected` of a file of which `found` is the fingerprint, mostly without reading it again. */
export async function isExpected(file: string, found: string, expected: Expected): Promise<boolean> {
  // What the caller has read lies behind the link.
  if (found.startsWith('link:') || found === 'other') return isAsExpected(file, expected);
  if (expected === 'absent') return found === 'absent';
  return (
    found === (ArrayBuffer.isView(expected) ? sha256Of(toBytes(expected)) : expected.sha256.toLowerCase())
  );
}
