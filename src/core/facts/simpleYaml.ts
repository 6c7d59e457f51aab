import type { PlainData, PlainValue } from './plainData.ts';

/**
 * One `key: value` on a line, whose value means to YAML what stands there: a plain scalar without anything that could be
 * an indicator or a comment, or one in quotes without anything to escape. Odd characters are left to the parser.
 */
const simpleLine =
  /^([A-Za-z_][\w-]*): +(?:([\p{L}\p{N}](?:[^:#\p{C}\p{Zl}\p{Zp}]|:(?=[\w/]))*)(?<!\s)|"([^"\\\p{C}\p{Zl}\p{Zp}]*)" *|'([^'\p{C}\p{Zl}\p{Zp}]*)' *)$/u;

/**
 * Reads front matter that has only such lines, as most has, at a tenth of a parser's cost; nothing for any other. A test
 * compares it with the parser.
 */
export function simpleYaml(content: string): PlainData | undefined {
  const data: Record<string, PlainValue> = Object.create(null);
  for (const line of content.split('\n')) {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text === '') continue;
    const [, key, plain, double, single] = simpleLine.exec(text) ?? [];
    const value = plain ?? double ?? single;
    if (key === undefined || value === undefined || key in data) return undefined;
    data[key] = value;
  }
  return data;
}
