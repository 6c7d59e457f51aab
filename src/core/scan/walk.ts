import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { comparePaths } from '../order.ts';
import type { Problem } from '../types.ts';
import { IgnoreRules } from './ignoreRules.ts';

export type WalkOptions = {
  /** Goes into folders, and lists files, whose names begin with a dot. */
  readonly includesHidden: boolean;
  /** Stops after as many files or folders. */
  readonly maxEntries: number;
  readonly signal: AbortSignal | undefined;
};

export type Walk = {
  /** Relative to the folder, in no particular order. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly problems: readonly Problem[];
  readonly isTooMany: boolean;
};

/** Never looked into, whatever git says: they hold other people's files, and a hundred thousand of them. */
const neverEntered: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/**
 * Lists what is in a folder and below, without what git ignores, in the order of `comparePaths`. Links to files are
 * listed, links to folders are not followed, since they may lead in a circle. A folder that can't be read is a problem,
 * not an end.
 * @throws Node's error when the folder itself can't be read.
 */
export async function walk(absoluteFolder: string, options: WalkOptions): Promise<Walk> {
  const files: string[] = [];
  const folders: string[] = [];
  const problems: Problem[] = [];
  let isTooMany = false;

  const enter = async (folder: string, above: IgnoreRules): Promise<void> => {
    options.signal?.throwIfAborted();
    const absolute = path.join(absoluteFolder, folder);
    let entries: Dirent[];
    try {
      entries = await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      if (folder === '') throw error;
      problems.push(unreadableFolder(folder, error));
      return;
    }
    // Folder by folder, because a sort of all files at the end would keep the event loop waiting.
    entries.sort((left, right) => comparePaths(left.name, right.name));
    // Most folders have no rules of their own, and to look for some costs as much as to list the folder.
    const hasRules = entries.some(({ name }) => name === '.gitignore');
    const rules = folder === '' || !hasRules ? above : await above.inside(absolute);
    for (const entry of entries) {
      if (isTooMany) return;
      if (entry.name.startsWith('.') && !options.includesHidden) continue;
      if (neverEntered.has(entry.name)) continue;
      const relativePath = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const absolutePath = path.join(absolute, entry.name);
      const kind = entry.isSymbolicLink() ? await kindBehindLink(absolutePath) : kindOf(entry);
      if (kind === null || rules.ignores(absolutePath, kind === 'folder')) continue;
      if (kind === 'file') files.push(relativePath);
      else folders.push(relativePath);
      isTooMany = files.length > options.maxEntries || folders.length > options.maxEntries;
      if (kind === 'folder') await enter(relativePath, rules);
    }
  };

  await enter('', await IgnoreRules.at(absoluteFolder));
  return { files, folders, problems, isTooMany };
}

function kindOf(entry: Dirent): 'file' | 'folder' | null {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : null;
}

async function kindBehindLink(absolutePath: string): Promise<'file' | null> {
  const stats = await stat(absolutePath).catch(() => null);
  return stats?.isFile() === true ? 'file' : null;
}

function unreadableFolder(relativePath: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `This folder can't be read, so its files are not listed: ${reason}. Fix its permissions or exclude it.`;
  return { severity: 'warning', code: 'folder-unreadable', message, relativePath };
}
