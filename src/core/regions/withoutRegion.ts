import type { Block } from './findBlocks.ts';

/** Gives the text of a file, without a byte order mark and without the content of one region; all of it where there is no such region. */
export function withoutRegion(bytes: Buffer, blocks: readonly Block[], id: string): string {
  const block = blocks.find((one) => one.id === id);
  if (block === undefined) return utf8.decode(bytes);
  const [before, behind] = [bytes.subarray(0, block.contentStart), bytes.subarray(block.contentEnd)];
  return utf8.decode(Buffer.concat([before, behind]));
}

const utf8 = new TextDecoder();
