import type { Listing } from '../types.ts';
import { titleOfFolder } from './pageOptions.ts';
import { baseName, normalizePath } from './relativePath.ts';

/** An index of a folder above, relative to the target's folder, so that it may begin with `../`. */
export type Crumb = { readonly title: string; readonly relativePath: string };

/**
 * The index that another target makes of a folder below, relative to the target's folder. Only what the project file
 * says counts, not what is on the disk: the link is right also before the other index was made for the first time.
 */
export function indexBelow(listing: Listing, folder: string): string | undefined {
  const relativePath = normalizePath(`${folder}/${listing.outputFromFolder}`);
  return listing.outputs?.has(normalizePath(`${listing.folder}/${relativePath}`)) === true
    ? relativePath
    : undefined;
}

/** The indexes of the folders above that other targets make, from the top down. */
export function indexesAbove(listing: Listing, hidesNumbers: boolean): readonly Crumb[] {
  const crumbs: Crumb[] = [];
  const parts = listing.folder.split('/').filter((part) => part !== '');
  for (let levels = parts.length; levels >= 1; levels--) {
    const folder = parts.slice(0, parts.length - levels).join('/');
    if (listing.outputs?.has(normalizePath(`${folder}/${listing.outputFromFolder}`)) !== true) continue;
    crumbs.push({
      title: titleOfFolder(baseName(folder), hidesNumbers),
      relativePath: `${'../'.repeat(levels)}${listing.outputFromFolder}`,
    });
  }
  return crumbs;
}
