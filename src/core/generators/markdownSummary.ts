import { escapeMarkdown, escapeMarkdownHeading, foldText } from '../escape.ts';
import type { Listing } from '../types.ts';
import { groupEntries } from './pageGroups.ts';
import type { Entry } from './pageTree.ts';
import { pathFromOutput } from './relativePath.ts';

export type SummaryOptions = {
  readonly title: string;
  readonly groupBy?: string | undefined;
  readonly partLevel: 1 | 2;
};

/**
 * Writes a SUMMARY.md as mdBook reads it (mdBook's guide, "SUMMARY.md"), and with headings of level 2 as GitBook and
 * HonKit do (HonKit's documentation, "Pages and Summary"). A folder without a page is a draft chapter, whose link is empty.
 */
export function summaryLines(
  listing: Listing,
  entries: readonly Entry[],
  options: SummaryOptions,
): readonly string[] {
  const lines = [`# ${escapeMarkdownHeading(foldText(options.title) || 'Summary')}`];
  const groups = groupEntries(
    introductionFirst(entries),
    options.groupBy === 'folder' ? 'folder' : undefined,
  );
  for (const group of groups) {
    if (group.title !== undefined) {
      lines.push('', `${'#'.repeat(options.partLevel)} ${escapeMarkdownHeading(group.title)}`);
    }
    if (group.entries.length > 0 || group.relativePath !== undefined) lines.push('');
    // A part is only a heading, so the page of its folder is its first chapter.
    if (group.title !== undefined && group.relativePath !== undefined) {
      lines.push(chapter(listing, group.title, group.relativePath, ''));
    }
    addChapters(listing, group.entries, '', lines);
  }
  return lines;
}

/** Both programs take the first page for the book's start. */
function introductionFirst(entries: readonly Entry[]): readonly Entry[] {
  const isIntroduction = ({ path }: Entry) => /^(?:readme|index)\.(?:md|markdown)$/i.test(path);
  return [...entries.filter(isIntroduction), ...entries.filter((entry) => !isIntroduction(entry))];
}

function addChapters(listing: Listing, entries: readonly Entry[], indent: string, lines: string[]): void {
  for (const { title, relativePath, children } of entries) {
    lines.push(chapter(listing, title, relativePath, indent));
    addChapters(listing, children, `${indent}  `, lines);
  }
}

function chapter(listing: Listing, title: string, relativePath: string | undefined, indent: string): string {
  const link = relativePath === undefined ? '' : summaryPath(pathFromOutput(listing, relativePath));
  return `${indent}- [${escapeMarkdown(title)}](${link})`;
}

/**
 * mdBook takes a link for a path and knows no other percent sign than that of a space (rust-lang/mdBook, `summary.rs`), so
 * everything else stands as it is, with a backslash or angle brackets where Markdown would take a character for its own.
 */
function summaryPath(relativePath: string): string {
  // Nobody who opens the file elsewhere is sent to a scheme, such as `javascript:`.
  const path = relativePath.split('/', 1)[0]?.includes(':') === true ? `./${relativePath}` : relativePath;
  const link = path
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\\<>`]|&(?=#?[a-zA-Z0-9]+;)/g, '\\$&')
    .replace(/[\s\p{Cc}]/gu, encodeURIComponent);
  return /[()]/.test(link) ? `<${link}>` : link;
}
