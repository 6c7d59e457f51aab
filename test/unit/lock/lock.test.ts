import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { acquireLock, lockKeyOf } from '../../../src/lock/index.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('acquireLock in one process', () => {
  let count = 0;
  const freshKey = () => `test-${process.pid}-${Date.now()}-${count++}`;

  it('lets one in at a time, in the order of the calls', async () => {
    const key = freshKey();
    const order: number[] = [];
    let inside = 0;
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const lock = await acquireLock(key, { program: 'test', timeoutMs: 10_000 });
        assert.equal(++inside, 1);
        order.push(n);
        await new Promise((resolve) => setTimeout(resolve, 1));
        inside--;
        await lock.release();
      }),
    );
    assert.deepEqual(
      order,
      Array.from({ length: 20 }, (_, n) => n),
    );
  });

  it('does not let different keys wait for one another', async () => {
    const first = await acquireLock(freshKey(), { program: 'test', timeoutMs: 1_000 });
    const second = await acquireLock(freshKey(), { program: 'test', timeoutMs: 1_000 });
    await second.release();
    await first.release();
  });

  it('gives up at the timeout or the signal, and the next one still gets its turn', async () => {
    const key = freshKey();
    const lock = await acquireLock(key, { program: 'test', timeoutMs: 1_000 });
    await assert.rejects(acquireLock(key, { program: 'test', timeoutMs: 20 }), { code: 'TIMEOUT' });
    const controller = new AbortController();
    const waiting = acquireLock(key, { program: 'test', timeoutMs: 10_000, signal: controller.signal });
    const next = acquireLock(key, { program: 'test', timeoutMs: 10_000 });
    controller.abort();
    await assert.rejects(waiting, { code: 'ABORTED' });
    await lock.release();
    await lock.release();
    await (await next).release();
  });
});

describe('lockKeyOf', () => {
  const folder = useTempFolder();

  it('is one for all ways to a file, also before it and its folder exist', async () => {
    fs.mkdirSync(folder.at('real'));
    const key = await lockKeyOf(folder.at('real', 'Index.md'));
    assert.equal(await lockKeyOf(folder.at('real', 'index.md')), key);
    if (process.platform !== 'win32') {
      fs.symlinkSync('real', folder.at('alias'));
      assert.equal(await lockKeyOf(folder.at('alias', 'Index.md')), key);
    }
    assert.match(await lockKeyOf(folder.at('real', 'no', 'such', 'index.md')), /^[0-9a-f]{32}$/);
  });

  it('differs between names and between folders', async () => {
    fs.mkdirSync(folder.at('a'));
    fs.mkdirSync(folder.at('b'));
    const keys = [folder.at('a', 'x'), folder.at('a', 'y'), folder.at('b', 'x')].map((file) =>
      lockKeyOf(file),
    );
    assert.equal(new Set(await Promise.all(keys)).size, 3);
  });
});
