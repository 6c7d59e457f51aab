import type { Listing } from '../types.ts';

/** Writes a source's path as seen from the folder of the output, such as `guide/a.md` or `../docs/a.md`. */
export function pathFromOutput(listing: Listing, relativePath: string): string {
  // An output in the folder itself, as nearly all are: nothing to work out for each of many thousand pages.
  if (!listing.outputFromFolder.includes('/') && !/(?:^|\/)\.{0,2}(?:\/|$)/.test(relativePath))
    return relativePath;
  const output = normalizeParts([...listing.folder.split('/'), ...listing.outputFromFolder.split('/')]).slice(
    0,
    -1,
  );
  const source = normalizeParts([...listing.folder.split('/'), ...relativePath.split('/')]);
  let shared = 0;
  while (shared < output.length && shared < source.length - 1 && output[shared] === source[shared]) shared++;
  return [...output.slice(shared).map(() => '..'), ...source.slice(shared)].join('/');
}

/** Gives the path of the output relative to the root. */
export function outputOf({ folder, outputFromFolder }: Listing): string {
  return normalizeParts([...folder.split('/'), ...outputFromFolder.split('/')]).join('/');
}

/** Resolves `.` and `..` in a path that is written relative to the folder of `fromPath`; it may begin with `../`. */
export function resolvePath(fromPath: string, path: string): string {
  return normalizeParts([...fromPath.split('/').slice(0, -1), ...path.split('/')]).join('/');
}

/** Writes a path without `.` and without parts that `..` takes back. */
export function normalizePath(path: string): string {
  return normalizeParts(path.split('/')).join('/');
}

function normalizeParts(parts: readonly string[]): string[] {
  const result: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part === '..' && result.length > 0 && result.at(-1) !== '..') result.pop();
    else result.push(part);
  }
  return result;
}

/** Returns the last part of a path, or the empty string for the empty path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Returns a file's name without its extension; a name that begins with its only dot stays whole. */
export function stemOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Writes a path that is relative to the root as seen from a folder; it may begin with `../`. */
export function pathFromFolder(folder: string, path: string): string {
  const from = normalizeParts(folder.split('/'));
  return [...from.map(() => '..'), ...normalizeParts(path.split('/'))].join('/');
}
