import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';

/** Exists while git changes the work tree, or has stopped halfway and waits for the user. */
const busyNames = [
  'index.lock',
  'rebase-merge',
  'rebase-apply',
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
];

/**
 * Tells whether git is in the middle of something at or above a folder. The tree is then half old and half new, and an
 * index made from it would be neither.
 */
export async function isGitBusy(absoluteRoot: string): Promise<boolean> {
  const gitFolder = await findGitFolder(absoluteRoot);
  if (gitFolder === null) return false;
  const found = await Promise.all(busyNames.map((name) => exists(path.join(gitFolder, name))));
  return found.includes(true);
}

/** More folders than this are not asked about one by one: a storm in so many concerns the root's own git. */
const mostFolders = 50;

/**
 * Tells whether git is in the middle of something where changes came from: at the root, or in a repository below it, of
 * which a window that has the folder above it open sees the checkout too.
 */
export async function isGitBusyAround(
  absoluteRoot: string,
  changed: readonly string[] | 'all',
): Promise<boolean> {
  const folders = new Set([absoluteRoot]);
  for (const relativePath of changed === 'all' ? [] : changed) {
    if (folders.size >= mostFolders) break;
    folders.add(path.dirname(path.join(absoluteRoot, relativePath)));
  }
  const busy = await Promise.all([...folders].map(isGitBusy));
  return busy.includes(true);
}

async function findGitFolder(absoluteFolder: string): Promise<string | null> {
  for (let folder = absoluteFolder; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, '.git');
    const stats = await stat(candidate).catch(() => null);
    if (stats?.isDirectory() === true) return candidate;
    if (stats?.isFile() === true) {
      // A work tree or submodule: the file says where its git folder is (man gitrepository-layout).
      const text = await readFile(candidate, 'utf8').catch(() => '');
      const pointer = /^gitdir: (.+)$/m.exec(text)?.[1];
      return pointer === undefined ? null : path.resolve(folder, pointer.trim());
    }
    if (path.dirname(folder) === folder) return null;
  }
}

async function exists(absolutePath: string): Promise<boolean> {
  return stat(absolutePath).then(
    () => true,
    () => false,
  );
}
