import {
  blockKind,
  closesFence,
  type Fence,
  indentOf,
  openingFence,
  opensParagraph,
} from './markdownLines.ts';

/**
 * A list item while the lines after its marker are read. What stands in it is no heading of the page; it is followed
 * only as far as it takes to know where the item ends (CommonMark 0.31, "List items").
 */
export class OpenItem {
  readonly #contentIndent: number;
  #isEmpty: boolean;
  #fence: Fence | undefined;
  #isParagraph = false;

  private constructor(contentIndent: number, firstContent: string) {
    this.#contentIndent = contentIndent;
    this.#isEmpty = firstContent.trim() === '';
    if (!this.#isEmpty) this.#read(firstContent);
  }

  /** Opens the item whose marker a line begins with, if any. */
  static at(line: string): OpenItem | undefined {
    const match = /^([ \t]*(?:[-+*]|\d{1,9}[.)]))([ \t]*)(.*)$/.exec(line);
    if (match === null) return undefined;
    const [, marker = '', gap = '', content = ''] = match;
    const markerWidth = indentOf(marker.replace(/\S/g, ' '));
    const gapWidth = indentOf(`${marker}${gap}`.replace(/\S/g, ' ')) - markerWidth;
    // Further in it is indented code, which begins one column behind the marker; so does what an empty item holds.
    if (content === '' || gapWidth > 4)
      return new OpenItem(markerWidth + 1, ' '.repeat(Math.max(gapWidth - 1, 0)) + content);
    return new OpenItem(markerWidth + gapWidth, content);
  }

  /** Takes the next line if it belongs to the item; otherwise the item has ended. */
  takes(line: string): boolean {
    if (line.trim() === '') {
      this.#isParagraph = false;
      return !this.#isEmpty;
    }
    if (indentOf(line) >= this.#contentIndent) {
      this.#isEmpty = false;
      this.#read(withoutIndent(line, this.#contentIndent));
      return true;
    }
    this.#fence = undefined;
    return this.#isParagraph && continuesParagraph(line);
  }

  #read(content: string): void {
    if (this.#fence !== undefined) {
      if (closesFence(content, this.#fence)) this.#fence = undefined;
      return;
    }
    const kind = blockKind(content, this.#isParagraph);
    if (kind === 'fence') this.#fence = openingFence(content);
    this.#isParagraph = kind === 'text' || (kind === 'container' && opensParagraph(content));
  }
}

/** Tells whether a line further left goes on with the paragraph of a quote or an item; `===` and tables are only text there. */
export function continuesParagraph(line: string): boolean {
  // Any marker ends it there: only inside a paragraph are an empty item and a number other than 1 text.
  if (blockKind(line, false) === 'container') return false;
  const kind = blockKind(line, true);
  return kind === 'text' || kind === 'table' || (kind === 'underline' && line.includes('='));
}

function withoutIndent(line: string, columns: number): string {
  let column = 0;
  let at = 0;
  while (column < columns) {
    column += line.charAt(at) === '\t' ? 4 - (column % 4) : 1;
    at++;
  }
  return ' '.repeat(column - columns) + line.slice(at);
}
