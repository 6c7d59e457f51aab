import { foldText } from '../escape.ts';
import { numberPrefix } from '../facts/numberPrefix.ts';
import type { Listing, PageFacts, Problem, Source } from '../types.ts';
import { equalOrders, unknownPages } from './orderProblems.ts';
import { type OrderOptions, orderOf, type Sortable, siblingOrder } from './pageOrder.ts';
import { baseName, stemOf } from './relativePath.ts';

/** One item of an index: a page, or a folder with what is in it. Titles are one line and never empty. */
export type Entry = Sortable & {
  readonly description: string | undefined;
  /** The page to link to, relative to the target's folder; a folder without an index page has none. */
  readonly relativePath: string | undefined;
  readonly children: readonly Entry[];
};

export type TreeOptions = OrderOptions & {
  readonly drafts: boolean;
  readonly depth?: number | undefined;
  /** Names the index of a folder that another target makes, which then stands for all that is in the folder. */
  readonly indexOf?: (folder: string) => string | undefined;
};

/**
 * Arranges a listing as a tree, each folder in the order that the options ask for. A folder's own index page gives it
 * title, link, description and order, and is not listed again. What is doubtful about the order is added to `problems`.
 */
export function buildTree(
  listing: Listing,
  options: TreeOptions,
  problems: Problem[] = [],
): readonly Entry[] {
  const root: Folder = { name: '', path: '', pages: [], folders: new Map() };
  for (const source of listing.sources) {
    if (options.drafts || factsOf(source).isDraft !== true) insert(root, source);
  }
  const compare = siblingOrder(options);
  const hidesNumbers = orderOf(options).includes('prefix');

  const entriesOf = (folder: Folder, indexPage: Source | undefined, levels: number): readonly Entry[] => {
    const entries: Entry[] = [];
    for (const page of folder.pages) {
      if (page !== indexPage) entries.push(pageEntry(page, hidesNumbers));
    }
    for (const below of folder.folders.values()) {
      const own = findIndexPage(below.pages);
      const otherIndex = options.indexOf?.(below.path);
      const children = levels > 1 && otherIndex === undefined ? entriesOf(below, own, levels - 1) : [];
      const link = otherIndex ?? own?.relativePath;
      // Below the last level only a folder that can be opened says anything.
      if (link === undefined && children.length === 0) continue;
      const facts = own === undefined ? undefined : factsOf(own);
      entries.push({
        ...describe(below, facts, folderName(below.name, hidesNumbers)),
        isFolder: true,
        relativePath: link,
        children,
      });
    }
    problems.push(...equalOrders(entries, options));
    return entries.sort(compare);
  };

  problems.push(...unknownPages(listing, options.pages ?? []));
  return entriesOf(root, undefined, options.depth ?? Number.POSITIVE_INFINITY);
}

type Folder = {
  readonly name: string;
  readonly path: string;
  readonly pages: Source[];
  readonly folders: Map<string, Folder>;
};

function insert(root: Folder, source: Source): void {
  let folder = root;
  for (const name of source.relativePath.split('/').slice(0, -1)) {
    let next = folder.folders.get(name);
    if (next === undefined) {
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      next = { name, path, pages: [], folders: new Map() };
      folder.folders.set(name, next);
    }
    folder = next;
  }
  folder.pages.push(source);
}

/** The first that is there is a folder's index page. */
const indexNames = ['index.md', 'index.markdown', 'index.html', 'index.htm', 'readme.md', 'readme.markdown'];

function findIndexPage(pages: readonly Source[]): Source | undefined {
  let found: Source | undefined;
  let best = indexNames.length;
  for (const page of pages) {
    const rank = indexNames.indexOf(baseName(page.relativePath).toLowerCase());
    if (rank === -1 || rank >= best) continue;
    found = page;
    best = rank;
  }
  return found;
}

function pageEntry(source: Source, hidesNumbers: boolean): Entry {
  const name = baseName(source.relativePath);
  const shown = (hidesNumbers ? numberPrefix(name)?.rest : undefined) ?? name;
  const nameTitle = /\.(?:md|markdown|html?)$/i.test(shown) ? stemOf(shown) : shown;
  return {
    ...describe({ name, path: source.relativePath }, factsOf(source), nameTitle),
    isFolder: false,
    relativePath: source.relativePath,
    children: [],
  };
}

function folderName(name: string, hidesNumbers: boolean): string {
  return (hidesNumbers ? numberPrefix(name)?.rest : undefined) ?? name;
}

function describe(
  { name, path }: Pick<Entry, 'name' | 'path'>,
  facts: PageFacts | undefined,
  nameTitle: string,
): Pick<Entry, 'name' | 'path' | 'title' | 'description' | 'facts'> {
  return {
    name,
    path,
    title: foldText(facts?.title ?? '') || foldText(nameTitle) || '(no name)',
    description: foldText(facts?.description ?? '') || undefined,
    facts,
  };
}

function factsOf(source: Source): PageFacts {
  return source.facts.kind === 'page' ? source.facts : { kind: 'page' };
}
