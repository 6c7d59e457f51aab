import { closesFence, type Fence, openingFence } from './markdownLines.ts';
import { plainText } from './markdownText.ts';

/** One line of a record's text, with the section that it stands in. */
export type AdrLine = {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** The text of the heading above, in lower case; empty above the first heading below the title. */
  readonly section: string;
};

/** Records are short; what stands below so many lines is an appendix. */
const maxLines = 5000;
const maxLineLength = 2000;

/** Gives the lines of a Markdown text from an offset on that say something: no code, no comments, no headings. */
export function adrLines(text: string, start: number): readonly AdrLine[] {
  const found: AdrLine[] = [];
  let fence: Fence | undefined;
  let isInComment = false;
  let section = '';
  let number = text.slice(0, start).split('\n').length - 1;
  for (const raw of text.slice(start).split('\n', maxLines)) {
    number++;
    const line = raw.slice(0, maxLineLength).trimEnd();
    if (fence !== undefined) {
      if (closesFence(line, fence)) fence = undefined;
      continue;
    }
    fence = isInComment ? undefined : openingFence(line);
    if (fence !== undefined) continue;
    const visible = withoutComments(line, isInComment);
    isInComment = visible.isInComment;
    const heading = /^ {0,3}(#{1,6})[ \t]+(.*)$/.exec(visible.text);
    if (heading === null) {
      if (visible.text.trim() !== '') found.push({ text: visible.text.trim(), line: number, section });
    } else if (heading[1] !== '#') {
      section = plainText((heading[2] ?? '').replace(/[ \t]#+$/, ''))
        .replace(/:$/, '')
        .toLowerCase();
    }
  }
  return found;
}

function withoutComments(
  line: string,
  isInside: boolean,
): { readonly text: string; readonly isInComment: boolean } {
  let text = '';
  let isInComment = isInside;
  for (let at = 0; at < line.length; ) {
    const next = line.indexOf(isInComment ? '-->' : '<!--', at);
    if (!isInComment) text += line.slice(at, next === -1 ? line.length : next);
    if (next === -1) break;
    at = next + (isInComment ? 3 : 4);
    isInComment = !isInComment;
  }
  return { text, isInComment };
}
