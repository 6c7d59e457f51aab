import * as v from 'valibot';
import { encodePath, escapeMarkdown, escapeMarkdownBlock, escapeMarkdownHeading } from '../escape.ts';
import type { Listing, Problem, Rendered } from '../types.ts';
import type { Generator } from './generator.ts';
import { headingOf, pageOptionEntries, readOptions } from './pageOptions.ts';
import { orderOf, orderOptionEntries } from './pageOrder.ts';
import { buildTree, type Entry } from './pageTree.ts';
import { pathFromOutput } from './relativePath.ts';

const optionsSchema = v.strictObject({ ...pageOptionEntries, ...orderOptionEntries });
type Options = v.InferOutput<typeof optionsSchema>;

/** Lists the Markdown pages of a folder as a nested list of links. */
export const markdownIndex: Generator = {
  id: 'markdown-index',
  description: 'A Markdown page with a nested list of links to the Markdown pages of a folder.',
  optionsSchema,
  defaultOutput: 'index.md',
  defaultInclude: ['**/*.md', '**/*.markdown'],
  defaultExclude: ['**/node_modules/**'],
  reads: 'pages',
  unreadableSource: 'list-by-name',
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    const problems: Problem[] = [];
    const entries = buildTree(listing, options, problems);
    const title = headingOf(listing, options.title, orderOf(options).includes('prefix'));
    const lines = [`# ${escapeMarkdownHeading(title)}`, ''];
    if (entries.length === 0) lines.push('No pages yet.');
    else addEntries(entries, '', listing, options, lines);
    return { body: `${lines.join('\n')}\n`, problems };
  },
};

/** Two spaces a level and no blank lines between: the form that Markdown formatters leave as it is. */
function addEntries(
  entries: readonly Entry[],
  indent: string,
  listing: Listing,
  options: Options,
  lines: string[],
): void {
  for (const entry of entries) {
    const description =
      options.descriptions && entry.description !== undefined ? `: ${escapeMarkdown(entry.description)}` : '';
    lines.push(`${indent}- ${linkOf(entry, listing)}${description}`);
    addEntries(entry.children, `${indent}  `, listing, options, lines);
  }
}

function linkOf(entry: Entry, listing: Listing): string {
  if (entry.relativePath === undefined) return escapeMarkdownBlock(entry.title);
  return `[${escapeMarkdown(entry.title)}](${encodePath(pathFromOutput(listing, entry.relativePath))})`;
}
