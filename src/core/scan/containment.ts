import { lstat, readlink, realpath } from 'node:fs/promises';
import * as path from 'node:path';

/** As many links as Linux follows (man 7 path_resolution). */
const maxLinks = 40;

/**
 * Tells whether a write to a path would land in a folder, after all symbolic links: those on the way, one at the end,
 * and one whose file doesn't exist yet. Throws Node's error when a folder on the way can't be searched.
 */
export async function landsInside(absolutePath: string, absoluteFolder: string): Promise<boolean> {
  const root = await realpath(absoluteFolder);
  const landing = await landingOf(absolutePath, maxLinks);
  if (landing === null) return false;
  const relative = path.relative(root, landing);
  return (
    relative !== '' &&
    relative !== '..' &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

async function landingOf(absolutePath: string, linksLeft: number): Promise<string | null> {
  if (linksLeft === 0) return null;
  try {
    return await realpath(absolutePath);
  } catch (error) {
    // Not there yet, or below a file, where no write can land at all. A circle of links is another matter.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ELOOP') return null;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
  const above = path.dirname(absolutePath);
  if (above === absolutePath) return null;
  const folder = await landingOf(above, linksLeft - 1);
  if (folder === null) return null;
  const stats = await lstat(absolutePath).catch(() => null);
  if (stats?.isSymbolicLink() !== true) return path.join(folder, path.basename(absolutePath));
  return landingOf(path.resolve(folder, await readlink(absolutePath)), linksLeft - 1);
}
