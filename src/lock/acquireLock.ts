import { setTimeout } from 'node:timers/promises';
import { fileLock } from './fileLock.ts';
import { type KernelLock, type Lock, LockError, type LockOptions } from './lock.ts';
import { socketLock } from './socketLock.ts';

/** Waiters of this process, by key: they queue here, in order, so that only one of them asks the kernel. */
const tails = new Map<string, Promise<void>>();

/** A holder may be between binding and listening, when a connection is refused at once; then this keeps us from spinning. */
const shortestWaitMs = 2;

/**
 * Waits for the exclusive right to `key` on this host. It is freed by `release()`, and by the kernel when this process
 * dies, whatever kills it.
 * @throws {LockError} `TIMEOUT` after `timeoutMs`, `ABORTED` by the signal, `UNAVAILABLE` when the system has no such lock.
 */
export async function acquireLock(key: string, options: LockOptions): Promise<Lock> {
  const ends = [
    AbortSignal.timeout(options.timeoutMs),
    ...(options.signal === undefined ? [] : [options.signal]),
  ];
  const end = AbortSignal.any(ends);
  const before = tails.get(key);
  let leave: () => void = () => undefined;
  const turn = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const tail = (before ?? Promise.resolve()).then(() => turn);
  tails.set(key, tail);
  void tail.then(() => {
    if (tails.get(key) === tail) tails.delete(key);
  });
  try {
    if (before !== undefined) {
      options.onWait?.();
      await Promise.race([before, whenAborted(end)]);
    }
    const kernelLock = process.platform === 'darwin' ? fileLock : socketLock;
    const free = await acquireFromKernel(
      kernelLock,
      key,
      end,
      before === undefined ? options.onWait : undefined,
    );
    let isHeld = true;
    const release = async () => {
      if (!isHeld) return;
      isHeld = false;
      try {
        await free();
      } finally {
        leave();
      }
    };
    return { key, release, [Symbol.asyncDispose]: release };
  } catch (error) {
    leave();
    throw toLockError(error, options);
  }
}

async function acquireFromKernel(
  kernelLock: KernelLock,
  key: string,
  end: AbortSignal,
  onWait: (() => void) | undefined,
): Promise<() => Promise<void>> {
  for (let tries = 0; ; tries++) {
    end.throwIfAborted();
    const free = await kernelLock.tryAcquire(key);
    if (free !== null) return free;
    if (tries === 0) onWait?.();
    await Promise.all([
      kernelLock.waitForRelease(key, end),
      setTimeout(shortestWaitMs * Math.min(tries, 10) * Math.random()),
    ]);
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function toLockError(error: unknown, options: LockOptions): LockError {
  if (options.signal?.aborted === true)
    return new LockError('ABORTED', 'waiting for the lock was cancelled', error);
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const seconds = options.timeoutMs / 1000;
    return new LockError(
      'TIMEOUT',
      `another window or process has been at work on it for ${seconds} s`,
      error,
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new LockError('UNAVAILABLE', `this system gives no lock: ${reason}`, error);
}
