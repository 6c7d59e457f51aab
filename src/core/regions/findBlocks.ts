import type { Problem } from '../types.ts';
import type { Attributes } from './attributes.ts';
import { type CommentStyle, commentStylesFor, isMarkdown } from './commentStyles.ts';
import { codeLines } from './markdownCode.ts';
import { type Marker, readMarker } from './markers.ts';
import { textLines } from './textLines.ts';

/** One region of a file. Offsets count bytes from the start of the file. */
export type Block = {
  readonly id: string;
  /** What the begin marker says. */
  readonly attributes: Attributes;
  readonly checksum: string | undefined;
  /** The checksum of what a formatter was given, where one went over the text. */
  readonly unformatted: string | undefined;
  /** The line of the begin marker, from 1. */
  readonly line: number;
  readonly indent: string;
  readonly style: CommentStyle;
  /** How the line of the begin marker ends. */
  readonly lineEnd: string;
  /** Between the markers' lines. */
  readonly contentStart: number;
  readonly contentEnd: number;
  /** The comment of the end marker, without what stands around it on its line. */
  readonly endMarkerStart: number;
  readonly endMarkerEnd: number;
};

/** Where there is a problem there is no block: half-understood markers must not move anybody's text. */
export type Blocks = { readonly blocks: readonly Block[]; readonly problems: readonly Problem[] };

type Place = Pick<Problem, 'line' | 'column' | 'endLine' | 'endColumn'>;
type Found = { readonly marker: Marker; readonly line: number; readonly place: Place };

/**
 * Finds the regions in the bytes of a file. Markers in Markdown code are text. Markers that don't pair up (missing,
 * doubled, nested, in the wrong order) are errors at their lines.
 */
export function findBlocks(bytes: Uint8Array, relativePath: string): Blocks {
  const styles = commentStylesFor(relativePath);
  const text = latin1Of(bytes);
  if (styles.length === 0 || !text.includes('atomic-index:')) return { blocks: [], problems: [] };
  const lines = textLines(text);
  const skipped = isMarkdown(relativePath) ? codeLines(text, lines) : new Set<number>();
  const problems: Problem[] = [];
  const report = (message: string, place: Place): void => {
    problems.push({ severity: 'error', code: 'region-marker', message, relativePath, ...place });
  };
  const found: Found[] = [];
  for (const [number, { start, end }] of lines.entries()) {
    if (skipped.has(number)) continue;
    const bom = number === 0 && text.startsWith(utf8Bom) ? utf8Bom.length : 0;
    const line = text.slice(start + bom, end);
    const reading = readMarker(line, styles);
    if (reading === null) continue;
    const place = placeOf(line, number + 1, reading.kind === 'mistake' ? reading.at : reading.indent.length);
    if (reading.kind === 'mistake') report(reading.message, place);
    else found.push({ marker: reading, line: number, place });
  }
  const pairs = problems.length > 0 ? [] : pair(found, report);
  if (problems.length > 0) return { blocks: [], problems };
  return { blocks: pairs.map(([begin, end]) => toBlock(begin, end)), problems: [] };

  function toBlock(begin: Found, end: Found): Block {
    const beginLine = lines[begin.line] ?? { start: 0, end: 0, lineEnd: '' };
    const endLine = lines[end.line] ?? beginLine;
    const textOf = (key: string): string | undefined => {
      const value = end.marker.attributes.get(key);
      return value === undefined ? undefined : String(value);
    };
    return {
      id: idOf(begin.marker) ?? '',
      attributes: begin.marker.attributes,
      checksum: textOf('checksum'),
      unformatted: textOf('unformatted'),
      line: begin.line + 1,
      indent: begin.marker.indent,
      style: begin.marker.style,
      lineEnd: beginLine.lineEnd,
      contentStart: beginLine.end + beginLine.lineEnd.length,
      contentEnd: endLine.start,
      endMarkerStart: endLine.start + end.marker.indent.length,
      endMarkerEnd: endLine.start + text.slice(endLine.start, endLine.end).trimEnd().length,
    };
  }
}

const keysOfEnd: ReadonlySet<string> = new Set(['id', 'checksum', 'unformatted']);
const utf8Bom = '\u00EF\u00BB\u00BF';

/** One character a byte, so that what is no UTF-8 comes out as it went in. */
export function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

type Report = (message: string, place: Place) => void;

function pair(found: readonly Found[], report: Report): readonly (readonly [Found, Found])[] {
  const pairs: (readonly [Found, Found])[] = [];
  const lineOf = new Map<string, number>();
  let open: Found | undefined;
  for (const one of found) {
    const id = idOf(one.marker);
    if (one.marker.kind === 'begin') {
      const twin = id === undefined ? undefined : lineOf.get(id);
      if (id === undefined) report(missingId, one.place);
      else if (!/^[A-Za-z0-9][\w.-]*$/.test(id))
        report(`"${id}" can't be an id. Use letters, digits, "-", "_" and ".".`, one.place);
      else if (open !== undefined) report(describeNested(id, open), one.place);
      else if (twin !== undefined)
        report(`There is a region "${id}" at line ${twin} already. Give this one another id.`, one.place);
      if (id !== undefined) lineOf.set(id, one.line + 1);
      open = one;
    } else {
      const unknown = [...one.marker.attributes.keys()].find((key) => !keysOfEnd.has(key));
      if (unknown !== undefined)
        report(`An end marker has no "${unknown}"; options stand in the begin marker.`, one.place);
      if (open === undefined)
        report('This end has no begin above it. Add the begin, or remove this.', one.place);
      else if (id !== undefined && id !== idOf(open.marker))
        report(
          `This ends "${id}", but the region above is "${idOf(open.marker)}". Put them in order.`,
          one.place,
        );
      else pairs.push([open, one]);
      open = undefined;
    }
  }
  if (open !== undefined)
    report(`The region "${idOf(open.marker)}" has no end. Add "atomic-index:end" below it.`, open.place);
  return pairs;
}

const missingId = 'A begin marker needs an id or a generator, such as "id=pages" or "generator=toc".';

function describeNested(id: string, outer: Found): string {
  const name = idOf(outer.marker) ?? '';
  return `The region "${id}" begins inside "${name}" of line ${outer.line + 1}. End that one first.`;
}

/** A region without an id has its generator's name. */
function idOf({ kind, attributes }: Marker): string | undefined {
  const id = attributes.get('id') ?? (kind === 'begin' ? attributes.get('generator') : undefined);
  return id === undefined ? undefined : String(id);
}

/** Columns count UTF-16 code units, as editors do. */
function placeOf(line: string, lineNumber: number, at: number): Place {
  const lengthOf = (part: string): number => Buffer.from(part, 'latin1').toString('utf8').length;
  const column = lengthOf(line.slice(0, at)) + 1;
  const endColumn = Math.max(column + 1, lengthOf(line.trimEnd()) + 1);
  return { line: lineNumber, column, endLine: lineNumber, endColumn };
}
