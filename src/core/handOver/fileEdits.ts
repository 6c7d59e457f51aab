import { headerLine, withoutHeader } from '../provenance.ts';
import { commentStylesFor } from '../regions/commentStyles.ts';
import { findBlocks, latin1Of } from '../regions/findBlocks.ts';
import { beginMarker, endMarkerOf } from '../regions/markers.ts';
import { type TextLine, textLines } from '../regions/textLines.ts';

/** Takes the header out of a generated file: whoever owns it now may edit it. The rest stays byte for byte. */
export function cutHeader(bytes: Uint8Array): Uint8Array {
  const text = latin1Of(bytes);
  const lines = textLines(text);
  const line = lines[headerLine(text) ?? -1];
  if (line === undefined) return bytes;
  const bom = line.start === 0 ? (/^\u00EF\u00BB\u00BF/.exec(text)?.[0] ?? '') : '';
  return latin1Bytes(bom + text.slice(0, line.start) + text.slice(line.end + line.lineEnd.length));
}

/** Takes the two marker lines of a region out of a file and leaves what stands between them. */
export function cutMarkers(bytes: Uint8Array, output: string, id: string): Uint8Array {
  const block = findBlocks(bytes, output).blocks.find((one) => one.id === id);
  if (block === undefined) return bytes;
  const text = latin1Of(bytes);
  const marked = [block.line - 1, lineAt(textLines(text), block.contentEnd)];
  const kept = textLines(text).filter((_, index) => !marked.includes(index));
  return latin1Bytes(kept.map(({ start, end, lineEnd }) => text.slice(start, end) + lineEnd).join(''));
}

/**
 * Puts an empty region into a file that was ours as a whole, or never: in place of the generated lines where all of
 * them are still there together, else below all that there is. Nothing else is removed but the header. `null` for a
 * file without known comments.
 */
export function addMarkers(
  bytes: Uint8Array,
  output: string,
  id: string,
  newText: string,
): Uint8Array | null {
  const [style] = commentStylesFor(output);
  if (style === undefined) return null;
  const text = latin1Of(cutHeader(bytes));
  const lines = textLines(text);
  const lineEnd = lines[0]?.lineEnd || '\n';
  const markers = `${beginMarker(id, style)}${lineEnd}${endMarkerOf(style)}${lineEnd}`;
  const place = placeOf(text, lines, generatedLines(newText));
  if (place !== null) return latin1Bytes(text.slice(0, place.start) + markers + text.slice(place.end));
  const gap = text === '' ? '' : /[\r\n]$/.test(text) ? lineEnd : lineEnd + lineEnd;
  return latin1Bytes(text + gap + markers);
}

/** The lines of a generated text without its header and heading, and without blank lines around. */
function generatedLines(newText: string): readonly string[] {
  const body = withoutHeader(newText).replace(/^\s*# [^\n]*\n/, '');
  const plain = body.replace(/^\s*\n|\s+$/g, '');
  return plain === '' ? [] : plain.split('\n').map((line) => latin1Of(Buffer.from(line.trimEnd())));
}

function placeOf(
  text: string,
  lines: readonly TextLine[],
  wanted: readonly string[],
): { readonly start: number; readonly end: number } | null {
  if (wanted.length === 0) return null;
  const plain = lines.map(({ start, end }) => text.slice(start, end).trimEnd());
  const first = plain.findIndex((_, index) => wanted.every((line, offset) => plain[index + offset] === line));
  const [from, to] = [lines[first], lines[first + wanted.length - 1]];
  return from === undefined || to === undefined
    ? null
    : { start: from.start, end: to.end + to.lineEnd.length };
}

function lineAt(lines: readonly TextLine[], offset: number): number {
  return lines.findIndex(({ start }) => start === offset);
}

function latin1Bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
