import { findBlocks } from './findBlocks.ts';

/** Gives the text of a file without the content of one region; all of it where there is no such region. */
export function withoutRegion(text: string, relativePath: string, id: string): string {
  const bytes = Buffer.from(text);
  const block = findBlocks(bytes, relativePath).blocks.find((one) => one.id === id);
  if (block === undefined) return text;
  return Buffer.concat([bytes.subarray(0, block.contentStart), bytes.subarray(block.contentEnd)]).toString();
}
