import * as v from 'valibot';
import { numberPrefix } from '../facts/numberPrefix.ts';
import { comparePaths } from '../order.ts';
import type { PageFacts } from '../types.ts';

const orderKeys = ['list', 'frontmatter', 'prefix', 'name', 'title', 'date', 'date-oldest'] as const;

const defaultOrder = ['list', 'frontmatter', 'name'] as const;

/** The options that say in which order pages stand, to be spread into a `strictObject`. */
export const orderOptionEntries = {
  order: v.optional(
    v.pipe(
      v.array(v.picklist(orderKeys)),
      v.description(
        'What decides the order, the first that differs: `list` (option `pages`), `frontmatter` (order, weight, sidebar_position or nav_order), `prefix` (the number that a name begins with, which titles then leave out), `name`, `title`, `date` (newest first) or `date-oldest`. Default: list, frontmatter, name.',
      ),
    ),
    [...defaultOrder],
  ),
  pages: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.nonEmpty())),
      v.description('Pages and folders that come first, in this order, by their paths from the folder.'),
    ),
    [],
  ),
  folderOrder: v.optional(
    v.pipe(
      v.picklist(['mixed', 'first', 'last']),
      v.description('Whether folders stand among the pages, before or behind them. Default: among.'),
    ),
    'mixed',
  ),
};

export type OrderOptions = {
  readonly order?: readonly (typeof orderKeys)[number][];
  readonly pages?: readonly string[];
  readonly folderOrder?: 'mixed' | 'first' | 'last';
};

/** What can be put in order: a page or a folder among those beside it. */
export type Sortable = {
  readonly name: string;
  /** The page's or folder's own path, relative to the target's folder. */
  readonly path: string;
  readonly title: string;
  readonly isFolder: boolean;
  /** Those of the page, or of the folder's index page. */
  readonly facts: PageFacts | undefined;
};

/** The keys that decide, the first that differs; what a caller leaves out is as the project file leaves it out. */
export function orderOf(options: OrderOptions): readonly (typeof orderKeys)[number][] {
  return options.order ?? defaultOrder;
}

/**
 * Gives a comparison of pages and folders beside each other; 0 only for equal names. What lacks a number or a date comes
 * behind what has one. All text is compared by code point with numbers as numbers, titles with small letters for large.
 */
export function siblingOrder(options: OrderOptions): (left: Sortable, right: Sortable) => number {
  const ranks = listRanks(options.pages ?? []);
  const folders = options.folderOrder ?? 'mixed';
  const keys = orderOf(options);
  return (left, right) => {
    if (folders !== 'mixed' && left.isFolder !== right.isFolder) {
      return left.isFolder === (folders === 'first') ? -1 : 1;
    }
    for (const key of keys) {
      const difference = compareBy(key, left, right, ranks);
      if (difference !== 0) return difference;
    }
    return comparePaths(left.name, right.name);
  };
}

/** The place of each path in the option `pages`; a folder has that of the first page that is named in it. */
export function listRanks(pages: readonly string[]): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const [rank, page] of pages.entries()) {
    const parts = page.split('/').filter((part) => part !== '' && part !== '.');
    for (let length = 1; length <= parts.length; length++) {
      const path = parts.slice(0, length).join('/');
      if (!ranks.has(path)) ranks.set(path, rank);
    }
  }
  return ranks;
}

function compareBy(
  key: (typeof orderKeys)[number],
  left: Sortable,
  right: Sortable,
  ranks: ReadonlyMap<string, number>,
): number {
  switch (key) {
    case 'list':
      return compareNumbers(ranks.get(left.path), ranks.get(right.path));
    case 'frontmatter':
      return compareNumbers(left.facts?.order, right.facts?.order);
    case 'prefix':
      return compareNumbers(numberPrefix(left.name)?.number, numberPrefix(right.name)?.number);
    case 'name':
      return comparePaths(left.name, right.name);
    case 'title':
      return compareText(left.title, right.title);
    case 'date':
    case 'date-oldest':
      return compareDates(left.facts?.date, right.facts?.date, key === 'date');
  }
}

/** What has no number comes last. */
function compareNumbers(left: number | undefined, right: number | undefined): number {
  if (left === right) return 0;
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
  return left < right ? -1 : 1;
}

function compareDates(left: string | undefined, right: string | undefined, isNewestFirst: boolean): number {
  if (left === right) return 0;
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
  return left < right === isNewestFirst ? 1 : -1;
}

/** Compares text for readers: `apple` before `Zebra`, as no comparison of code points alone would have it. */
export function compareText(left: string, right: string): number {
  return comparePaths(left.toLowerCase(), right.toLowerCase()) || comparePaths(left, right);
}
