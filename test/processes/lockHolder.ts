/**
 * Takes a lock again and again and looks whether it is alone inside:
 * `node lockHolder.js <file> <host|volume> <entries|stay|wait> <lease in ms>`.
 *
 * `<file>.inside` holds the number of the process inside. One that was killed there can't take it away, so a number of a
 * dead process is no second holder. Exits with 2 when a living one is found. With `stay` it enters once, says so, and
 * asks the fence for each line that it is given. With `wait` it enters once for each line.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { createInterface } from 'node:readline';
import { acquireLock, type Lock, lockKeyOf } from '../../src/lock/index.ts';

const [file = '', tier = 'host', task = '1', leaseMs = '10000'] = process.argv.slice(2);
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

async function enter(): Promise<Lock> {
  const common = { program: 'test', timeoutMs: 60_000 };
  if (tier === 'host') return acquireLock(await lockKeyOf(file), common);
  // As on another host: its kernel knows nothing of the others' locks.
  const volume = { folder: `${file}.locks`, key: 'index', leaseMs: Number(leaseMs) };
  return acquireLock(randomUUID(), { ...common, volume });
}

async function enterAndLookAround(): Promise<void> {
  const lock = await enter();
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

if (task === 'stay') {
  const lock = await enter();
  fs.writeFileSync(inside, `${process.pid}`);
  console.log('inside');
  for await (const _ of createInterface(process.stdin)) {
    await lock.assertHeld().then(
      () => console.log('held'),
      (error) => console.log(error.code),
    );
  }
} else if (task === 'wait') {
  console.log('ready');
  for await (const _ of createInterface(process.stdin)) {
    await enterAndLookAround();
    console.log('done');
  }
} else {
  for (let n = 0; n < Number(task); n++) await enterAndLookAround();
}
