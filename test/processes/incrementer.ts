/**
 * Adds 1 to the number in a file again and again: `node incrementer.js <file> <times> <locked|plain>`. Each time it
 * reads, and writes only if the file is still what it read, else it begins again. Prints how often that was.
 */
import { readFile } from 'node:fs/promises';
import { AtomicWriteError, atomicWriteText } from '../../src/atomic-write/index.ts';
import { acquireLock, lockKeyOf } from '../../src/lock/index.ts';

const [file = '', times = '1', way = 'locked'] = process.argv.slice(2);

async function increment(): Promise<boolean> {
  const expected = await readFile(file);
  try {
    await atomicWriteText(file, `${Number(expected) + 1}`, { expected, durability: 'none' });
    return true;
  } catch (error) {
    if (error instanceof AtomicWriteError && error.code === 'CONFLICT') return false;
    throw error;
  }
}

const key = await lockKeyOf(file);
let conflicts = 0;
for (let done = 0; done < Number(times); ) {
  if (way === 'plain') {
    if (await increment()) done++;
    else conflicts++;
    continue;
  }
  const lock = await acquireLock(key, { program: 'test', timeoutMs: 120_000 });
  try {
    if (await increment()) done++;
    else conflicts++;
  } finally {
    await lock.release();
  }
}
console.log(conflicts);
