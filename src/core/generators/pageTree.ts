import { foldText } from '../escape.ts';
import type { Listing, PageFacts, Source } from '../types.ts';
import { baseName, stemOf } from './relativePath.ts';

/** One item of an index: a page, or a folder with what is in it. Titles are one line and never empty. */
export type Entry = {
  readonly title: string;
  readonly description: string | undefined;
  /** The page to link to, relative to the target's folder; a folder without an index page has none. */
  readonly relativePath: string | undefined;
  readonly children: readonly Entry[];
};

export type TreeOptions = { readonly drafts: boolean; readonly depth?: number | undefined };

/**
 * Arranges a listing as a tree: in each folder what has an order comes first, smaller before larger, the rest in the
 * order of the listing. A folder's own index page gives it title, link, description and order, and is not listed again.
 */
export function buildTree(listing: Listing, options: TreeOptions): readonly Entry[] {
  const root: Folder = { name: '', pages: [], folders: new Map(), items: [] };
  for (const source of listing.sources) {
    if (options.drafts || factsOf(source).isDraft !== true) insert(root, source);
  }
  return entriesOf(root, undefined, options.depth ?? Number.POSITIVE_INFINITY);
}

type Folder = {
  readonly name: string;
  readonly pages: Source[];
  readonly folders: Map<string, Folder>;
  /** Pages and folders in the order in which the listing first names them. */
  readonly items: (Source | Folder)[];
};

function insert(root: Folder, source: Source): void {
  const parts = source.relativePath.split('/').slice(0, -1);
  let folder = root;
  for (const name of parts) {
    let next = folder.folders.get(name);
    if (next === undefined) {
      next = { name, pages: [], folders: new Map(), items: [] };
      folder.folders.set(name, next);
      folder.items.push(next);
    }
    folder = next;
  }
  folder.pages.push(source);
  folder.items.push(source);
}

function entriesOf(folder: Folder, indexPage: Source | undefined, levels: number): readonly Entry[] {
  const ordered: { readonly entry: Entry; readonly order: number }[] = [];
  for (const item of folder.items) {
    if (item === indexPage) continue;
    const own = 'items' in item ? findIndexPage(item.pages) : item;
    const children = 'items' in item && levels > 1 ? entriesOf(item, own, levels - 1) : [];
    // Below the last level only a folder that can be opened says anything.
    if (own === undefined && children.length === 0) continue;
    const facts = own === undefined ? undefined : factsOf(own);
    const entry: Entry = {
      title: titleOf(item, facts),
      description: foldText(facts?.description ?? '') || undefined,
      relativePath: own?.relativePath,
      children,
    };
    ordered.push({ entry, order: facts?.order ?? Number.POSITIVE_INFINITY });
  }
  // Sorting is stable, so that equal orders keep the order of the listing. Infinities must not be subtracted.
  ordered.sort((a, b) => (a.order === b.order ? 0 : a.order < b.order ? -1 : 1));
  return ordered.map(({ entry }) => entry);
}

const indexNames = ['index.md', 'index.markdown', 'index.html', 'index.htm', 'readme.md', 'readme.markdown'];

function findIndexPage(pages: readonly Source[]): Source | undefined {
  for (const name of indexNames) {
    const page = pages.find((source) => baseName(source.relativePath).toLowerCase() === name);
    if (page !== undefined) return page;
  }
  return undefined;
}

function titleOf(item: Source | Folder, facts: PageFacts | undefined): string {
  const title = foldText(facts?.title ?? '');
  if (title !== '') return title;
  if ('items' in item) return foldText(item.name) || '(no name)';
  const name = baseName(item.relativePath);
  return foldText(/\.(?:md|markdown|html?)$/i.test(name) ? stemOf(name) : name) || '(no name)';
}

function factsOf(source: Source): PageFacts {
  return source.facts.kind === 'page' ? source.facts : { kind: 'page' };
}
