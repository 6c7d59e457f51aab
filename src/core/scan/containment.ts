import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import * as path from 'node:path';

/** As many links as Linux follows (man 7 path_resolution). */
const maxLinks = 40;

/**
 * Tells whether a write to a path would land in a folder, after all symbolic links: those on the way, one at the end,
 * and one whose file doesn't exist yet. Throws Node's error when a folder on the way can't be searched.
 * Synchronous inside, as the reading of sources is: it is asked before every write, and answered from memory.
 */
export async function landsInside(absolutePath: string, absoluteFolder: string): Promise<boolean> {
  const root = realpathSync.native(absoluteFolder);
  const landing = landingOf(absolutePath, maxLinks);
  if (landing === null) return false;
  const relative = path.relative(root, landing);
  return (
    relative !== '' &&
    relative !== '..' &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

function landingOf(absolutePath: string, linksLeft: number): string | null {
  if (linksLeft === 0) return null;
  try {
    return realpathSync.native(absolutePath);
  } catch (error) {
    // Not there yet, or below a file, where no write can land at all. A circle of links is another matter.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ELOOP') return null;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
  const above = path.dirname(absolutePath);
  if (above === absolutePath) return null;
  const folder = landingOf(above, linksLeft - 1);
  if (folder === null) return null;
  if (!isLink(absolutePath)) return path.join(folder, path.basename(absolutePath));
  return landingOf(path.resolve(folder, readlinkSync(absolutePath)), linksLeft - 1);
}

function isLink(absolutePath: string): boolean {
  try {
    return lstatSync(absolutePath).isSymbolicLink();
  } catch {
    return false;
  }
}
