import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type ShortCall, shortCalls } from '../../../src/atomic-write/shortCalls.ts';

/** Calls that take as long as they are told to, by a clock that nothing else moves. */
class Calls {
  #now = 0;
  readonly #shortCall: ShortCall = shortCalls(() => this.#now);
  readonly places: ('here' | 'pool')[] = [];
  readonly make = this.#shortCall(
    (tookMs: number) => {
      this.places.push('here');
      this.#now += tookMs;
      return tookMs;
    },
    async (tookMs: number) => {
      this.places.push('pool');
      return tookMs;
    },
  );

  pass(ms: number): void {
    this.#now += ms;
  }

  /** Makes calls one after another and tells where they were made. */
  async placesOf(...tookMs: readonly number[]): Promise<readonly string[]> {
    this.places.length = 0;
    for (const ms of tookMs) assert.equal(await this.make(ms), ms);
    return [...this.places];
  }
}

describe('short calls', () => {
  it('are made on this thread, before the function returns', () => {
    const calls = new Calls();
    void calls.make(0.1);
    assert.deepEqual(calls.places, ['here']);
  });

  it('give the errors of the call', async () => {
    const shortCall = shortCalls(() => 0);
    const fail = () => {
      throw new RangeError('no such thing');
    };
    await assert.rejects(shortCall(fail, async () => undefined)(), RangeError);
  });

  it('stop for the rest of a turn of the event loop when they have taken 4 ms of it', async () => {
    const calls = new Calls();
    const perTurn: number[] = [];
    const counting = (async () => {
      for (let before = 0; before < 20; before = calls.places.length) {
        await setImmediate();
        perTurn.push(calls.places.length - before);
      }
    })();
    await Promise.all([counting, ...Array.from({ length: 20 }, () => calls.make(0.9))]);
    assert.deepEqual(perTurn, [5, 5, 5, 5]);
    assert.ok(!calls.places.includes('pool'));
  });

  it('go to the pool after a long one, for twenty times as long', async () => {
    const calls = new Calls();
    assert.deepEqual(await calls.placesOf(0.1, 10, 0.1, 0.1), ['here', 'here', 'pool', 'pool']);
    calls.pass(199);
    assert.deepEqual(await calls.placesOf(0.1), ['pool']);
    calls.pass(2);
    assert.deepEqual(await calls.placesOf(0.1), ['here']);
  });

  it('go to the pool after a long one that failed, too', async () => {
    let now = 0;
    const places: string[] = [];
    const call = shortCalls(() => now)(
      () => {
        places.push('here');
        now += 10;
        throw new Error('no answer');
      },
      async () => places.push('pool'),
    );
    await assert.rejects(call());
    await call();
    assert.deepEqual(places, ['here', 'pool']);
  });

  it('are hardly ever tried where all are long: each one that is doubles the time, to a minute', async () => {
    const calls = new Calls();
    let long = 0;
    for (let ms = 0; ms < 10 * 60_000; ms += 50) {
      if ((await calls.placesOf(5))[0] === 'here') long++;
      calls.pass(50);
    }
    assert.ok(long < 20, `${long} calls of 5 ms in ten minutes`);
    calls.pass(60_000);
    assert.deepEqual(await calls.placesOf(5), ['here']);
  });

  it('forget a long one after 256 short ones', async () => {
    const calls = new Calls();
    await calls.placesOf(10);
    calls.pass(201);
    await calls.placesOf(...Array.from({ length: 256 }, () => 0.01));
    await calls.placesOf(10);
    calls.pass(201);
    assert.deepEqual(await calls.placesOf(0.1), ['here']);
  });
});
