import { chmod, mkdir, open, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

/** The entries of one lock: number N is held by whoever made it, until it bears the ending `.free`. */
export type Entries = {
  /** 0 when there is none. */
  readonly highest: number;
  readonly isFree: boolean;
  readonly names: readonly string[];
};

const freeEnding = '.free';

function entryPath(folder: string, key: string, number: number): string {
  return path.join(folder, `${key}.${number}`);
}

/** Makes the folder with what keeps git from seeing it. Those who share it may run as different users, so it is as open as its parent. */
export async function makeLockFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined) return;
  const { mode } = await stat(path.dirname(folder));
  await chmod(folder, mode & 0o777).catch(() => undefined);
  await writeFile(path.join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined);
}

/** Lists the entries of a lock. */
export async function listEntries(folder: string, key: string): Promise<Entries> {
  let highest = 0;
  let isFree = true;
  const names: string[] = [];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${key}.`)) continue;
    const match = /^(\d{1,15})(\.free)?$/.exec(name.slice(key.length + 1));
    if (match === null) continue;
    names.push(name);
    const number = Number(match[1]);
    // A release is a rename, so one number never has both names.
    if (number < highest) continue;
    highest = number;
    isFree = match[2] !== undefined;
  }
  return { highest, isFree, names };
}

/**
 * Makes an entry, or gives false when there is one of this number, held or free. A crash in between leaves: an entry
 * without text, whose maker nobody can judge, so that it is taken for dead only after the lease.
 */
export async function createEntry(
  folder: string,
  key: string,
  number: number,
  text: string,
): Promise<boolean> {
  try {
    // `wx` is O_CREAT | O_EXCL, which one of many gets, on NFS from version 3 on too (man 2 open).
    const handle = await open(entryPath(folder, key, number), 'wx', 0o666);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Reads an entry; `undefined` when it is gone. */
export async function readEntry(
  folder: string,
  key: string,
  number: number,
  isFree: boolean,
): Promise<string | undefined> {
  try {
    return await readFile(`${entryPath(folder, key, number)}${isFree ? freeEnding : ''}`, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Overwrites the beginning of an entry that is held. It is opened anew each time: a network file system shows a change
 * to others once the file was closed, and an entry that was taken away must not come back.
 */
export async function touchEntry(folder: string, key: string, number: number, text: string): Promise<void> {
  const handle = await open(entryPath(folder, key, number), 'r+');
  try {
    await handle.write(text, 0);
  } finally {
    await handle.close();
  }
}

/** Appends the last line of a holder and gives the entry free. A crash in between leaves: a held entry of a dead holder. */
export async function freeEntry(folder: string, key: string, number: number, line: string): Promise<void> {
  const held = entryPath(folder, key, number);
  if (line !== '') {
    const handle = await open(held, 'r+');
    try {
      const { size } = await handle.stat();
      await handle.write(line, size);
    } finally {
      await handle.close();
    }
  }
  await rename(held, `${held}${freeEnding}`);
}

/** Removes entries; those that are gone already, or can't go, don't matter: only the highest counts. */
export async function removeEntries(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await unlink(path.join(folder, name)).catch(() => undefined);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
