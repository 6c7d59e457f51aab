import { type Attributes, readAttributes } from './attributes.ts';
import type { CommentStyle } from './commentStyles.ts';

/** A comment line that begins or ends a region. Offsets count from the start of the line. */
export type Marker = {
  readonly kind: 'begin' | 'end';
  readonly attributes: Attributes;
  /** The white space before the comment. */
  readonly indent: string;
  readonly style: CommentStyle;
};

export type MarkerReading =
  | Marker
  | { readonly kind: 'mistake'; readonly message: string; readonly at: number };

const word = /^[ \t]*atomic-index:([A-Za-z]*)/;

/**
 * Reads a line as a marker, or gives `null` when it is none: anything but a comment of the language that begins with
 * our word. `line` has one character a byte, as `latin1` gives it, so that no byte of a file is lost on the way.
 */
export function readMarker(line: string, styles: readonly CommentStyle[]): MarkerReading | null {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  for (const style of styles) {
    if (!line.startsWith(style.open, indent.length)) continue;
    const inside = line.slice(indent.length + style.open.length).trimEnd();
    const match = word.exec(inside);
    if (match === null) continue;
    return readInside(inside, match, indent, style);
  }
  return null;
}

function readInside(
  inside: string,
  match: RegExpExecArray,
  indent: string,
  style: CommentStyle,
): MarkerReading {
  const start = indent.length + style.open.length;
  const mistake = (message: string, at = 0): MarkerReading => ({ kind: 'mistake', message, at: start + at });
  const [whole, kind] = match;
  if (kind !== 'begin' && kind !== 'end') {
    return mistake(`Unknown marker "atomic-index:${kind}". Known: "begin" and "end".`);
  }
  if (!inside.endsWith(style.close)) {
    return mistake(`A marker is one comment alone on its line; this one doesn't end with "${style.close}".`);
  }
  const between = inside.slice(whole.length, inside.length - style.close.length);
  if (style.close !== '' && between.includes(style.close)) {
    return mistake('A marker is one comment alone on its line; move what stands behind it.');
  }
  if (between !== '' && !/^[ \t]/.test(between)) return mistake('There must be a space behind the word.');
  const read = readAttributes(Buffer.from(between, 'latin1').toString('utf8'));
  if ('mistake' in read) return mistake(read.mistake, whole.length + read.at);
  return { kind, attributes: read.attributes, indent, style };
}

/**
 * Writes the end marker of a region, without indentation and line end. `unformatted` is the checksum of what a formatter
 * was given, where one went over the text.
 */
export function endMarker(id: string, checksum: string, style: CommentStyle, unformatted?: string): string {
  const more = unformatted === undefined ? '' : ` unformatted=${unformatted}`;
  const close = style.close === '' ? '' : ` ${style.close}`;
  return `${style.open} atomic-index:end id=${id} checksum=${checksum}${more}${close}`;
}

/** Writes the end marker of a region that nothing has filled yet. */
export function endMarkerOf(style: CommentStyle): string {
  return `${style.open} atomic-index:end${style.close === '' ? '' : ` ${style.close}`}`;
}

/** Writes the begin marker of a region that the project file describes. */
export function beginMarker(id: string, style: CommentStyle): string {
  const close = style.close === '' ? '' : ` ${style.close}`;
  return `${style.open} atomic-index:begin id=${id}${close}`;
}
