import { encodePath, foldText } from '../../escape.ts';
import { headerMark } from '../../provenance.ts';
import type { Listing, ModuleFacts, PageFacts } from '../../types.ts';
import type { OrderOptions } from '../pageOrder.ts';
import { buildTree, type Entry } from '../pageTree.ts';
import { baseName, pathFromOutput, stemOf } from '../relativePath.ts';

export type TemplateOptions = OrderOptions & {
  readonly data: Readonly<Record<string, unknown>>;
  readonly reads: 'pages' | 'modules';
  readonly drafts: boolean;
};

/**
 * What a template sees, all of it plain data. Facts that are missing are `null`, so that a template may ask for them;
 * names that are not there at all are mistakes that stop it.
 */
export function variablesOf(listing: Listing, options: TemplateOptions): Readonly<Record<string, unknown>> {
  const common = {
    header: headerMark,
    folder: listing.folder,
    output: listing.outputFromFolder,
    data: options.data,
  };
  if (options.reads === 'modules') {
    const modules = listing.sources.map(({ relativePath, facts }) =>
      moduleOf(listing, relativePath, facts.kind === 'module' ? facts : noExports),
    );
    return { ...common, modules, sources: modules };
  }
  const read = listing.sources.map(({ relativePath, facts }) => ({
    relativePath,
    facts: facts.kind === 'page' ? facts : noFacts,
  }));
  const byPath = new Map(
    read
      .filter(({ facts }) => options.drafts || facts.isDraft !== true)
      .map(({ relativePath, facts }) => [relativePath, pageOf(listing, relativePath, facts)]),
  );
  const pages = [...byPath.values()];
  const tree = buildTree(listing, options).map((entry) => nodeOf(entry, byPath));
  return { ...common, pages, sources: pages, tree };
}

type Page = Readonly<Record<string, unknown>>;

const noFacts: PageFacts = { kind: 'page' };
const noExports: ModuleFacts = { kind: 'module', exports: [], stars: [] };

function pageOf(listing: Listing, relativePath: string, facts: PageFacts): Page {
  return {
    ...placeOf(listing, relativePath),
    title: foldText(facts.title ?? '') || stemOf(relativePath),
    description: facts.description ?? null,
    order: facts.order ?? null,
    date: facts.date ?? null,
    tags: facts.tags ?? [],
    draft: facts.isDraft === true,
    data: facts.data ?? {},
  };
}

function moduleOf(listing: Listing, relativePath: string, facts: ModuleFacts): Page {
  const exports = facts.exports.map(({ name, isTypeOnly }) => ({ name, type_only: isTypeOnly }));
  const stars = facts.stars.map(({ specifier, isTypeOnly }) => ({ specifier, type_only: isTypeOnly }));
  return { ...placeOf(listing, relativePath), exports, stars };
}

function placeOf(listing: Listing, relativePath: string) {
  const path = pathFromOutput(listing, relativePath);
  const name = baseName(relativePath);
  return {
    path,
    url: encodePath(path),
    name,
    stem: stemOf(relativePath),
    folder: relativePath.slice(0, Math.max(0, relativePath.length - name.length - 1)),
  };
}

/** A node has its page's facts, if it has a page; a folder without one has a title and children alone. */
function nodeOf(entry: Entry, pages: ReadonlyMap<string, Page>): Page {
  const page = pages.get(entry.relativePath ?? '');
  return {
    title: entry.title,
    description: entry.description ?? null,
    page: page ?? null,
    url: page?.['url'] ?? null,
    children: entry.children.map((child) => nodeOf(child, pages)),
  };
}
