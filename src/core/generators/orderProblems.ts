import type { Listing, Problem } from '../types.ts';
import { listRanks, type OrderOptions, orderOf } from './pageOrder.ts';
import type { Entry } from './pageTree.ts';

/** Says which paths of the option `pages` name nothing that is listed; the place is the output, which lacks them. */
export function unknownPages(listing: Listing, pages: readonly string[]): Problem[] {
  if (pages.length === 0) return [];
  const known = listRanks(listing.sources.map((source) => source.relativePath));
  return pages
    .filter((page) => !known.has(page.replace(/^\.\/|\/+$/g, '')))
    .map((page) => ({
      severity: 'warning',
      code: 'page-unknown',
      message: `The option "pages" names ${page}, which is no listed page or folder. Correct the path, or remove it.`,
      relativePath: listing.outputFromFolder,
    }));
}

/** Says which pages beside each other have the same number in their front matter, where nothing else was asked to decide. */
export function equalOrders(entries: readonly Entry[], options: OrderOptions): Problem[] {
  const keys = orderOf(options);
  const next = keys[keys.indexOf('frontmatter') + 1];
  if (!keys.includes('frontmatter') || (next !== undefined && next !== 'name')) return [];
  const listed = keys.includes('list') ? listRanks(options.pages ?? []) : new Map<string, number>();
  const byOrder = new Map<number, Entry[]>();
  for (const entry of entries) {
    const order = entry.facts?.order;
    if (order === undefined || listed.has(entry.path)) continue;
    const same = byOrder.get(order);
    if (same === undefined) byOrder.set(order, [entry]);
    else same.push(entry);
  }
  return [...byOrder].flatMap(([order, same]) => problemOf(order, same));
}

function problemOf(order: number, same: readonly Entry[]): Problem[] {
  const [first, second, ...rest] = same;
  if (first === undefined || second === undefined) return [];
  const more = rest.length === 0 ? '' : ` and ${rest.length} more`;
  return [
    {
      severity: 'information',
      code: 'order-twice',
      message: `This page has the order ${order}, as ${first.path}${more}; their names decide. Give it a number of its own if that is not meant.`,
      relativePath: second.relativePath ?? second.path,
    },
  ];
}
