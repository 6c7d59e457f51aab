import { htmlHeadingText } from './htmlPage.ts';
import { definitionsOf } from './markdownDefinitions.ts';
import { continuesParagraph, OpenItem } from './markdownItem.ts';
import {
  blockKind,
  closesFence,
  columnsOf,
  type Fence,
  htmlBlockEnd,
  openingFence,
  opensParagraph,
} from './markdownLines.ts';
import { plainText } from './markdownText.ts';

/** A heading as it is written and as it reads, which may be empty, and where the text goes on behind it. */
export type Heading = {
  readonly level: number;
  /** What stands between the marks, over several lines for an underlined heading. */
  readonly markup: string;
  readonly title: string;
  readonly end: number;
};

/** Finds the first heading with text like `findHeading`, and gives only that. */
export function firstHeading(text: string, start: number): string | undefined {
  return findHeading(text, start)?.title;
}

/** Finds the first heading with text. */
export function findHeading(text: string, start: number): Heading | undefined {
  for (const heading of headings(text, start)) if (heading.title !== '') return heading;
  return undefined;
}

/**
 * Finds the headings, with their plain texts, in one pass over the lines from `start`. It knows the blocks in which a
 * `#` is no heading (code, HTML, quotes, lists) but parses no further: a full parse costs a hundred times more.
 */
export function* headings(text: string, start: number): Generator<Heading> {
  const isDefined = definitionsOf(text);
  let fence: Fence | undefined;
  let item: OpenItem | undefined;
  /** Where the paragraph began that a line of `=` or `-` would turn into a heading. */
  let paragraphStart: number | undefined;
  /** True while lines go on with the paragraph of a quote, or with a table. */
  let isContinued = false;

  for (let lineStart = start, next = start; lineStart < text.length; lineStart = next) {
    const lineEnd = endOfLine(text, lineStart);
    const line = text.slice(lineStart, Math.min(lineEnd, lineStart + maxLineLength)).replace(/\r$/, '');
    next = lineEnd + 1;
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      continue;
    }
    if (item?.takes(line) === true || (isContinued && continuesParagraph(line))) continue;
    item = undefined;
    const kind = blockKind(line, paragraphStart !== undefined);
    isContinued = false;
    const isTable = kind === 'table' && columnsOf(line) === columnsOf(lineBefore(text, lineStart));
    if (kind === 'text' || (kind === 'table' && !isTable)) {
      paragraphStart ??= lineStart;
      continue;
    }
    if (kind === 'underline' && paragraphStart !== undefined) {
      const paragraph = text.slice(paragraphStart, Math.min(lineStart, paragraphStart + maxLineLength));
      const markup = withoutDefinitions(paragraph).trim();
      const title = plainText(markup, isDefined);
      if (title === '' && line.includes('=')) {
        // The definitions above are no paragraph, so this line is one.
        paragraphStart = lineStart;
        continue;
      }
      if (markup !== '') yield { level: line.includes('=') ? 1 : 2, markup, title, end: next };
    } else if (kind === 'atx') {
      const marks = /^#+/.exec(line.trim())?.[0] ?? '#';
      const markup = line
        .trim()
        .slice(marks.length)
        .replace(/(?:^|[ \t])#+$/, '')
        .trim();
      yield { level: marks.length, markup, title: plainText(markup, isDefined), end: next };
    } else if (kind === 'html') {
      next = htmlBlockEnd(text, lineStart, line);
      const title = htmlHeadingText(text.slice(lineStart, Math.min(next, lineStart + maxHtmlLength)));
      if (title !== undefined) yield { level: 1, markup: title, title, end: next };
    } else if (kind === 'fence') {
      fence = openingFence(line);
    } else if (kind === 'container') {
      item = OpenItem.at(line);
      isContinued = item === undefined && opensParagraph(line);
    }
    isContinued ||= isTable;
    paragraphStart = undefined;
  }
}

/** A longer line is no title; the bound also keeps everything that looks at a line linear in the file. */
const maxLineLength = 2000;
const maxHtmlLength = 20_000;

function lineBefore(text: string, lineStart: number): string {
  return text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, lineStart - 1).slice(-maxLineLength);
}

/** A link definition at the start of a paragraph, with its address or title on a line of its own. */
const definition =
  /^[ \t]*\[(?:[^\][\\]|\\.)+\]:[ \t]*\r?\n?[ \t]*(?:<[^<>\n]*>|[^\s<]\S*)(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*\r?(?:\n|$)/;

function withoutDefinitions(markup: string): string {
  let rest = markup;
  while (definition.test(rest)) rest = rest.replace(definition, '');
  return rest;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
