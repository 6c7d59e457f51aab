import { htmlHeadingText } from './htmlPage.ts';
import {
  blockKind,
  closesFence,
  type Fence,
  htmlBlockEnd,
  isOutside,
  openingFence,
  opensParagraph,
} from './markdownLines.ts';
import { plainText } from './markdownText.ts';

/**
 * Finds the first heading with text, as plain text, in one pass over the lines from `start`. It knows the blocks in
 * which a `#` is no heading (code, HTML, quotes, lists) but parses no further: a full parse costs a hundred times more.
 */
export function firstHeading(text: string, start: number): string | undefined {
  let fence: Fence | undefined;
  /** Where the paragraph began that a line of `=` or `-` would turn into a heading. */
  let paragraphStart: number | undefined;
  /** True while lines continue a quote or a list item, which holds no heading of the page. */
  let isInContainer = false;

  for (let lineStart = start, next = start; lineStart < text.length; lineStart = next) {
    const lineEnd = endOfLine(text, lineStart);
    const line = text.slice(lineStart, Math.min(lineEnd, lineStart + maxLineLength)).replace(/\r$/, '');
    next = lineEnd + 1;
    if (fence !== undefined) {
      if (!isOutside(line, fence)) {
        if (closesFence(line, fence)) fence = undefined;
        continue;
      }
      fence = undefined;
    }
    const kind = blockKind(line, paragraphStart !== undefined || isInContainer);
    if (kind === 'text') {
      if (!isInContainer) paragraphStart ??= lineStart;
      continue;
    }
    let title: string | undefined;
    if (kind === 'underline' && paragraphStart !== undefined) {
      title = plainText(text.slice(paragraphStart, Math.min(lineStart, paragraphStart + maxLineLength)));
    } else if (kind === 'atx') {
      title = plainText(
        line
          .trim()
          .replace(/^#+/, '')
          .replace(/(?:^|[ \t])#+$/, ''),
      );
    } else if (kind === 'html') {
      next = htmlBlockEnd(text, lineStart, line);
      title = htmlHeadingText(text.slice(lineStart, Math.min(next, lineStart + maxHtmlLength)));
    } else if (kind === 'fence' || kind === 'container') {
      fence = openingFence(line);
    }
    if (title) return title;
    paragraphStart = undefined;
    // A line of `=` below a list item is text of the item; a line of `-` is a rule that ends the list.
    isInContainer =
      (kind === 'container' && opensParagraph(line)) ||
      (isInContainer && kind === 'underline' && line.includes('='));
  }
  return undefined;
}

/** A longer line is no title; the bound also keeps everything that looks at a line linear in the file. */
const maxLineLength = 2000;
const maxHtmlLength = 20_000;

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
