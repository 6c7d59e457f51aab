import assert from 'node:assert/strict';
import { TimeSlice } from '../../../../src/core/scan/timeSlice.ts';

describe('TimeSlice', () => {
  it('gives way when work has gone on for a while, and then begins anew', async () => {
    let nowMs = 1000;
    const slice = new TimeSlice(() => nowMs);
    let turns = 0;
    const count = (): void => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    try {
      nowMs += 5;
      await slice.giveWay();
      assert.equal(turns, 0);
      nowMs += 5;
      await slice.giveWay();
      assert.equal(turns, 1);
      nowMs += 5;
      await slice.giveWay();
      assert.equal(turns, 1);
      nowMs += 50;
      await slice.giveWay();
      assert.equal(turns, 2);
    } finally {
      clearImmediate(timer);
    }
  });
});
