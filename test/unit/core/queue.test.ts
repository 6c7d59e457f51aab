import assert from 'node:assert/strict';
import { type Clock, createQueue, type QueueOptions } from '../../../src/core/queue.ts';
import type { Report, Trigger } from '../../../src/core/types.ts';

/** A clock that stands still until it is told to go on. */
class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; action: () => void }[] = [];

  now() {
    return this.#now;
  }

  after(delayMs: number, action: () => void) {
    const timer = { at: this.#now + delayMs, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  async advance(ms: number) {
    this.#now += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.#now);
    this.#timers = this.#timers.filter((timer) => timer.at > this.#now);
    for (const timer of due) timer.action();
    await settle();
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const trigger = (name: string): Trigger => ({ kind: 'save', relativePaths: [name] });

function start(options: Partial<QueueOptions> = {}) {
  const clock = new FakeClock();
  const runs: { names: string[]; end: () => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
  const queue = createQueue({
    run: (triggers, signal) =>
      new Promise((resolve, reject) => {
        const names = triggers.flatMap((one) => one.relativePaths);
        runs.push({
          names,
          signal,
          fail: reject,
          end: () => resolve({ absoluteRoot: names.join() } as Report),
        });
      }),
    debounceMs: () => 100,
    maxWaitMs: 1000,
    clock,
    ...options,
  });
  return { clock, runs, queue };
}

describe('the queue', () => {
  it('makes one run of many requests, once it is quiet', async () => {
    const { clock, runs, queue } = start();
    const promises = ['a', 'b', 'c'].map((name) => queue.request(trigger(name)));
    await clock.advance(99);
    assert.equal(runs.length, 0);
    await clock.advance(1);
    assert.deepEqual(
      runs.map((run) => run.names),
      [['a', 'b', 'c']],
    );
    runs[0]?.end();
    const reports = await Promise.all(promises);
    assert.equal(new Set(reports).size, 1);
  });

  it('puts the run off while events keep coming, but not for ever', async () => {
    const { clock, runs, queue } = start();
    for (let n = 0; n < 30 && runs.length === 0; n++) {
      void queue.request(trigger(`${n}`));
      await clock.advance(50);
    }
    assert.equal(clock.now(), 1000);
    assert.equal(runs[0]?.names.length, 20);
  });

  it('runs at once when asked to, and takes along what waits', async () => {
    const { runs, queue } = start();
    void queue.request(trigger('a'));
    void queue.request(trigger('b'), 'now');
    assert.deepEqual(runs[0]?.names, ['a', 'b']);
  });

  it('never runs twice at a time: what comes during a run becomes one next run', async () => {
    const { clock, runs, queue } = start();
    void queue.request(trigger('a'), 'now');
    const later = [queue.request(trigger('b'), 'now'), queue.request(trigger('c'))];
    await clock.advance(500);
    assert.equal(runs.length, 1);
    assert.equal(queue.isRunning, true);
    runs[0]?.end();
    await settle();
    assert.deepEqual(runs[1]?.names, ['b', 'c']);
    runs[1]?.end();
    await Promise.all(later);
    assert.equal(queue.isRunning, false);
  });

  it('waits while git is at work, up to the limit, but not when asked to run now', async () => {
    let isBusy = true;
    const { clock, runs, queue } = start({ isHeld: async () => isBusy });
    void queue.request(trigger('a'));
    await clock.advance(100);
    await clock.advance(100);
    assert.equal(runs.length, 0);
    isBusy = false;
    await clock.advance(100);
    assert.equal(runs.length, 1);
    runs[0]?.end();
    await settle();
    isBusy = true;
    void queue.request(trigger('b'), 'now');
    assert.equal(runs.length, 2);
    runs[1]?.end();
    await settle();
    void queue.request(trigger('c'));
    for (let n = 0; n < 10; n++) await clock.advance(100);
    assert.equal(runs.length, 3);
  });

  it('tells every caller of a run that failed, and goes on', async () => {
    const { runs, queue } = start();
    const first = queue.request(trigger('a'), 'now');
    runs[0]?.fail(new Error('bug'));
    await assert.rejects(first, /bug/);
    const second = queue.request(trigger('b'), 'now');
    runs[1]?.end();
    await second;
  });

  it('aborts the run on cancel, and what waits runs afterwards', async () => {
    const { runs, queue } = start();
    void queue.request(trigger('a'), 'now');
    void queue.request(trigger('b'), 'now');
    queue.cancel();
    assert.equal(runs[0]?.signal.aborted, true);
    runs[0]?.end();
    await settle();
    assert.equal(runs[1]?.signal.aborted, false);
  });

  it('ends the run and refuses what waits when it is disposed of', async () => {
    const { runs, queue } = start();
    void queue.request(trigger('a'), 'now');
    const waiting = assert.rejects(queue.request(trigger('b')), { name: 'QueueClosedError' });
    const end = queue.dispose();
    assert.equal(runs[0]?.signal.aborted, true);
    runs[0]?.end();
    await end;
    await waiting;
    await assert.rejects(queue.request(trigger('c')), { name: 'QueueClosedError' });
    assert.equal(runs.length, 1);
  });
});
