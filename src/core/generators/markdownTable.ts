/**
 * Prints a Markdown table whose cells are padded to columns, as formatters leave it. Cells are Markdown already, without
 * line ends; a `|` in them is escaped here. The first row is the head.
 */
export function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replace(/\|/g, '\\|')));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  const lines = cells.map(
    (row) =>
      `| ${widths.map((width, i) => (row[i] ?? '') + ' '.repeat(width - widthOf(row[i] ?? ''))).join(' | ')} |`,
  );
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines;
}

/** Letters of East Asian scripts and pictures take two columns, marks that sit on others none (Unicode UAX #11). */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}|\p{Cf}/u.test(character)) continue;
    width +=
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
