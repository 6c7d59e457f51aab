import { createHash } from 'node:crypto';
import { normalForm } from './formatting/normalForm.ts';

/** How a text on disk stands to the checksum that was written with it. */
export type Match =
  /** As it was written, or with other line ends. */
  | 'same'
  /** Only a formatter went over it: white space, quotes, bullets, the padding of tables. */
  | 'reformatted'
  /** Somebody changed what it says. */
  | 'edited';

/** What a checksum looks like, in a pattern of a larger text. */
export const checksumPattern = '[0-9a-f]{16}(?:\\.[0-9a-f]{16})?';

/** What the checksum of what a formatter was given looks like. */
export const unformattedPattern = '[0-9a-f]{16}';

/**
 * The first 64 bits of the SHA-256 of a text, and where the language's formatters are known, of what they leave as it
 * is. Line ends and the newlines around the text don't count: git and editors change them without anybody having
 * edited anything.
 */
export function checksumOf(text: string, relativePath: string): string {
  const form = normalForm(text, relativePath);
  return form === null ? hash(plain(text)) : `${hash(plain(text))}.${hash(form)}`;
}

/** Compares a text with the checksum that was written with it. */
export function matchChecksum(text: string, checksum: string, relativePath: string): Match {
  const [exact, form] = checksum.split('.');
  if (exact === hash(plain(text))) return 'same';
  const nowForm = form === undefined ? null : normalForm(text, relativePath);
  return nowForm !== null && form === hash(nowForm) ? 'reformatted' : 'edited';
}

/**
 * Stands for what a formatter was given: a file that names it needs no formatter to be found up to date. The formatter's
 * version and configuration are not in it, or two machines with different ones would rewrite one file in turn.
 */
export function unformattedChecksumOf(body: string, formatter: string): string {
  return hash(`${formatter}\n${plain(body)}`);
}

/** Tells whether two texts of a file differ at most in what a formatter would change. */
export function equalsUpToFormatting(one: string, other: string, relativePath: string): boolean {
  const form = normalForm(one, relativePath);
  return form === null ? plain(one) === plain(other) : form === normalForm(other, relativePath);
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/^\n+|\n+$/g, '');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
