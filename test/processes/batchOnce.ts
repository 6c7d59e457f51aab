/**
 * Writes the files of `test/support/batchOfFive.ts` as one batch and prints as JSON how each ended:
 * `node batchOnce.js <folder> <options as JSON>`.
 */
import { AtomicBatchError, AtomicWriteError, atomicWriteBatch } from '../../src/atomic-write/index.ts';
import { batchOfFive } from '../support/batchOfFive.ts';

const [folder = '', options = '{}'] = process.argv.slice(2);

function describe(result: unknown): object {
  if (result instanceof AtomicWriteError) return { step: result.step, code: result.code };
  return { outcome: 'written' };
}

try {
  const results = await atomicWriteBatch(batchOfFive(folder), {
    journalFolder: folder,
    ...JSON.parse(options),
  });
  console.log(JSON.stringify({ results: results.map(describe) }));
} catch (error) {
  if (error instanceof AtomicBatchError)
    console.log(JSON.stringify({ results: error.results.map(describe) }));
  else if (error instanceof AtomicWriteError) console.log(JSON.stringify({ error: describe(error) }));
  else throw error;
}
