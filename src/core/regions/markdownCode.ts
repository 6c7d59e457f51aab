import { splitFrontMatter } from '../facts/frontMatter.ts';
import {
  blockKind,
  closesFence,
  type Fence,
  htmlBlockEnd,
  indentOf,
  openingFence,
} from '../facts/markdownLines.ts';
import type { TextLine } from './textLines.ts';

/**
 * Finds the lines of a Markdown text that are no Markdown: front matter, fenced and indented code, and the inside of
 * comments, scripts and `<pre>` over several lines (CommonMark 0.31, sections 4.4 to 4.6). Numbers count from 0.
 */
export function codeLines(text: string, lines: readonly TextLine[]): ReadonlySet<number> {
  // Same length, so that offsets stay; a lone carriage return ends a line too.
  const unixText = text.replace(/\r(?!\n)/g, '\n');
  const found = new Set<number>();
  const bom = unixText.startsWith('\u00EF\u00BB\u00BF') ? 3 : 0;
  const front = splitFrontMatter(unixText.slice(bom)).bodyStart;
  const bodyStart = front === 0 ? 0 : front + bom;
  const state: State = { isParagraph: false, lists: [], fence: undefined, rawUntil: bodyStart, htmlUntil: 0 };
  for (const [number, { start, end }] of lines.entries()) {
    if (isCode(unixText, start, text.slice(start, end), state)) found.add(number);
  }
  return found;
}

type State = {
  isParagraph: boolean;
  /** The columns at which the texts of the open list items begin, outermost first. */
  lists: number[];
  /** With the column at which the text of the list item begins that holds it. */
  fence: (Fence & { readonly contentIndent: number }) | undefined;
  /** Lines before this offset are inside something that is no Markdown. */
  rawUntil: number;
  /** Lines before this offset are inside an HTML block, where a comment is a comment but a fence is none. */
  htmlUntil: number;
};

function isCode(text: string, start: number, line: string, state: State): boolean {
  if (start < state.rawUntil) return true;
  if (start < state.htmlUntil) return false;
  if (line.trim() === '') {
    state.isParagraph = false;
    return state.fence !== undefined;
  }
  const indent = indentOf(line);
  if (state.fence !== undefined) {
    if (indent >= state.fence.contentIndent) {
      if (closesFence(withoutColumns(line, state.fence.contentIndent), state.fence)) state.fence = undefined;
      return true;
    }
    // Left of the list item that holds it: both have ended.
    state.fence = undefined;
  }
  const isLazy = state.isParagraph && blockKind(line.trimStart(), true) === 'text';
  if (!isLazy) while (indent < (state.lists.at(-1) ?? 0)) state.lists.pop();
  const content = state.lists.at(-1) ?? 0;
  const inside = isLazy ? line.trimStart() : withoutColumns(line, Math.min(content, indent));
  const kind = blockKind(inside, state.isParagraph);
  if (kind === 'code') return true;
  state.isParagraph = kind === 'text' || kind === 'table';
  if (kind === 'container') enterList(inside, content, state);
  else if (kind === 'fence') enterFence(inside, content, state);
  if (kind === 'html') {
    const end = htmlBlockEnd(text, start, inside);
    const isRaw = /^<(?:!|\?|(?:script|pre|style|textarea)(?:[\s>]|$))/i.test(inside.trimStart());
    if (isRaw) state.rawUntil = end;
    else state.htmlUntil = end;
  }
  return false;
}

function enterFence(line: string, contentIndent: number, state: State): void {
  const fence = openingFence(line);
  if (fence !== undefined) state.fence = { ...fence, contentIndent };
}

function enterList(line: string, from: number, state: State): void {
  const markers = /^(?:[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$))+/.exec(line)?.[0];
  if (markers === undefined) return;
  const contentIndent = from + indentOf(markers.replace(/\S/g, ' '));
  state.lists.push(contentIndent);
  const rest = line.slice(markers.length);
  const kind = blockKind(rest, false);
  state.isParagraph = kind === 'text';
  if (kind === 'fence') enterFence(rest, contentIndent, state);
}

function withoutColumns(line: string, columns: number): string {
  return ' '.repeat(Math.max(0, indentOf(line) - columns)) + line.trimStart();
}
