import * as path from 'node:path';
import type { Trigger } from '../core/types.ts';
import type { Root } from './root.ts';
import type { Roots } from './roots.ts';

/** A run to be asked for. */
export type Request = { readonly root: Root; readonly relativePaths: Trigger['relativePaths'] };

/** All targets of all folders with a project file. */
export function everything(roots: Roots): readonly Request[] {
  return roots.withProject.map((root) => ({ root, relativePaths: 'all' }));
}

/** The targets in, around and below a folder, those of the innermost workspace folder first. */
export function around(absoluteFolder: string, roots: Roots): readonly Request[] {
  const place = roots.ownerOf(absoluteFolder);
  const below = roots.withProject
    .filter((root) => root !== place?.root && isInside(root.absolutePath, absoluteFolder))
    .map((root): Request => ({ root, relativePaths: 'all' }));
  if (place === undefined) return below;
  return [
    { root: place.root, relativePaths: place.relativePath === '' ? 'all' : [place.relativePath] },
    ...below,
  ];
}

function isInside(absolutePath: string, absoluteFolder: string): boolean {
  const relative = path.relative(absoluteFolder, absolutePath);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
