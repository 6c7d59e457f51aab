/** A line of a text. Offsets count characters from the start of the text; `end` is where the line end begins. */
export type TextLine = {
  readonly start: number;
  readonly end: number;
  /** `\n`, `\r\n`, `\r`, or empty on the last line. */
  readonly lineEnd: string;
};

/** Splits a text into lines and keeps how each one ends, so that nothing is lost by putting them together again. */
export function textLines(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  const ends = /\r\n|\n|\r/g;
  let start = 0;
  for (const match of text.matchAll(ends)) {
    lines.push({ start, end: match.index, lineEnd: match[0] });
    start = match.index + match[0].length;
  }
  lines.push({ start, end: text.length, lineEnd: '' });
  return lines;
}
