import * as fs from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { KernelLock } from './lock.ts';

/** man 2 open on macOS: take an exclusive flock(2) together with the open, which the kernel frees with the descriptor. */
const exclusiveLock = 0x20;
const pollMs = 25;

/** One folder a user, so that nobody else's lock files stand in the way. */
function lockFolder(): string {
  return path.join(os.tmpdir(), `atomic-index-locks-${process.getuid?.() ?? 0}`);
}

/**
 * A lock for one host by `O_EXLOCK`, for macOS, which has neither abstract sockets nor pipes of that kind. The lock
 * files are empty and stay: removing one while another process opens it would let two in.
 */
export const fileLock: KernelLock = {
  async tryAcquire(key) {
    await mkdir(lockFolder(), { recursive: true, mode: 0o700 });
    const flags = fs.constants.O_CREAT | fs.constants.O_RDWR | fs.constants.O_NONBLOCK | exclusiveLock;
    try {
      const handle = await open(path.join(lockFolder(), key), flags, 0o600);
      return () => handle.close();
    } catch (error) {
      // EWOULDBLOCK has the same number as EAGAIN.
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return null;
      throw error;
    }
  },

  async waitForRelease(_key, signal) {
    await setTimeout(pollMs, undefined, { signal }).catch(() => undefined);
  },
};
