import { setTimeout } from 'node:timers/promises';
import { type Card, makeCard } from './card.ts';
import { keepFarewell, notesAfter } from './farewells.ts';
import { fileLock } from './fileLock.ts';
import type { Farewell, KernelHold, KernelLock } from './kernelLock.ts';
import { type Holder, type Lock, LockError, type LockOptions } from './lock.ts';
import { socketLock } from './socketLock.ts';
import { ownHolderOf, setOwnHolder, takeTurn } from './turns.ts';
import { acquireVolumeLock } from './volumeLock.ts';

/** A holder may be between binding and listening, when a connection is refused at once; then this keeps us from spinning. */
const shortestWaitMs = 2;

/**
 * Waits for the exclusive right to `key`: first behind other calls of this process, then behind other processes of this
 * host, by a lock that the kernel frees when its holder dies, whatever kills it, and then, where asked for, behind
 * processes that share only the volume.
 * @throws {LockError} `TIMEOUT` after `timeoutMs`, `ABORTED` by the signal, `UNAVAILABLE` when the system has no such lock.
 */
export async function acquireLock(key: string, options: LockOptions): Promise<Lock> {
  const requestedAt = options.requestedAt ?? process.hrtime.bigint();
  const end = AbortSignal.any([
    AbortSignal.timeout(options.timeoutMs),
    ...(options.signal === undefined ? [] : [options.signal]),
  ]);
  const wait = new Wait(options);
  const turn = takeTurn(key);
  try {
    if (turn.before !== undefined) {
      wait.tell(ownHolderOf(key));
      await Promise.race([turn.before, whenAborted(end)]);
    }
    const kernelLock = process.platform === 'darwin' ? fileLock : socketLock;
    const { hold, card, heard } = await acquireFromKernel(kernelLock, key, end, wait, options.program);
    try {
      const volume =
        options.volume === undefined
          ? undefined
          : await acquireVolumeLock(options.volume, {
              card,
              signal: end,
              requestedAt,
              onHolder: (holder) => wait.tell(holder),
            });
      setOwnHolder(key, card);
      for (const farewell of heard) keepFarewell(key, farewell);
      let isHeld = true;
      const release = async (note?: string) => {
        if (!isHeld) return;
        isHeld = false;
        setOwnHolder(key, undefined);
        if (note !== undefined) keepFarewell(key, { card, note });
        try {
          await volume?.release(note);
          await hold.release(note);
        } finally {
          turn.leave();
        }
      };
      return {
        key,
        notes: [...notesAfter(key, requestedAt, heard), ...(volume?.notes ?? [])],
        async assertHeld() {
          await volume?.assertHeld();
        },
        release,
        [Symbol.asyncDispose]: release,
      };
    } catch (error) {
      await hold.release(undefined);
      throw error;
    }
  } catch (error) {
    turn.leave();
    throw toLockError(error, options, wait.holder);
  }
}

type FromKernel = { readonly hold: KernelHold; readonly card: Card; readonly heard: readonly Farewell[] };

async function acquireFromKernel(
  kernelLock: KernelLock,
  key: string,
  end: AbortSignal,
  wait: Wait,
  program: string,
): Promise<FromKernel> {
  const heard: Farewell[] = [];
  const hear = (farewell: Farewell | undefined): void => {
    if (farewell !== undefined) heard.push(farewell);
  };
  for (let tries = 0; ; tries++) {
    end.throwIfAborted();
    // Dated before the try: what is done under the lock is done after that moment.
    const card = makeCard(program);
    const hold = await kernelLock.tryAcquire(key, card);
    if (hold !== null) {
      hear(hold.farewell);
      return { hold, card, heard };
    }
    const [farewell] = await Promise.all([
      kernelLock.waitForRelease(key, end, (holder) => wait.tell(holder)),
      setTimeout(shortestWaitMs * Math.min(tries, 10) * Math.random()),
    ]);
    hear(farewell);
  }
}

/** Tells the caller whom it waits for, once for each holder. */
class Wait {
  holder: Holder | undefined;
  readonly #options: LockOptions;
  #hasTold = false;

  constructor(options: LockOptions) {
    this.#options = options;
  }

  tell(holder: Holder | undefined): void {
    const isNew = holder !== undefined && holder.since !== this.holder?.since;
    if (this.#hasTold && !isNew) return;
    this.#hasTold = true;
    this.holder = holder ?? this.holder;
    this.#options.onWait?.(holder);
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function toLockError(error: unknown, options: LockOptions, holder: Holder | undefined): LockError {
  if (error instanceof LockError) return error;
  if (options.signal?.aborted === true) {
    return new LockError('ABORTED', 'waiting for the lock was cancelled', error, holder);
  }
  if (error instanceof Error && error.name === 'TimeoutError') {
    const who = holder === undefined ? 'another window or process' : describeHolder(holder);
    const message = `${who} has been at work on it, and ${options.timeoutMs / 1000} s of waiting were not enough`;
    return new LockError('TIMEOUT', message, error, holder);
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new LockError('UNAVAILABLE', `this system gives no lock: ${reason}`, error, holder);
}

function describeHolder({ name, pid }: Holder): string {
  return `${name} (process ${pid})`;
}
