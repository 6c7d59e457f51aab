/**
 * A writer process of the race: threads, each with two copies of the module that know nothing of each other, each
 * writing one file again and again with a text that shows whether it is whole.
 *
 *   node manyWriters.js <file> <threads> <writes per copy> <at least so many ms>
 *
 * Prints a line of JSON: how many writes there were, and what went wrong.
 */
import { randomInt } from 'node:crypto';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import * as compiled from '../../src/atomic-write/index.ts';
import { repositoryFile } from '../support/repository.ts';

export type WriterReport = { readonly writes: number; readonly errors: readonly string[] };

type Order = { readonly file: string; readonly writes: number; readonly ms: number };

const bundled: typeof compiled = await import(`file://${repositoryFile('dist', 'atomic-write.mjs')}`);

async function writeAgainAndAgain(copy: typeof compiled, { file, writes, ms }: Order): Promise<WriterReport> {
  const errors: string[] = [];
  const startedAt = performance.now();
  let n = 0;
  for (; n < writes || performance.now() - startedAt < ms; n++) {
    const letter = String.fromCharCode(97 + randomInt(26));
    const length = randomInt(1, 200_000);
    const text = `${length}:${letter.repeat(length)}`;
    try {
      await copy.atomicWriteText(file, text, { durability: n % 20 === 19 ? 'full' : 'none' });
      // Who sweeps while others write must find nothing to take away.
      if (n % 10 === 9) {
        const { removed, failed } = await copy.sweepTempFiles(path.dirname(file));
        if (removed.length + failed.length > 0) errors.push(`swept: ${JSON.stringify({ removed, failed })}`);
      }
    } catch (error) {
      errors.push(String(error));
    }
  }
  return { writes: n, errors };
}

function runWorker(order: Order): Promise<WriterReport[]> {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: order });
  return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
}

if (isMainThread) {
  const [file = '', threads = '1', writes = '1', ms = '0'] = process.argv.slice(2);
  const order: Order = { file, writes: Number(writes), ms: Number(ms) };
  const reports = (await Promise.all(Array.from({ length: Number(threads) }, () => runWorker(order)))).flat();
  const report: WriterReport = {
    writes: reports.reduce((sum, one) => sum + one.writes, 0),
    errors: reports.flatMap(({ errors }) => errors),
  };
  console.log(JSON.stringify(report));
} else {
  const order: Order = workerData;
  parentPort?.postMessage(
    await Promise.all([compiled, bundled].map((copy) => writeAgainAndAgain(copy, order))),
  );
}
