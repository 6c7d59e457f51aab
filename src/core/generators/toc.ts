import GithubSlugger from 'github-slugger';
import * as v from 'valibot';
import { escapeMarkdown } from '../escape.ts';
import { readFrontMatter } from '../facts/frontMatter.ts';
import { definitionsOf } from '../facts/markdownDefinitions.ts';
import { headings } from '../facts/markdownHeading.ts';
import { anchorText } from '../facts/markdownText.ts';
import type { Rendered } from '../types.ts';
import type { Generator } from './generator.ts';
import { readOptions } from './pageOptions.ts';
import { outputOf } from './relativePath.ts';

const level = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(6));

const optionsSchema = v.strictObject({
  minLevel: v.optional(
    v.pipe(level, v.description('The highest headings that are listed; 2 leaves out the title of the page.')),
    2,
  ),
  maxLevel: v.optional(v.pipe(level, v.description('The lowest headings that are listed.')), 3),
  ordered: v.optional(v.pipe(v.boolean(), v.description('Numbers in place of bullets.')), false),
  bullet: v.optional(v.pipe(v.picklist(['-', '*', '+']), v.description('What bullets look like.')), '-'),
  title: v.optional(v.pipe(v.string(), v.description('A line in bold above the list. Empty: none.')), ''),
});
type Options = v.InferOutput<typeof optionsSchema>;

/** Lists the headings of the page that it stands in, with links to them. */
export const toc: Generator = {
  id: 'toc',
  description: 'A table of contents: the headings of the Markdown page that it stands in.',
  optionsSchema,
  defaultOutput: 'README.md',
  defaultInclude: [],
  defaultExclude: [],
  reads: 'itself',
  unreadableSource: 'list-by-name',
  makes: 'regions',
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    const entries = entriesOf(listing.inputs?.get(outputOf(listing)) ?? '', options);
    const title = options.title.trim();
    const lines = title === '' || entries.length === 0 ? [] : [`**${escapeMarkdown(title)}**`, ''];
    addEntries(entries, options, lines);
    return { body: lines.map((line) => `${line}\n`).join(''), problems: [] };
  },
};

type Entry = { readonly level: number; readonly text: string; readonly anchor: string };

/** Every heading counts for the anchors, since a second one of the same text gets a number; not every one is listed. */
function entriesOf(page: string, { minLevel, maxLevel }: Options): readonly Entry[] {
  const slugger = new GithubSlugger();
  const isDefined = definitionsOf(page);
  const entries: Entry[] = [];
  for (const { level, markup, title } of headings(page, readFrontMatter(page, '').bodyStart)) {
    const id = /\{#([-\w:.]+)\}$/.exec(markup)?.[1];
    const anchor = id ?? slugger.slug(anchorText(markup, isDefined));
    if (title !== '' && level >= minLevel && level <= maxLevel) entries.push({ level, text: title, anchor });
  }
  return entries;
}

/** Children stand at their parent's text, which is where CommonMark wants them. */
function addEntries(entries: readonly Entry[], { bullet, ordered }: Options, lines: string[]): void {
  const open: { level: number; readonly indent: string; count: number; marker: string }[] = [];
  for (const { level, text, anchor } of entries) {
    while ((open.at(-1)?.level ?? 0) > level && open.length > 1) open.pop();
    const last = open.at(-1);
    if (last === undefined || last.level < level) {
      const indent = last === undefined ? '' : last.indent + ' '.repeat(last.marker.length);
      open.push({ level, indent, count: 0, marker: '' });
    }
    const list = open.at(-1);
    if (list === undefined) continue;
    // A page may begin with a lower heading; what is above it stands beside it.
    list.level = Math.min(list.level, level);
    list.count++;
    list.marker = ordered ? `${list.count}. ` : `${bullet} `;
    lines.push(`${list.indent}${list.marker}[${escapeMarkdown(text)}](#${anchor})`);
  }
}
