import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { acquireLock } from '../../../src/lock/index.ts';

describe('the address of the lock on Linux', () => {
  it('is as long as an address can be, so that every version of Node means the same one', async function () {
    if (process.platform !== 'linux') return this.skip();
    const key = `address-${process.pid}-${Date.now()}`;
    const lock = await acquireLock(key, { program: 'test', timeoutMs: 1_000 });
    // The kernel lists every byte of a name, with "@" for zero (man 5 proc_pid_net).
    const [name] =
      readFileSync('/proc/net/unix', 'utf8').match(new RegExp(`@atomic-index-${key}@*$`, 'm')) ?? [];
    await lock.release();
    assert.equal(name?.length, 108);
  });
});
