import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { projectFileName } from '../project/projectFileName.ts';

/** What the user named: a folder as a whole, or files in one; `missing` is a path at which there is nothing. */
export type Named =
  | { readonly kind: 'folder'; readonly absoluteRoot: string }
  | { readonly kind: 'files'; readonly absoluteRoot: string; readonly relativePaths: readonly string[] }
  | { readonly kind: 'missing'; readonly absolutePath: string }
  | { readonly kind: 'elsewhere'; readonly absolutePath: string; readonly absoluteRoot: string };

/**
 * Finds the root of what the user named. That of a file is the nearest folder above it with a project file; without
 * one, `fallback` where the file lies in it, else the file's own folder. Files of two roots are `elsewhere`.
 */
export async function findRoot(absolutePaths: readonly string[], fallback: string): Promise<Named> {
  let root: string | undefined;
  const relativePaths: string[] = [];
  for (const absolutePath of absolutePaths) {
    const stats = await stat(absolutePath).catch(() => null);
    if (stats === null) return { kind: 'missing', absolutePath };
    if (stats.isDirectory()) {
      if (absolutePaths.length === 1) return { kind: 'folder', absoluteRoot: absolutePath };
      return { kind: 'elsewhere', absolutePath, absoluteRoot: root ?? absolutePath };
    }
    root ??= await rootOf(absolutePath, fallback);
    if (!isInside(absolutePath, root)) return { kind: 'elsewhere', absolutePath, absoluteRoot: root };
    relativePaths.push(path.relative(root, absolutePath).split(path.sep).join('/'));
  }
  return { kind: 'files', absoluteRoot: root ?? fallback, relativePaths };
}

async function rootOf(absolutePath: string, fallback: string): Promise<string> {
  const own = path.dirname(absolutePath);
  for (let folder = own; ; folder = path.dirname(folder)) {
    const stats = await stat(path.join(folder, projectFileName)).catch(() => null);
    if (stats?.isFile() === true) return folder;
    if (folder === path.dirname(folder)) return isInside(absolutePath, fallback) ? fallback : own;
  }
}

function isInside(absolutePath: string, absoluteFolder: string): boolean {
  const relative = path.relative(absoluteFolder, absolutePath);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
