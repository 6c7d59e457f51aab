import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { acquireLock, lockKeyOf } from '../../src/lock/index.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const script = repositoryFile('out', 'test', 'processes', 'lockHolder.js');

describe('the lock between processes', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const children: ChildProcess[] = [];
  // A failed test must not leave a holder behind that lives for ever.
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  const holder = (entries: number): ChildProcess => {
    const child = spawn(process.execPath, [script, folder.at('index.md'), `${entries}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  };

  it('never has two holders while holders are killed', async () => {
    let entries = 0;
    const steady = Array.from({ length: 4 }, async () => {
      const child = holder(100);
      const [code] = await once(child, 'exit');
      assert.equal(code, 0);
      entries += 100;
    });
    let kills = 0;
    let isDone = false;
    const victims = Array.from({ length: 2 }, async () => {
      while (!isDone) {
        const child = holder(1_000_000);
        const exit = once(child, 'exit');
        await new Promise((resolve) => setTimeout(resolve, 60 + Math.random() * 120));
        child.kill('SIGKILL');
        const [code, signal] = await exit;
        assert.deepEqual([code, signal], [null, 'SIGKILL']);
        kills++;
      }
    });
    await Promise.all(steady).finally(() => {
      isDone = true;
    });
    await Promise.all(victims);
    assert.equal(entries, 400);
    assert.ok(kills > 2, `only ${kills} holders were killed`);
  });

  it('passes to a waiter at once when the holder is killed', async () => {
    const child = holder(0);
    await once(child.stdout ?? child, 'data');
    const key = await lockKeyOf(folder.at('index.md'));
    let isWaiting = false;
    const waiting = acquireLock(key, {
      timeoutMs: 30_000,
      onWait: () => {
        isWaiting = true;
        child.kill('SIGKILL');
      },
    });
    const lock = await waiting;
    assert.equal(isWaiting, true);
    await lock.release();
  });

  it('says so when the holder does not come to an end', async () => {
    const child = holder(0);
    await once(child.stdout ?? child, 'data');
    const key = await lockKeyOf(folder.at('index.md'));
    await assert.rejects(acquireLock(key, { timeoutMs: 100 }), { name: 'LockError', code: 'TIMEOUT' });
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    await (await acquireLock(key, { timeoutMs: 5_000 })).release();
  });
});
