import { unformattedChecksumOf } from '../checksum.ts';
import type { Draft } from '../compare.ts';
import {
  compareRegion,
  contentOf,
  matchOf,
  type RegionComparison,
  type RegionTarget,
} from './compareRegion.ts';
import { type Blocks, findBlocks, latin1Of } from './findBlocks.ts';

/** Tells whether a region's end marker says that a formatter made it from the same text, and nobody edited it since. */
export function isFormattedFrom(
  oldBytes: Uint8Array,
  body: string,
  target: RegionTarget,
  formatter: string,
  { blocks }: Pick<Blocks, 'blocks'> = findBlocks(oldBytes, target.output),
): boolean {
  const block = blocks.find(({ id }) => id === target.region.id);
  if (block?.unformatted !== unformattedChecksumOf(body, formatter)) return false;
  const match = matchOf(contentOf(latin1Of(oldBytes), block), block, target.output);
  return match === 'same' || match === 'reformatted';
}

/**
 * Gives the whole file, with the region filled, for a formatter: in its place a text is laid out as the formatter would
 * do it there, indented and between what stands around it. `unchanged` when no formatter needs to be started.
 */
export function draftRegion(
  oldBytes: Uint8Array | null,
  body: string,
  target: RegionTarget,
  formatter: string,
  isOverwriteAllowed: boolean,
): Draft | Extract<RegionComparison, { kind: 'failed' }> {
  if (oldBytes !== null && !isOverwriteAllowed && isFormattedFrom(oldBytes, body, target, formatter)) {
    return { kind: 'unchanged' };
  }
  const unformatted = unformattedChecksumOf(body, formatter);
  const comparison = compareRegion(oldBytes, body, { ...target, unformatted }, isOverwriteAllowed);
  if (comparison.kind === 'failed') return comparison;
  const text =
    'text' in comparison ? comparison.text : new TextDecoder().decode(oldBytes ?? new Uint8Array());
  return { kind: 'draft', text };
}

/**
 * Decides what to write into a region, from what a formatter made of the draft: of that only the region is taken, and
 * the rest of the file stays byte for byte. `null` when the region can't be found in it.
 */
export function compareFormattedRegion(
  oldBytes: Uint8Array | null,
  body: string,
  formatted: string,
  target: RegionTarget,
  formatter: string,
  isOverwriteAllowed: boolean,
): RegionComparison | null {
  const bytes = Buffer.from(formatted);
  const block = findBlocks(bytes, target.output).blocks.find(({ id }) => id === target.region.id);
  if (block === undefined) return null;
  const unformatted = unformattedChecksumOf(body, formatter);
  const content = contentOf(latin1Of(bytes), block);
  return compareRegion(oldBytes, content, { ...target, unformatted }, isOverwriteAllowed);
}
