import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * Names the lock of a file by what its folder is, not by how its path was typed: symbolic links, `subst` drives and
 * mounts of one folder give the same key. The name is folded, so that `Index.md` and `index.md` share a lock where they
 * may be one file; where they are two, sharing costs a short wait.
 *
 * A folder that doesn't exist yet is named by the nearest one above it that does, so the key changes when it is made.
 * Who names many files at once passes one map for all, so that each folder is asked once.
 */
export async function lockKeyOf(absolutePath: string, known: KnownFolders = new Map()): Promise<string> {
  const folder = path.dirname(absolutePath);
  const asked = known.get(folder) ?? nearestFolder(folder);
  known.set(folder, asked);
  const { absoluteFolder, dev, ino } = await asked;
  return hashOf(`${dev} ${ino} ${fold(path.relative(absoluteFolder, absolutePath))}`);
}

/** What stands for folders that were asked for, by their paths as they were typed. */
export type KnownFolders = Map<string, Promise<Folder>>;

/** A folder that exists, and what it is on this machine. */
type Folder = { readonly absoluteFolder: string; readonly dev: bigint; readonly ino: bigint };

/**
 * Names the lock of a file by its place below a folder, links resolved: the same in every container and on every machine
 * that shares the folder, which know neither each other's device numbers nor the path above it.
 */
export async function volumeKeyOf(absolutePath: string, absoluteRoot: string): Promise<string> {
  const { absoluteFolder } = await nearestFolder(path.dirname(absolutePath));
  const place = path.relative(await realpath(absoluteRoot), await realpath(absoluteFolder));
  const rest = path.relative(absoluteFolder, absolutePath);
  return hashOf(fold(path.join(place, rest).split(path.sep).join('/')));
}

/** Finds the nearest folder that exists: the one that is named, or one above it. */
async function nearestFolder(named: string): Promise<Folder> {
  for (let absoluteFolder = named; ; ) {
    try {
      const { dev, ino } = await stat(absoluteFolder, { bigint: true });
      return { absoluteFolder, dev, ino };
    } catch (error) {
      const above = path.dirname(absoluteFolder);
      if (above === absoluteFolder) throw error;
      absoluteFolder = above;
    }
  }
}

function fold(relativePath: string): string {
  return relativePath.normalize('NFC').toLowerCase();
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
