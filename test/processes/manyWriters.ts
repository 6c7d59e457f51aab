/**
 * A writer process of the race: some threads, each writing one file again and again with a text that shows whether it
 * is whole. `node manyWriters.js <file> <threads> <writes per thread>`; prints a line of JSON.
 */
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { atomicWriteText } from '../../src/atomic-write/index.ts';

async function writeAgainAndAgain(file: string, writes: number): Promise<string[]> {
  const errors: string[] = [];
  for (let n = 0; n < writes; n++) {
    const letter = String.fromCharCode(97 + randomInt(26));
    const length = randomInt(1, 200_000);
    await atomicWriteText(file, `${length}:${letter.repeat(length)}`, { durability: 'none' }).catch((error) =>
      errors.push(String(error)),
    );
  }
  return errors;
}

if (isMainThread) {
  const [file = '', threads = '1', writes = '1'] = process.argv.slice(2);
  const data = { file, writes: Number(writes) };
  const workers = Array.from(
    { length: Number(threads) },
    () => new Worker(fileURLToPath(import.meta.url), { workerData: data }),
  );
  const results = await Promise.all(
    workers.map(
      (worker) =>
        new Promise<string[]>((resolve, reject) => worker.once('message', resolve).once('error', reject)),
    ),
  );
  console.log(JSON.stringify(results.flat()));
} else {
  const { file, writes } = workerData as { file: string; writes: number };
  parentPort?.postMessage(await writeAgainAndAgain(file, writes));
}
