import { setTimeout } from 'node:timers/promises';
import { isProvablyDead, type Owner, ownOwner } from '../atomic-write/owner.ts';
import { type Card, fromLine, isTakenAfter, toLine } from './card.ts';
import { Heartbeat } from './heartbeat.ts';
import { LockError, type VolumeLockOptions } from './lock.ts';
import {
  createEntry,
  type Entries,
  freeEntry,
  listEntries,
  makeLockFolder,
  readEntry,
  removeEntry,
  removeOld,
} from './volumeEntries.ts';

export type VolumeRequest = {
  readonly card: Card;
  readonly signal: AbortSignal;
  readonly requestedAt: bigint;
  readonly onHolder: (card: Card) => void;
};

export type VolumeHold = {
  readonly notes: readonly string[];
  assertHeld(): Promise<void>;
  release(note: string | undefined): Promise<void>;
};

const defaultLeaseMs = 10_000;
const pollMs = 20;

/**
 * A lock by numbered entries in a folder that all who share it see. Number N+1 may be made when N is free, or when its
 * holder is dead: proven so on the same host, or by giving no sign of life for a lease. Nobody takes a live entry away to
 * get in: a holder that was wrongly taken for dead finds a higher number, and the fence stops it.
 *
 * No clocks are compared: a sign of life is a changed text, and the waiter counts how long it saw none. The highest
 * entries stay for ever, held or free, so that a waiter with an old list can't make a number that was used before.
 */
export async function acquireVolumeLock(
  options: VolumeLockOptions,
  request: VolumeRequest,
): Promise<VolumeHold> {
  const { leaseMs = defaultLeaseMs } = options;
  try {
    const folder = await makeLockFolder(options.folder, options.key);
    const watch = new Watch(leaseMs);
    let firstSeen: number | undefined;
    for (;;) {
      request.signal.throwIfAborted();
      const entries = await listEntries(folder);
      firstSeen ??= entries.highest;
      const number = await tryToEnter(folder, entries, watch, request);
      if (number !== null) {
        const notes = await notesOf(folder, entries, firstSeen, request);
        await removeOld(folder, entries, number);
        return hold({ folder, number, card: request.card, leaseMs, notes });
      }
      await setTimeout(pollMs * (0.5 + Math.random()), undefined, { signal: request.signal });
    }
  } catch (error) {
    request.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the lock in ${options.folder} can't be taken: ${reason}. Make that folder writable, or use the lock scope "host"`;
    throw new LockError('UNAVAILABLE', message, error);
  }
}

/** Makes the next entry if the highest one is free or its holder dead; gives its number, or `null` to look again. */
async function tryToEnter(
  folder: string,
  entries: Entries,
  watch: Watch,
  request: VolumeRequest,
): Promise<number | null> {
  const { highest, isFree } = entries;
  if (highest > 0 && !isFree) {
    const text = await readEntry(folder, highest, 'held');
    // Overtaken since it was listed, long ago.
    if (text === undefined) return null;
    if (!watch.isDead(highest, text)) {
      const card = fromLine(text.split('\n')[2] ?? '')?.card;
      if (card !== undefined) request.onHolder(card);
      return null;
    }
  }
  const number = highest + 1;
  const owner = ownOwner();
  const text = `${Heartbeat.first}\n${JSON.stringify(owner)}\n${toLine(request.card)}`;
  if (!(await createEntry(folder, number, text))) return null;
  // The list may have been old: then there are higher numbers, and this one could be made only because it was long gone.
  const now = await listEntries(folder);
  if (now.highest === number && !now.isFree) return number;
  await removeEntry(folder, number);
  return null;
}

async function notesOf(
  folder: string,
  { highest, isFree }: Entries,
  firstSeen: number,
  { requestedAt }: VolumeRequest,
): Promise<readonly string[]> {
  if (highest === 0 || !isFree) return [];
  const { card, note } = fromLine((await readEntry(folder, highest, 'free')) ?? '') ?? {};
  if (card === undefined || note === undefined) return [];
  // By the order of the numbers where clocks can't be compared: it entered after this call had begun to wait.
  return highest > firstSeen || isTakenAfter(card, requestedAt) ? [note] : [];
}

type Held = {
  readonly folder: string;
  readonly number: number;
  readonly card: Card;
  readonly leaseMs: number;
  readonly notes: readonly string[];
};

function hold({ folder, number, card, leaseMs, notes }: Held): VolumeHold {
  const heartbeat = new Heartbeat(folder, number, leaseMs / 4);
  return {
    notes,
    async assertHeld() {
      const { highest, isFree } = await listEntries(folder).catch(() => ({ highest: 0, isFree: true }));
      if (highest === number && !isFree) return;
      const message =
        'the lock was lost: this process was stopped or asleep for longer than its lease, and another one took over';
      throw new LockError('LOST', message);
    },
    async release(note) {
      await heartbeat.stop();
      const line = note === undefined ? '' : toLine(card, note);
      // Lost meanwhile, or the disk is gone: then the lease ends it.
      await freeEntry(folder, number, line).catch(() => undefined);
    },
  };
}

/** Judges whether the holder of an entry is dead, over many looks. */
class Watch {
  readonly #leaseMs: number;
  #number = 0;
  #text = '';
  #silentMs = 0;
  #lookedAt = 0;

  constructor(leaseMs: number) {
    this.#leaseMs = leaseMs;
  }

  isDead(number: number, text: string): boolean {
    const owner = ownerIn(text);
    if (owner !== undefined && isProvablyDead(owner)) return true;
    const now = performance.now();
    if (number === this.#number && text === this.#text) {
      // A waiter that was itself asleep must not count its sleep as the holder's silence.
      this.#silentMs += Math.min(now - this.#lookedAt, this.#leaseMs / 10);
    } else {
      this.#number = number;
      this.#text = text;
      this.#silentMs = 0;
    }
    this.#lookedAt = now;
    return this.#silentMs >= this.#leaseMs;
  }
}

function ownerIn(text: string): Owner | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.split('\n')[1] ?? '');
  } catch {
    // Its maker was killed between making it and writing it, or is about to write.
    return undefined;
  }
  const fields = new Map<string, unknown>(Object.entries(Object(value)));
  const [space, pid, startTime] = ['space', 'pid', 'startTime'].map((name) => fields.get(name));
  if (typeof space !== 'string' || typeof pid !== 'number' || typeof startTime !== 'number') return undefined;
  return { space, pid, startTime };
}
