import type { Problem, TextRange } from '../types.ts';

/** Turns offsets in a text into lines and columns, both from 1. */
export function positionsOf(
  text: string,
  range: TextRange,
): Required<Pick<Problem, 'line' | 'column' | 'endLine' | 'endColumn'>> {
  const start = positionAt(text, range.offset);
  const end = positionAt(text, range.offset + range.length);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.min(offset, text.length));
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
