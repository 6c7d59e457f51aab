import { chmod, mkdir, open, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

/** The entries of one lock: number N is held by whoever made it, until there is a second file N`.free` beside it. */
export type Entries = {
  /** 0 when there is none. */
  readonly highest: number;
  readonly isFree: boolean;
  readonly names: readonly string[];
};

const freeEnding = '.free';

/** The highest entries stay, so that neither an old list nor one that was read meanwhile leads to a number used before. */
const kept = 4;

/**
 * Makes the folder of one lock, and what keeps git from seeing it. Each lock has a folder of its own: one of a few
 * entries is listed by one system call, at one moment. Those who share it may run as different users, so it is as open
 * as the folder above.
 */
export async function makeLockFolder(folder: string, key: string): Promise<string> {
  const own = path.join(folder, key);
  const made = await mkdir(own, { recursive: true });
  if (made === undefined) return own;
  const { mode } = await stat(path.dirname(folder));
  for (const one of [folder, own]) await chmod(one, mode & 0o777).catch(() => undefined);
  await writeFile(path.join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined);
  return own;
}

/** Lists the entries of a lock. */
export async function listEntries(folder: string): Promise<Entries> {
  const names = (await readdir(folder)).filter((name) => numberOf(name) > 0);
  const highest = Math.max(0, ...names.map(numberOf));
  return { highest, isFree: highest === 0 || names.includes(`${highest}${freeEnding}`), names };
}

/** 0 when it is no entry. */
function numberOf(name: string): number {
  return Number(/^(\d{1,15})(?:\.free)?$/.exec(name)?.[1] ?? 0);
}

/**
 * Makes an entry, or gives false when there is one of this number, held or free. A crash in between leaves: an entry
 * without text, whose maker nobody can judge, so that it is taken for dead only after the lease.
 */
export async function createEntry(folder: string, number: number, text: string): Promise<boolean> {
  try {
    // `wx` is O_CREAT | O_EXCL, which one of many gets, on NFS from version 3 on too (man 2 open).
    const handle = await open(path.join(folder, `${number}`), 'wx', 0o666);
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

/** Reads an entry, or what its holder left at the release; `undefined` when there is no such file. */
export async function readEntry(
  folder: string,
  number: number,
  part: 'held' | 'free',
): Promise<string | undefined> {
  try {
    return await readFile(path.join(folder, `${number}${part === 'free' ? freeEnding : ''}`), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Overwrites the beginning of an entry that is held. It is opened anew each time: a network file system shows a change
 * to others once the file was closed, and an entry that was taken away must not come back.
 */
export async function touchEntry(folder: string, number: number, text: string): Promise<void> {
  const handle = await open(path.join(folder, `${number}`), 'r+');
  try {
    await handle.write(text, 0);
  } finally {
    await handle.close();
  }
}

/**
 * Gives an entry free. The entry itself stays under its name: were it renamed, one who has seen it held could make the
 * same number once more. A crash in between leaves: a free entry with half a line, which is read as none.
 */
export async function freeEntry(folder: string, number: number, line: string): Promise<void> {
  await writeFile(path.join(folder, `${number}${freeEnding}`), line, { flag: 'wx' });
}

/** Removes one entry that its own maker gives up. */
export async function removeEntry(folder: string, number: number): Promise<void> {
  await unlink(path.join(folder, `${number}`)).catch(() => undefined);
}

/** Removes what lies far below an entry; what is gone already, or can't go, doesn't matter: only the highest counts. */
export async function removeOld(folder: string, { names }: Entries, number: number): Promise<void> {
  const old = names.filter((name) => numberOf(name) <= number - kept);
  for (const name of old) await unlink(path.join(folder, name)).catch(() => undefined);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
