import type { Listing } from '../../types.ts';
import { pathFromOutput } from '../relativePath.ts';

export type ModuleSuffix = 'none' | '.js' | 'source';

/**
 * Reduces a path to what resolvers tell modules apart by: `a.ts`, `a.tsx`, `a.d.ts` and `a.js` are all `a`, while
 * `a.mts` and `a.mjs` are `a.mjs`, which has to be written out.
 */
export function importKey(path: string): string {
  return path.replace(/(?:\.d)?\.([mc])ts$/i, '.$1js').replace(/(?:\.d)?\.tsx?$|\.jsx?$/i, '');
}

/** Writes the specifier by which the barrel imports a module. */
export function specifierOf(listing: Listing, relativePath: string, suffix: ModuleSuffix): string {
  const path = pathFromOutput(listing, relativePath);
  const specifier = path.startsWith('../') ? path : `./${path}`;
  return specifier.replace(/(?:\.d)?\.[mc]?tsx?$|\.jsx?$/i, (extension) => suffixFor(extension, suffix));
}

function suffixFor(extension: string, suffix: ModuleSuffix): string {
  const isDeclaration = extension.startsWith('.d');
  // A declaration file is imported by the name of the JavaScript that it describes.
  if (suffix === 'source' && !isDeclaration) return extension;
  const letter = /\.([mc])ts$/i.exec(extension)?.[1];
  // No resolver adds .mjs or .cjs to a name without extension, so that these are written even without suffixes.
  if (letter !== undefined) return `.${letter}js`;
  if (suffix === 'none') return '';
  return /\.jsx$/i.test(extension) ? extension : '.js';
}
