import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { findGenerator } from '../generators/registry.ts';
import { projectFileName } from '../project/projectFileName.ts';
import { headerLine, originOf } from '../provenance.ts';
import type { Problem } from '../types.ts';
import { readSource } from './readText.ts';

/**
 * Finds out whether a source is a generated file that none of the targets writes and nobody has edited. Gives what is to
 * be said of it; `null` when it is a source like others. What another project file may stand for is that project's.
 */
export function findOrphan(
  absoluteRoot: string,
  absoluteFolder: string,
  relativePath: string,
): readonly Problem[] | null {
  const absolutePath = path.join(absoluteFolder, relativePath);
  const source = readSource(absolutePath);
  if (source.kind === 'unreadable') return null;
  const { provenance, generator = '' } = originOf(source.text, relativePath);
  if (provenance !== 'generated' && provenance !== 'reformatted') return null;
  if (liesInAnotherProject(absolutePath, absoluteRoot)) return null;
  // Its target may well be there, and the extension or plugin that makes it not.
  if (findGenerator(generator) === undefined) return [];
  const message =
    'Atomic Index made this file, but no target writes it: it was moved, or its target was removed. It is not listed. Delete it, add a target, or take its header out to keep it as your own.';
  const line = (headerLine(source.text) ?? 0) + 1;
  return [{ severity: 'information', code: 'generated-orphan', message, relativePath, line, column: 1 }];
}

/** Looks in all folders above the file, also above the root, for a project file that is not the root's. */
function liesInAnotherProject(absolutePath: string, absoluteRoot: string): boolean {
  const folder = path.dirname(absolutePath);
  if (folder === absolutePath) return false;
  if (folder !== path.resolve(absoluteRoot) && existsSync(path.join(folder, projectFileName))) return true;
  return liesInAnotherProject(folder, absoluteRoot);
}
