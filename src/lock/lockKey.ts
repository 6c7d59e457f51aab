import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * Names the lock of a file by what its folder is, not by how its path was typed: symbolic links, `subst` drives and
 * mounts of one folder give the same key. The name is folded, so that `Index.md` and `index.md` share a lock where they
 * may be one file; where they are two, sharing costs a short wait.
 *
 * A folder that doesn't exist yet is named by the nearest one above it that does.
 */
export async function lockKeyOf(absolutePath: string): Promise<string> {
  let folder = path.dirname(absolutePath);
  for (;;) {
    try {
      const { dev, ino } = await stat(folder, { bigint: true });
      const rest = path.relative(folder, absolutePath).normalize('NFC').toLowerCase();
      return createHash('sha256').update(`${dev} ${ino} ${rest}`).digest('hex').slice(0, 32);
    } catch (error) {
      const above = path.dirname(folder);
      if (above === folder) throw error;
      folder = above;
    }
  }
}
