import * as v from 'valibot';
import { encodePath, escapeMarkdown, escapeMarkdownHeading } from '../escape.ts';
import type { Problem, Rendered } from '../types.ts';
import type { Generator } from './generator.ts';
import { type Links, markdownBlock, markdownLink } from './markdownBlocks.ts';
import { summaryLines } from './markdownSummary.ts';
import { indexBelow, indexesAbove } from './neighbourIndexes.ts';
import { groupEntries } from './pageGroups.ts';
import { headingOf, linkIndexesEntry, pageOptionEntries, readOptions } from './pageOptions.ts';
import { orderOf, orderOptionEntries } from './pageOrder.ts';
import { buildTree } from './pageTree.ts';
import { pathFromOutput } from './relativePath.ts';

const optionsSchema = v.strictObject({
  ...pageOptionEntries,
  ...orderOptionEntries,
  style: v.optional(
    v.pipe(
      v.picklist(['nested', 'list', 'table', 'cards', 'summary']),
      v.description(
        'The form: `nested` lists, one flat `list`, a `table`, `cards` (a heading and a paragraph for each page), or the `summary` that mdBook, GitBook and HonKit read as SUMMARY.md.',
      ),
    ),
    'nested',
  ),
  columns: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.nonEmpty())),
      v.minLength(1),
      v.description(
        'The columns of a table: `title`, `description`, `date`, `tags`, or any key of the front matter.',
      ),
    ),
    ['title', 'description'],
  ),
  groupBy: v.optional(
    v.pipe(
      v.string(),
      v.nonEmpty(),
      v.description(
        'Divides the index by headings: `folder` by the folders at the top, any other key by its values in the front matter, such as `tags`. In a summary `folder` makes parts.',
      ),
    ),
  ),
  partLevel: v.optional(
    v.pipe(
      v.picklist([1, 2]),
      v.description(
        'The level of the headings of parts in a summary: 1 for mdBook, 2 for GitBook and HonKit.',
      ),
    ),
    1,
  ),
  linkIndexes: linkIndexesEntry,
});

/** Lists the Markdown pages of a folder as lists, a table or sections of links. */
export const markdownIndex: Generator = {
  id: 'markdown-index',
  description:
    'A Markdown page with links to the Markdown pages of a folder, as lists, a table, cards or SUMMARY.md.',
  optionsSchema,
  defaultOutput: 'index.md',
  defaultInclude: ['**/*.md', '**/*.markdown'],
  defaultExclude: ['**/node_modules/**'],
  reads: 'pages',
  unreadableSource: 'list-by-name',
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    const problems: Problem[] = [];
    const indexOf = (folder: string) => (options.linkIndexes ? indexBelow(listing, folder) : undefined);
    const entries = buildTree(listing, { ...options, indexOf }, problems);
    const { style } = options;
    if (style === 'summary') return { body: bodyOf(summaryLines(listing, entries, options)), problems };

    const hidesNumbers = orderOf(options).includes('prefix');
    // The page around a region has a heading of its own.
    const isBare = listing.region !== undefined && options.title === '';
    const heading = `# ${escapeMarkdownHeading(headingOf(listing, options.title, hidesNumbers))}`;
    const blocks = isBare ? [] : [heading];
    const crumbs = options.linkIndexes ? indexesAbove(listing, hidesNumbers) : [];
    const href: Links = (relativePath) => encodePath(pathFromOutput(listing, relativePath));
    if (crumbs.length > 0) {
      const above = crumbs.map(({ title, relativePath }) => markdownLink(title, relativePath, href));
      blocks.push(above.join(' / '));
    }
    for (const group of groupEntries(entries, options.groupBy)) {
      if (group.title !== undefined) blocks.push(`## ${headingLink(group.title, group.relativePath, href)}`);
      blocks.push(...markdownBlock(group, { ...options, style }, href));
    }
    if (entries.length === 0) blocks.push('No pages yet.');
    return { body: bodyOf(blocks.flatMap((block, i) => (i === 0 ? [block] : ['', block]))), problems };
  },
};

function headingLink(title: string, relativePath: string | undefined, href: Links): string {
  return relativePath === undefined
    ? escapeMarkdownHeading(title)
    : `[${escapeMarkdown(title)}](${href(relativePath)})`;
}

function bodyOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
