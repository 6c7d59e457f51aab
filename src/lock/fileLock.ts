import * as fs from 'node:fs';
import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Card, fromLine, toLine } from './card.ts';
import type { Farewell, KernelLock } from './kernelLock.ts';

/** man 2 open on macOS: take an exclusive flock(2) together with the open, which the kernel frees with the descriptor. */
const exclusiveLock = 0x20;
const pollMs = 25;

/** One folder a user, so that nobody else's lock files stand in the way. */
function lockFolder(): string {
  return path.join(os.tmpdir(), `atomic-index-locks-${process.getuid?.() ?? 0}`);
}

/**
 * A lock for one host by `O_EXLOCK`, for macOS, which has neither abstract sockets nor pipes of that kind. The lock
 * files stay: removing one while another process opens it would let two in. Their text is the card of the last holder,
 * and only news: a torn one is read as none.
 */
export const fileLock: KernelLock = {
  async tryAcquire(key, card) {
    await mkdir(lockFolder(), { recursive: true, mode: 0o700 });
    const flags = fs.constants.O_CREAT | fs.constants.O_RDWR | fs.constants.O_NONBLOCK | exclusiveLock;
    let handle: FileHandle;
    try {
      handle = await open(path.join(lockFolder(), key), flags, 0o600);
    } catch (error) {
      // EWOULDBLOCK has the same number as EAGAIN.
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return null;
      throw error;
    }
    const farewell = farewellIn(await handle.readFile('utf8').catch(() => ''));
    await write(handle, toLine(card));
    return {
      farewell,
      async release(note) {
        if (note !== undefined) await write(handle, toLine(card, note));
        await handle.close().catch(() => undefined);
      },
    };
  },

  async waitForRelease(key, signal, onHolder) {
    const card = cardIn(await readFile(path.join(lockFolder(), key), 'utf8').catch(() => ''));
    if (card !== undefined) onHolder(card);
    await setTimeout(pollMs, undefined, { signal }).catch(() => undefined);
    return undefined;
  },
};

/** News for others; a full disk must not cost the lock. */
async function write(handle: FileHandle, line: string): Promise<void> {
  try {
    await handle.truncate(0);
    await handle.write(line, 0);
  } catch {
    // The waiters hear nothing and look for themselves.
  }
}

function cardIn(text: string): Card | undefined {
  return fromLine(text)?.card;
}

function farewellIn(text: string): Farewell | undefined {
  const said = fromLine(text);
  return said?.note === undefined ? undefined : { card: said.card, note: said.note };
}
