import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { fold } from '../regions/twins.ts';
import type { KnownFolders } from './knownFolders.ts';
import { readPlainFile } from './readText.ts';

/** What stands at the place of an output. */
export type OutputOnDisk =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly bytes: Buffer }
  /** Something that must not be replaced, or can't be; `detail` is the name of a twin. */
  | {
      readonly kind: 'refused';
      readonly reason: 'name-twin' | 'too-large' | 'binary' | 'folder';
      readonly detail?: string;
    };

/** No text that people or generators write is as long; a larger file was put there by mistake. */
export const maxOutputBytes = 32 * 1024 * 1024;

/** Where a NUL byte is looked for, as git does. */
const binaryProbeBytes = 8000;

/** Reads what a write would replace, and finds out whether it may. Throws Node's error when it can't be read. */
export async function inspectOutput(absoluteOutput: string, folders: KnownFolders): Promise<OutputOnDisk> {
  const twin = await findNameTwin(absoluteOutput, folders);
  if (twin !== null) return { kind: 'refused', reason: 'name-twin', detail: twin };
  const plain = readPlainFile(absoluteOutput, maxOutputBytes);
  if (plain !== null) return textOrBinary(plain);
  // By the long way, which follows links and tells what is wrong.
  const stats = await stat(absoluteOutput).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (stats === null) return { kind: 'absent' };
  if (stats.isDirectory()) return { kind: 'refused', reason: 'folder' };
  if (stats.size > maxOutputBytes) return { kind: 'refused', reason: 'too-large' };
  // Gone between the two calls: as good as never there.
  const bytes = await readFile(absoluteOutput).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (bytes === null) return { kind: 'absent' };
  return textOrBinary(bytes);
}

function textOrBinary(bytes: Buffer): OutputOnDisk {
  return isBinary(bytes) ? { kind: 'refused', reason: 'binary' } : { kind: 'file', bytes };
}

/** Tells whether bytes are those of no text that we could write: one with NUL bytes, as UTF-16 has. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, binaryProbeBytes).includes(0);
}

/**
 * Finds a file whose name differs from the output's in case or Unicode form only. On the disks of most Windows and
 * macOS machines the two are one file; where they are two, only one of them survives a checkout there.
 */
export async function findNameTwin(absoluteOutput: string, folders: KnownFolders): Promise<string | null> {
  const name = path.basename(absoluteOutput);
  const folder = path.dirname(absoluteOutput);
  const names = await folders.namesIn(folder);
  if (names.includes(name)) return null;
  const twin = names.find((other) => fold(other) === fold(name));
  if (twin === undefined) return null;
  // Some disks keep names in another Unicode form than they were given; that is the file itself.
  if (twin.normalize('NFC') === name.normalize('NFC') && (await isSameFile(folder, twin, name))) return null;
  return twin;
}

async function isSameFile(folder: string, one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((name) => stat(path.join(folder, name)).catch(() => null)),
  );
  return a?.ino !== undefined && a.ino === b?.ino && a.dev === b.dev;
}

/**
 * Tells whether permissions forbid to replace a file, or to make it: those of the file itself, or of the folder in
 * which a rename would happen.
 */
export function isReadOnly(absoluteOutput: string): boolean {
  const real = realPathOrNull(absoluteOutput);
  if (real !== null && (statSync(real).mode & 0o222) === 0) return true;
  for (let folder = path.dirname(real ?? absoluteOutput); ; folder = path.dirname(folder)) {
    try {
      accessSync(folder, constants.W_OK);
      return false;
    } catch (error) {
      if (!isMissing(error) || folder === path.dirname(folder)) return true;
    }
  }
}

function realPathOrNull(absolutePath: string): string | null {
  try {
    return realpathSync.native(absolutePath);
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
