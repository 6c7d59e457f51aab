import { checksumOf, equalsUpToFormatting, type Match, matchChecksum } from '../checksum.ts';
import type { Comparison } from '../compare.ts';
import { headerMark } from '../provenance.ts';
import type { ConflictReason, Problem, Target } from '../types.ts';
import { commentStylesFor, isMarkdown } from './commentStyles.ts';
import { type Block, type Blocks, findBlocks, latin1Of } from './findBlocks.ts';
import { beginMarker, endMarker, endMarkerOf } from './markers.ts';

/** `failed` when the file has no such region, or markers that can't be trusted; `message` is ready for display. */
export type RegionComparison =
  | Comparison
  | { readonly kind: 'failed'; readonly message: string; readonly problems: readonly Problem[] };

export type RegionTarget = Pick<Target, 'output'> & {
  readonly region: { readonly id: string };
  /** The checksum of what a formatter was given, where the body is what it made of that. */
  readonly unformatted?: string;
};

/**
 * Decides what to write into a region. What stands outside it comes out byte for byte, whatever it is; inside, only a
 * text that this product made and nobody touched is replaced, or no text at all, unless `isOverwriteAllowed`. `found` is
 * what `findBlocks` gives for the bytes, where the caller knows it.
 */
export function compareRegion(
  oldBytes: Uint8Array | null,
  body: string,
  { output, region, unformatted }: RegionTarget,
  isOverwriteAllowed: boolean,
  found?: Blocks,
): RegionComparison {
  if (oldBytes === null)
    return failed(`${output} does not exist. Create it with ${example(output, region.id)}`);
  const { blocks, problems } = found ?? findBlocks(oldBytes, output);
  const [problem] = problems;
  if (problem !== undefined) {
    const message = `${output} is left alone for its markers: line ${problem.line}: ${problem.message}`;
    return { kind: 'failed', message, problems };
  }
  const block = blocks.find(({ id }) => id === region.id);
  if (block === undefined)
    return failed(`${output} has no region "${region.id}". Put in ${example(output, region.id)}`);
  const file = latin1Of(oldBytes);
  const made = withoutHeaderMark(body.replace(/\r\n?/g, '\n')).replace(/^\n+|\n+$/g, '');
  const old = contentOf(file, block);
  const match = matchOf(old, block, output);
  const isSame =
    unformatted === undefined
      ? made === old || (match === 'reformatted' && equalsUpToFormatting(made, old, output))
      : made === old && unformatted === block.unformatted;
  if (isSame && match !== null && match !== 'edited') return { kind: 'unchanged' };
  const bytes = Buffer.from(withContent(file, { ...block, unformatted }, made, output), 'latin1');
  if (!isIntact(blocks, bytes, block, made, output)) {
    return failed(
      `The text for the region "${region.id}" of ${output} holds a marker or an unclosed code block.`,
    );
  }
  const oldText = decode(oldBytes);
  const text = decode(bytes);
  const isEmpty = old.trim() === '';
  const isFree = isEmpty || match === 'same' || match === 'reformatted' || isOverwriteAllowed;
  if (isFree || equalsUpToFormatting(made, old, output)) return { kind: 'update', text, bytes, oldText };
  const reason: ConflictReason = match === null ? 'not-generated' : 'edited';
  return { kind: 'conflict', reason, text, oldText };
}

/** A region needs no header: its end marker holds the checksum. */
function withoutHeaderMark(body: string): string {
  const lines = body.split('\n');
  return lines.filter((line) => !line.includes(headerMark)).join('\n');
}

/** Tells how the text of a region stands to the checksum in its end marker; `null` when there is none. */
export function matchOf(old: string, { checksum }: Block, output: string): Match | null {
  return checksum === undefined ? null : matchChecksum(old, checksum, output);
}

/** The text between the markers as a generator would have made it: without indentation and blank lines around. */
export function contentOf(file: string, { contentStart, contentEnd, indent }: Block): string {
  const lines = file.slice(contentStart, contentEnd).split(/\r\n|\r|\n/);
  const plain = lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
  return Buffer.from(plain.join('\n').replace(/^\n+|\n+$/g, ''), 'latin1').toString('utf8');
}

function withContent(file: string, block: Block, made: string, output: string): string {
  const { indent, lineEnd, contentStart, contentEnd, endMarkerStart, endMarkerEnd } = block;
  const lines = made === '' ? [] : made.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`));
  // Without blank lines a formatter puts them in, and Markdown takes a list below a comment for a part of it.
  if (lines.length > 0 && isMarkdown(output)) {
    lines.unshift('');
    lines.push('');
  }
  const content = Buffer.from(lines.map((line) => `${line}${lineEnd}`).join(''), 'utf8').toString('latin1');
  const marker = endMarker(block.id, checksumOf(made, output), block.style, block.unformatted);
  const end = file.slice(contentEnd, endMarkerStart) + marker + file.slice(endMarkerEnd);
  return file.slice(0, contentStart) + content + end;
}

/** Tells whether all regions can be found again after the write, this one with its new content. */
function isIntact(
  oldBlocks: readonly Block[],
  newBytes: Uint8Array,
  block: Block,
  made: string,
  output: string,
): boolean {
  const { blocks } = findBlocks(newBytes, output);
  const found = blocks.find(({ id }) => id === block.id);
  if (found === undefined || idsOf(oldBlocks) !== idsOf(blocks)) return false;
  return contentOf(latin1Of(newBytes), found) === made;
}

function idsOf(blocks: readonly Block[]): string {
  return blocks.map(({ id }) => id).join(' ');
}

function example(output: string, id: string): string {
  const [style] = commentStylesFor(output);
  if (style === undefined) return 'a begin and an end marker.';
  return `these two lines: ${beginMarker(id, style)} and ${endMarkerOf(style)}`;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function failed(message: string): RegionComparison {
  return { kind: 'failed', message, problems: [] };
}
