import { createHash } from 'node:crypto';
import { codeOf } from './errors.ts';
import { lstat, readFile, readlink } from './fs.ts';
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
