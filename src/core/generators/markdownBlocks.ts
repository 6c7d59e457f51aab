import { escapeMarkdown, escapeMarkdownBlock } from '../escape.ts';
import { type Group, pagesOf, valuesOf } from './pageGroups.ts';
import type { Entry } from './pageTree.ts';

/** Writes the link to a page, given relative to the target's folder, ready for the inside of `(…)`. */
export type Links = (relativePath: string) => string;

export type BlockOptions = {
  readonly style: 'nested' | 'list' | 'table' | 'cards';
  readonly descriptions: boolean;
  readonly columns: readonly string[];
};

/** Writes one group of an index as blocks, to be parted by empty lines. An empty group has none. */
export function markdownBlock(group: Group, options: BlockOptions, href: Links): readonly string[] {
  const isNested = options.style === 'nested';
  const entries = isNested ? group.entries : pagesOf(group.entries);
  if (entries.length === 0) return [];
  if (options.style === 'table') return [tableOf(entries, options.columns, href)];
  if (options.style === 'cards') {
    const mark = group.title === undefined ? '##' : '###';
    return entries.flatMap((entry) => cardOf(entry, mark, options, href));
  }
  const lines: string[] = [];
  addItems(entries, '', options, href, lines);
  return [lines.join('\n')];
}

/** Writes a title as a link, or as text where there is nothing to link to; it may begin a block. */
export function markdownLink(title: string, relativePath: string | undefined, href: Links): string {
  return relativePath === undefined
    ? escapeMarkdownBlock(title)
    : `[${escapeMarkdown(title)}](${href(relativePath)})`;
}

/** Two spaces a level and no blank lines between: the form that Markdown formatters leave as it is. */
function addItems(
  entries: readonly Entry[],
  indent: string,
  options: BlockOptions,
  href: Links,
  lines: string[],
): void {
  for (const entry of entries) {
    const description =
      options.descriptions && entry.description !== undefined ? `: ${escapeMarkdown(entry.description)}` : '';
    lines.push(`${indent}- ${markdownLink(entry.title, entry.relativePath, href)}${description}`);
    addItems(entry.children, `${indent}  `, options, href, lines);
  }
}

/**
 * The columns are not padded to one width: a longer title would then change every line of the file. The comment keeps
 * Prettier from padding them (Prettier's documentation, "Ignoring code").
 */
function tableOf(entries: readonly Entry[], columns: readonly string[], href: Links): string {
  const rows = entries.map((entry) => columns.map((column) => cell(cellOf(entry, column, href))));
  const names = columns.map((column) => cell(escapeMarkdown(titleOfColumn(column))));
  const lines = [names, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return ['<!-- prettier-ignore -->', ...lines].join('\n');
}

function cellOf(entry: Entry, column: string, href: Links): string {
  if (column === 'title') return markdownLink(entry.title, entry.relativePath, href);
  if (column === 'description') return escapeMarkdown(entry.description ?? '');
  return escapeMarkdown(valuesOf(entry.facts, column).join(', '));
}

/** A bar ends a cell wherever it stands, also in code and links (GitHub Flavored Markdown, "Tables"). */
function cell(markdown: string): string {
  return markdown.replaceAll('|', '\\|');
}

function titleOfColumn(column: string): string {
  const words = column.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cardOf(entry: Entry, mark: string, options: BlockOptions, href: Links): readonly string[] {
  const about = [valuesOf(entry.facts, 'date'), valuesOf(entry.facts, 'tags')].flat().join(', ');
  return [
    `${mark} ${markdownLink(entry.title, entry.relativePath, href)}`,
    ...(options.descriptions && entry.description !== undefined
      ? [escapeMarkdownBlock(entry.description)]
      : []),
    ...(about === '' ? [] : [escapeMarkdownBlock(about)]),
  ];
}
