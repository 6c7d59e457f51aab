import { headerMark } from '../provenance.ts';

/**
 * Prints an object as JSON with two spaces a level and a final newline. JSON knows no comments, so the header is the
 * value of a first property `"//"`; a property of that name in the object itself is left out.
 */
export function jsonText(value: Readonly<Record<string, unknown>>): string {
  const { '//': _, ...rest } = value;
  const text = JSON.stringify(rest, null, 2);
  const head = `{\n  "//": "${headerMark}"`;
  return text === '{}' ? `${head}\n}\n` : `${head},${text.slice(1)}\n`;
}
