/**
 * What the lock costs: taken alone, in each tier, and how soon a waiter is in after the holder was killed.
 *
 * `npm run bench:lock`. Times are wall-clock on a machine that may be busy, so the median counts and the worst is shown.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { acquireLock } from '../../src/lock/index.ts';
import { LockProcesses } from '../../test/processes/lockProcesses.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'atomic-index-bench-lock-'));
const times = 500;
const kills = 50;

function describe(name: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2);
  console.log(
    `| ${name} | ${at(0.5)} | ${at(0.95)} | ${(sorted.at(-1) ?? 0).toFixed(2)} | ${values.length} |`,
  );
}

async function alone(volume: boolean): Promise<number[]> {
  const values: number[] = [];
  for (let n = 0; n < times; n++) {
    const startedAt = performance.now();
    const lock = await acquireLock(randomUUID(), {
      program: 'bench',
      timeoutMs: 10_000,
      ...(volume ? { volume: { folder: path.join(folder, 'alone'), key: 'index' } } : {}),
    });
    await lock.release();
    values.push(performance.now() - startedAt);
  }
  return values;
}

async function recovery(tier: 'host' | 'volume'): Promise<number[]> {
  const values: number[] = [];
  const processes = new LockProcesses(() => path.join(folder, `${tier}.md`), tier);
  const waiters = await Promise.all(Array.from({ length: 8 }, () => processes.startWaiter()));
  for (let n = 0; n < kills; n++) {
    const holder = await processes.startHolder();
    const entered = waiters.map((waiter) => waiter.enter());
    const exit = once(holder.child, 'exit');
    holder.child.kill('SIGKILL');
    await exit;
    const killedAt = performance.now();
    await Promise.race(entered);
    values.push(performance.now() - killedAt);
    await Promise.all(entered);
  }
  processes.killAll();
  return values;
}

console.log('| ms | median | 95 % | worst | times |\n|---|---|---|---|---|');
describe('take and release alone, host', await alone(false));
describe('take and release alone, host and volume', await alone(true));
describe('first of 8 waiters in after a SIGKILL, host', await recovery('host'));
describe('first of 8 waiters in after a SIGKILL, volume', await recovery('volume'));
rmSync(folder, { recursive: true });
