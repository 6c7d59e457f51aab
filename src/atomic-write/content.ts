import { createHash } from 'node:crypto';
import { codeOf } from './errors.ts';
import { readFile } from './fs.ts';
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
  return createHash('sha256').update(current).digest('hex') === expected.sha256.toLowerCase();
}
