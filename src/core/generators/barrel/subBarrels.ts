import { comparePaths } from '../../order.ts';
import type { Listing } from '../../types.ts';
import { baseName, stemOf } from '../relativePath.ts';
import type { Module, ModuleSet } from './moduleSet.ts';

/** The index of a subfolder that another target makes. What it exports is in no listing, so it is passed on by a star. */
export type SubBarrel = { readonly relativePath: string };

export type Folders = {
  /** The modules that this barrel may import: without those that stand behind an index kept by hand. */
  readonly listed: readonly Module[];
  readonly subBarrels: readonly SubBarrel[];
  /** Those of the listed modules that a sub-barrel already shows. */
  readonly shown: ReadonlySet<Module>;
};

/**
 * Finds the topmost subfolders with an index of their own. An index kept by hand decides what its folder shows, so it is
 * the only module of the folder that counts; one that another target makes shows everything, and its modules count as
 * far as names may collide.
 */
export function findSubBarrels(set: ModuleSet, listing: Listing): Folders {
  const own = stemOf(baseName(listing.outputFromFolder));
  const found = new Map<string, Module | SubBarrel>();
  for (const relativePath of outputsBelow(listing)) {
    const prefix = prefixOf(relativePath);
    const isBarrel =
      [own, 'index'].includes(stemOf(baseName(relativePath))) && /\.[cm]?[jt]sx?$/i.test(relativePath);
    if (isBarrel && prefix !== '') found.set(prefix, { relativePath });
  }
  for (const module of set.modules) {
    const { relativePath, facts } = module;
    const isBarrel = stemOf(relativePath) === 'index' && facts.exports.length + facts.stars.length > 0;
    const prefix = prefixOf(relativePath);
    if (isBarrel && prefix !== '' && facts.isIgnored !== true) found.set(prefix, module);
  }

  const listed: Module[] = [];
  const shown = new Set<Module>();
  const subBarrels = new Set<SubBarrel>();
  for (const module of set.modules) {
    const top = topmost(module.relativePath, found);
    const isBehindModule = top !== undefined && 'facts' in top && top !== module;
    if (isBehindModule || module.facts.isIgnored === true) continue;
    listed.push(module);
    if (top === undefined || top === module) continue;
    shown.add(module);
    subBarrels.add(top);
  }
  return { listed, shown, subBarrels: [...subBarrels] };
}

/** What other targets make below the folder, in the order of the paths; it may not exist yet. */
function outputsBelow({ folder, outputFromFolder, outputs = new Set() }: Listing): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = [...outputs].filter((output) => output.startsWith(prefix));
  return below
    .map((output) => output.slice(prefix.length))
    .filter((output) => output !== outputFromFolder)
    .sort(comparePaths);
}

function topmost(
  relativePath: string,
  found: ReadonlyMap<string, Module | SubBarrel>,
): Module | SubBarrel | undefined {
  for (let slash = relativePath.indexOf('/'); slash !== -1; slash = relativePath.indexOf('/', slash + 1)) {
    const barrel = found.get(relativePath.slice(0, slash + 1));
    if (barrel !== undefined) return barrel;
  }
  return undefined;
}

function prefixOf(relativePath: string): string {
  return relativePath.slice(0, relativePath.lastIndexOf('/') + 1);
}
