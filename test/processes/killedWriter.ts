/**
 * Writes files until it is killed: `node killedWriter.js <folder> <seed>`.
 *
 * `a.txt` is written by single writes and streams, `b.txt` and `sub/c.txt` always as one batch with one version. Says
 * `ready` after its first batch, and goes on when it is sent a line.
 */
import { once } from 'node:events';
import * as path from 'node:path';
import {
  AtomicFile,
  atomicWriteBatch,
  atomicWriteText,
  type Durability,
} from '../../src/atomic-write/index.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { wholeText } from '../support/wholeText.ts';

const [folder = '', seed = '1'] = process.argv.slice(2);
const random = seededRandom(Number(seed));
const at = (...parts: string[]) => path.join(folder, ...parts);
const text = (most = 300_000) => wholeText(`${seed}.${random()}`, Math.floor(random() * most));
const durability = () => (random() < 0.3 ? 'full' : 'none');

function writeBatch(content: string, durability: Durability): Promise<unknown> {
  const entries = [at('b.txt'), at('sub', 'c.txt')].map((file) => ({ path: file, content }));
  return atomicWriteBatch(entries, { journalFolder: folder, durability });
}

async function writeStream(): Promise<void> {
  const content = text();
  const file = await AtomicFile.open(at('a.txt'), { durability: durability() });
  for (let start = 0; start < content.length; start += 50_000) {
    await file.write(content.slice(start, start + 50_000));
  }
  await file.commit();
}

await writeBatch(text(100), 'none');
await atomicWriteText(at('a.txt'), text(100), { durability: 'none' });
console.log('ready');
await once(process.stdin, 'data');
for (;;) {
  const choice = random();
  if (choice < 0.5) await writeBatch(text(), durability());
  else if (choice < 0.8) await atomicWriteText(at('a.txt'), text(), { durability: durability() });
  else await writeStream();
}
