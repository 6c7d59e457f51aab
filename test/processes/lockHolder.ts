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

/**
 * Tells whether a process can still do anything. One that was killed keeps its number until its parent has heard of it,
 * and the kernel frees its lock while it is still on its way out.
 */
async function isAlive(pid: number): Promise<boolean> {
  if (pid === process.pid) return false;
  for (let tries = 0; tries < 200; tries++) {
    try {
      process.kill(pid, 0);
      if (process.platform === 'linux') return !isEnding(pid);
    } catch {
      return false;
    }
    // Elsewhere nothing tells a process on its way out from another but that it is gone soon.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

/** By its state and the flag PF_EXITING (man 5 proc_pid_stat, fields 3 and 9; include/linux/sched.h). */
function isEnding(pid: number): boolean {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' || (Number(fields[6]) & 0x4) !== 0;
}

const key = await lockKeyOf(file);
for (let n = 0; n < Number(entries); n++) {
  const lock = await acquireLock(key, { timeoutMs: 30_000 });
  const other = fs.existsSync(inside) ? Number(fs.readFileSync(inside, 'utf8')) : 0;
  if (other !== 0 && (await isAlive(other))) {
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
