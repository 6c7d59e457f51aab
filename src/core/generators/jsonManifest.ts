import * as v from 'valibot';
import { foldText } from '../escape.ts';
import type { Listing, PageFacts, Problem, Rendered } from '../types.ts';
import type { Generator } from './generator.ts';
import { jsonText } from './jsonText.ts';
import { pageOptionEntries, readOptions } from './pageOptions.ts';
import { orderOptionEntries } from './pageOrder.ts';
import { buildTree, type Entry } from './pageTree.ts';
import { pathFromOutput } from './relativePath.ts';

const fields = ['path', 'title', 'description', 'order', 'date', 'tags', 'draft', 'data'] as const;
type Field = (typeof fields)[number];

const optionsSchema = v.strictObject({
  fields: v.optional(
    v.pipe(
      v.array(v.picklist(fields)),
      v.description(
        'What is said of each page, where it is known. Default: all but `data`, the whole front matter.',
      ),
    ),
    fields.filter((field) => field !== 'data'),
  ),
  tree: v.optional(
    v.pipe(
      v.boolean(),
      v.description('Nests pages by folder, each folder with its `children`, instead of one list.'),
    ),
    false,
  ),
  drafts: v.optional(
    v.pipe(v.boolean(), v.description('Lists pages whose front matter says `draft: true`, too.')),
    true,
  ),
  depth: pageOptionEntries.depth,
  ...orderOptionEntries,
});
type Options = v.InferOutput<typeof optionsSchema>;

type Item = { readonly [name: string]: unknown };

/** Lists the pages of a folder and what they say of themselves, for other programs. */
export const jsonManifest: Generator = {
  id: 'json-manifest',
  description:
    'A JSON file that lists the pages of a folder with their titles, dates and tags, for other programs.',
  optionsSchema,
  defaultOutput: 'pages.json',
  defaultInclude: ['**/*.{md,markdown,html,htm}'],
  defaultExclude: ['**/node_modules/**'],
  reads: 'pages',
  unreadableSource: 'list-by-name',
  makes: 'files',
  refuseOutput: (output) =>
    output.endsWith('.json') ? null : `"output" of a manifest must end with .json: ${output}`,
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    const facts = new Map(
      listing.sources.map((source) => [
        source.relativePath,
        source.facts.kind === 'page' ? source.facts : noFacts,
      ]),
    );
    const toItem = (entry: Entry): Item => itemOf(entry, facts, listing, options);
    const problems: Problem[] = [];
    const tree = buildTree(listing, options, problems);
    const pages = options.tree ? tree.map((entry) => nest(entry, toItem)) : flatten(tree).map(toItem);
    return { body: jsonText({ pages }), problems };
  },
};

const noFacts: PageFacts = { kind: 'page' };

/** Keys in the order of `fields`, whatever order the project file names them in. */
function itemOf(
  entry: Entry,
  facts: ReadonlyMap<string, PageFacts>,
  listing: Listing,
  options: Options,
): Item {
  const page = facts.get(entry.relativePath ?? '') ?? noFacts;
  const path = entry.relativePath === undefined ? undefined : pathFromOutput(listing, entry.relativePath);
  const known: Readonly<Record<Field, unknown>> = {
    path,
    title: entry.title,
    description: entry.description,
    order: page.order,
    date: page.date,
    tags: page.tags?.map(foldText),
    draft: page.isDraft,
    data: page.data,
  };
  const wanted = fields.filter((field) => options.fields.includes(field));
  return Object.fromEntries(wanted.map((field) => [field, known[field]]));
}

function nest(entry: Entry, toItem: (entry: Entry) => Item): Item {
  const children = entry.children.map((child) => nest(child, toItem));
  return children.length === 0 ? toItem(entry) : { ...toItem(entry), children };
}

/** All pages in the order of the tree; folders without a page of their own are not pages. */
function flatten(entries: readonly Entry[]): readonly Entry[] {
  return entries.flatMap((entry) => [
    ...(entry.relativePath === undefined ? [] : [entry]),
    ...flatten(entry.children),
  ]);
}
