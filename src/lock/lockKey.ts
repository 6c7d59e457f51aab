import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * Names the lock of a file by what its folder is, not by how its path was typed: symbolic links, `subst` drives and
 * mounts of one folder give the same key. The name is folded, so that `Index.md` and `index.md` share a lock where they
 * may be one file; where they are two, sharing costs a short wait.
 *
 * A folder that doesn't exist yet is named by the nearest one above it that does, so the key changes when it is made.
 */
export async function lockKeyOf(absolutePath: string): Promise<string> {
  const folder = await nearestFolder(absolutePath);
  const { dev, ino } = await stat(folder, { bigint: true });
  return hashOf(`${dev} ${ino} ${fold(path.relative(folder, absolutePath))}`);
}

/**
 * Names the lock of a file by its place below a folder, links resolved: the same in every container and on every machine
 * that shares the folder, which know neither each other's device numbers nor the path above it.
 */
export async function volumeKeyOf(absolutePath: string, absoluteRoot: string): Promise<string> {
  const folder = await nearestFolder(absolutePath);
  const place = path.relative(await realpath(absoluteRoot), await realpath(folder));
  const rest = path.relative(folder, absolutePath);
  return hashOf(fold(path.join(place, rest).split(path.sep).join('/')));
}

async function nearestFolder(absolutePath: string): Promise<string> {
  for (let folder = path.dirname(absolutePath); ; ) {
    try {
      await stat(folder);
      return folder;
    } catch (error) {
      const above = path.dirname(folder);
      if (above === folder) throw error;
      folder = above;
    }
  }
}

function fold(relativePath: string): string {
  return relativePath.normalize('NFC').toLowerCase();
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
