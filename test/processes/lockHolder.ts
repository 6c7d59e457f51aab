/**
 * Takes a lock again and again and looks whether it is alone inside: `node lockHolder.js <file> <entries>`.
 *
 * `<file>.inside` holds the number of the process inside. One that was killed there can't take it away, so a number of a
 * dead process is no second holder. Exits with 2 when a living one is found. With 0 entries it enters and stays.
 */
import * as fs from 'node:fs';
import { acquireLock, lockKeyOf } from '../../src/lock/index.ts';

const [file = '', entries = '1'] = process.argv.slice(2);
const inside = `${file}.inside`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}

const key = await lockKeyOf(file);
for (let n = 0; n < Number(entries); n++) {
  const lock = await acquireLock(key, { timeoutMs: 30_000 });
  const other = fs.existsSync(inside) ? Number(fs.readFileSync(inside, 'utf8')) : 0;
  if (other !== 0 && isAlive(other)) {
    console.log(`two holders: ${process.pid} and ${other}`);
    process.exit(2);
  }
  fs.writeFileSync(inside, `${process.pid}`);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 2));
  fs.rmSync(inside);
  await lock.release();
}
if (Number(entries) === 0) {
  await acquireLock(key, { timeoutMs: 30_000 });
  console.log('inside');
  setInterval(() => undefined, 1000);
}
