import assert from 'node:assert/strict';
import { acquireLock, type Holder } from '../../../src/lock/index.ts';

describe('what a holder leaves to those who wait', () => {
  let count = 0;
  const freshKey = () => `note-${process.pid}-${Date.now()}-${count++}`;
  const take = (key: string, requestedAt?: bigint) =>
    acquireLock(key, {
      program: 'test',
      timeoutMs: 5_000,
      ...(requestedAt === undefined ? {} : { requestedAt }),
    });

  it('is told to who asked before the holder took the lock', async () => {
    const key = freshKey();
    const requestedAt = process.hrtime.bigint();
    await (await take(key)).release('done');
    const late = await take(key, requestedAt);
    assert.deepEqual(late.notes, ['done']);
    await late.release();
  });

  it('is not told to who asked after that: the holder may have read what was there before', async () => {
    const key = freshKey();
    const lock = await take(key);
    const waiting = take(key);
    await lock.release('done');
    const next = await waiting;
    assert.deepEqual(next.notes, []);
    await next.release();
  });

  it('is nothing when the holder had nothing to say', async () => {
    const key = freshKey();
    const requestedAt = process.hrtime.bigint();
    await (await take(key)).release();
    const next = await take(key, requestedAt);
    assert.deepEqual(next.notes, []);
    await next.release();
  });

  it('comes with who it is, while it is still at work', async () => {
    const key = freshKey();
    const lock = await take(key);
    const holders: (Holder | undefined)[] = [];
    const waiting = acquireLock(key, {
      program: 'another',
      timeoutMs: 5_000,
      onWait: (holder) => holders.push(holder),
    });
    await lock.release();
    await (await waiting).release();
    assert.deepEqual(
      holders.map((holder) => [holder?.name, holder?.pid]),
      [['test', process.pid]],
    );
    assert.ok(Math.abs((holders[0]?.since ?? 0) - Date.now()) < 60_000);
  });

  it('names the holder in the error of who has waited too long', async () => {
    const key = freshKey();
    const lock = await take(key);
    await assert.rejects(acquireLock(key, { program: 'test', timeoutMs: 10 }), {
      code: 'TIMEOUT',
      message: `test (process ${process.pid}) has been at work on it, and 0.01 s of waiting were not enough`,
    });
    await lock.release();
  });
});
