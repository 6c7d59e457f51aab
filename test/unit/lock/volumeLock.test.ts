import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { acquireLock, type LockOptions, sharesVolume } from '../../../src/lock/index.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('the lock on the volume', () => {
  const folder = useTempFolder();
  let count = 0;
  // Two hosts that share a folder have the same volume lock and different locks of their kernels.
  const fromAnotherHost = (more: Partial<LockOptions> = {}, leaseMs = 60_000) =>
    acquireLock(`host-${process.pid}-${Date.now()}-${count++}`, {
      program: 'test',
      timeoutMs: 10_000,
      volume: { folder: folder.at('locks'), key: 'index', leaseMs },
      ...more,
    });
  const entries = () =>
    fs
      .readdirSync(folder.at('locks', 'index'))
      .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  /** What a holder leaves that another machine knows nothing of. */
  const plantStranger = (number: number, text = '') => {
    fs.mkdirSync(folder.at('locks', 'index'), { recursive: true });
    fs.writeFileSync(folder.at('locks', 'index', `${number}`), text);
  };

  it('lets one in at a time and leaves its last entries, which git does not see', async () => {
    let inside = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const lock = await fromAnotherHost();
        assert.equal(++inside, 1);
        await lock.assertHeld();
        await new Promise((resolve) => setTimeout(resolve, 1));
        inside--;
        await lock.release();
      }),
    );
    assert.deepEqual(entries(), ['5', '5.free', '6', '6.free', '7', '7.free', '8', '8.free']);
    assert.equal(fs.readFileSync(folder.at('locks', '.gitignore'), 'utf8'), '*\n');
  });

  it('hands the note of a holder to who had begun to wait before it came', async () => {
    const first = await fromAnotherHost();
    const begun = process.hrtime.bigint();
    const waiting = fromAnotherHost({ requestedAt: begun });
    await first.release('old news');
    const second = await waiting;
    assert.deepEqual(second.notes, []);
    await second.release('news');
    const third = await fromAnotherHost({ requestedAt: begun });
    assert.deepEqual(third.notes, ['news']);
    await third.release();
  });

  it('passes by a holder that is proven dead, at once', async () => {
    const lock = await fromAnotherHost();
    const text = fs.readFileSync(folder.at('locks', 'index', '1'), 'utf8');
    // The same process as it was before it began: its number was given to this one since.
    const dead = text.replace(/"startTime":\d+/, '"startTime":1');
    assert.notEqual(dead, text);
    await lock.release();
    plantStranger(2, dead);
    const next = await fromAnotherHost();
    assert.deepEqual(entries(), ['1', '1.free', '2', '3']);
    await next.release();
  });

  it('waits for a stranger that gives signs of life, and passes by one that gives none for a lease', async () => {
    plantStranger(7, 'beat 0');
    const waiting = fromAnotherHost({}, 300);
    const beats = 5;
    for (let beat = 1; beat <= beats; beat++) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      assert.deepEqual(entries(), ['7'], `after ${beat} beats`);
      fs.writeFileSync(folder.at('locks', 'index', '7'), `beat ${beat}`);
    }
    const lock = await waiting;
    assert.deepEqual(entries(), ['7', '8']);
    await lock.release();
  });

  it('tells a holder by the fence that it was overtaken, and never takes the place back from the next one', async () => {
    const lock = await fromAnotherHost();
    await lock.assertHeld();
    // What the next one does once it takes this one for dead.
    plantStranger(2, 'alive');
    fs.rmSync(folder.at('locks', 'index', '1'));
    await assert.rejects(lock.assertHeld(), { name: 'LockError', code: 'LOST' });
    await lock.release('nothing');
    await assert.rejects(fromAnotherHost({ timeoutMs: 100 }), { code: 'TIMEOUT' });
  });

  it('gives signs of life while it is held, and none afterwards', async () => {
    const lock = await fromAnotherHost({}, 80);
    const file = folder.at('locks', 'index', '1');
    const first = fs.readFileSync(file, 'utf8');
    while (fs.readFileSync(file, 'utf8') === first) await new Promise((resolve) => setTimeout(resolve, 5));
    await lock.release();
    const last = fs.readFileSync(file, 'utf8');
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(fs.readFileSync(file, 'utf8'), last);
  });

  it('says so when the folder can not be used, and lets the next one of this process try', async () => {
    fs.writeFileSync(folder.at('locks'), 'a file');
    await assert.rejects(fromAnotherHost(), { code: 'UNAVAILABLE', message: /lock scope "host"/ });
  });

  it('is not made a second time under a number that was used, by one who has seen it before its end', async () => {
    const first = await fromAnotherHost();
    // What the next one does, between its list and its entry: the number that it found free is taken and given back.
    await first.release();
    const second = await fromAnotherHost();
    await second.release();
    assert.throws(() => fs.writeFileSync(folder.at('locks', 'index', '2'), '', { flag: 'wx' }), {
      code: 'EEXIST',
    });
    assert.throws(() => fs.writeFileSync(folder.at('locks', 'index', '1'), '', { flag: 'wx' }), {
      code: 'EEXIST',
    });
  });

  it('gives up at the timeout', async () => {
    plantStranger(1, 'alive');
    await assert.rejects(fromAnotherHost({ timeoutMs: 50 }), { code: 'TIMEOUT' });
  });

  it('is wanted where somebody has wanted it before, and not on a disk of this machine', async function () {
    if (process.platform === 'win32') this.skip();
    assert.equal(await sharesVolume(folder.path, folder.at('locks')), false);
    fs.mkdirSync(folder.at('locks'));
    assert.equal(await sharesVolume(folder.path, folder.at('locks')), true);
  });
});
