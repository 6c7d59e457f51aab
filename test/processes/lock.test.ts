import assert from 'node:assert/strict';
import { once } from 'node:events';
import { acquireLock, lockKeyOf } from '../../src/lock/index.ts';
import { isLongForm } from '../support/longForm.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { LockProcesses } from './lockProcesses.ts';

/** On this host by the kernel; on the volume as if each process ran on a host of its own. */
for (const tier of ['host', 'volume'] as const) {
  describe(`the lock between processes (${tier})`, function () {
    this.timeout(isLongForm ? 900_000 : 60_000);
    const folder = useTempFolder();
    const processes = new LockProcesses(() => folder.at('index.md'), tier);
    // A failed test must not leave a holder behind that lives for ever.
    afterEach(() => processes.killAll());

    it('never has two holders while holders are killed', async () => {
      const entriesEach = isLongForm ? 2_500 : tier === 'host' ? 100 : 40;
      let isDone = false;
      let kills = 0;
      const steady = Array.from({ length: 4 }, async () => {
        const [code] = await once(processes.start(`${entriesEach}`), 'exit');
        assert.equal(code, 0);
      });
      const victims = Array.from({ length: 2 }, async () => {
        while (!isDone) {
          const child = processes.start('1000000');
          const exit = once(child, 'exit');
          await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 120));
          child.kill('SIGKILL');
          assert.deepEqual(await exit, [null, 'SIGKILL']);
          kills++;
        }
      });
      await Promise.all(steady).finally(() => {
        isDone = true;
      });
      await Promise.all(victims);
      assert.ok(kills >= (isLongForm ? 200 : 3), `only ${kills} holders were killed`);
    });

    it('lets one of many in when they find the holder dead', async () => {
      const waiters = await Promise.all(Array.from({ length: 8 }, () => processes.startWaiter()));
      const rounds = isLongForm ? 500 : 10;
      for (let round = 0; round < rounds; round++) {
        const holder = await processes.startHolder();
        const entered = waiters.map((waiter) => waiter.enter());
        const exit = once(holder.child, 'exit');
        holder.child.kill('SIGKILL');
        await exit;
        assert.deepEqual(await Promise.all(entered), Array(8).fill('done'), `round ${round}`);
      }
    });
  });
}

describe('the lock of this host', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const processes = new LockProcesses(() => folder.at('index.md'), 'host');
  afterEach(() => processes.killAll());

  it('passes to a waiter at once when the holder is killed, who had been told of the holder', async () => {
    const { child } = await processes.startHolder();
    const key = await lockKeyOf(folder.at('index.md'));
    const told: unknown[] = [];
    const lock = await acquireLock(key, {
      program: 'waiter',
      timeoutMs: 30_000,
      onWait: (holder) => {
        told.push(holder?.pid);
        if (holder !== undefined) child.kill('SIGKILL');
      },
    });
    assert.deepEqual(told, [child.pid]);
    await lock.release();
  });

  it('says so when the holder does not come to an end', async () => {
    const { child } = await processes.startHolder();
    const key = await lockKeyOf(folder.at('index.md'));
    await assert.rejects(acquireLock(key, { program: 'test', timeoutMs: 200 }), {
      name: 'LockError',
      code: 'TIMEOUT',
      message: new RegExp(`^test \\(process ${child.pid}\\) has been at work`),
    });
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    await (await acquireLock(key, { program: 'test', timeoutMs: 5_000 })).release();
  });

  it('is released although a waiter is stopped and reads nothing', async function () {
    if (process.platform === 'win32') this.skip();
    const key = await lockKeyOf(folder.at('index.md'));
    const lock = await acquireLock(key, { program: 'test', timeoutMs: 5_000 });
    const waiter = await processes.startWaiter();
    const done = waiter.enter();
    const stopped = await processes.startWaiter();
    const doneLater = stopped.enter();
    stopped.child.kill('SIGSTOP');
    await lock.release('x'.repeat(1024 * 1024));
    assert.equal(await done, 'done');
    stopped.child.kill('SIGCONT');
    assert.equal(await doneLater, 'done');
  });
});

describe('a holder that is stopped for longer than its lease', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const processes = new LockProcesses(() => folder.at('index.md'), 'volume', 400);
  afterEach(() => processes.killAll());

  it('is overtaken by another host, and the fence tells it so when it goes on', async function () {
    if (process.platform === 'win32') this.skip();
    const holder = await processes.startHolder();
    assert.equal(await holder.askFence(), 'held');
    holder.child.kill('SIGSTOP');
    const next = await processes.startHolder();
    assert.equal(await next.askFence(), 'held');
    holder.child.kill('SIGCONT');
    assert.equal(await holder.askFence(), 'LOST');
    assert.equal(await next.askFence(), 'held');
  });
});
