/**
 * Streams text into a file and prints how many bytes of memory that took beyond what the process had before:
 * `node streamMuch.js <file> <mebibytes>`.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AtomicFile } from '../../src/atomic-write/index.ts';

const [file = '', mebibytes = '1'] = process.argv.slice(2);

/** One piece again and again: a source's own garbage (28 MB with Node's file stream, read to nowhere) is not measured. */
const piece = Buffer.alloc(64 * 1024, 'text ');

async function stream(mebibytes: number): Promise<void> {
  const source = function* () {
    for (let n = 0; n < mebibytes * 16; n++) yield piece;
  };
  const handle = await AtomicFile.open(file, { durability: 'none' });
  await pipeline(Readable.from(source()), handle.writable);
  await handle.commit();
}

// What is loaded and compiled once is no part of the question.
await stream(8);
const before = process.resourceUsage().maxRSS;
await stream(Number(mebibytes));
// In kibibytes: man 2 getrusage.
console.log((process.resourceUsage().maxRSS - before) * 1024);
