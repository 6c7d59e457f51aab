import { readlinkSync } from 'node:fs';
import type { Holder } from './lock.ts';

/** What a holder lets others read: who it is, and when it took the lock on a clock that all of this host share. */
export type Card = Holder & {
  /** Which monotonic clock `acquiredAt` is of; two cards of one clock can be compared. */
  readonly clock: string;
  /** `process.hrtime.bigint()` at the moment the lock was taken. */
  readonly acquiredAt: bigint;
};

let ownClock: string | undefined;

/**
 * Names the clock of `process.hrtime`: on Linux the CLOCK_MONOTONIC of a time namespace (man 7 time_namespaces), which is
 * the same for all processes in it. Elsewhere one host has one, and the kernel tiers reach no farther than one host.
 */
function clockOf(): string {
  if (ownClock !== undefined) return ownClock;
  ownClock = process.platform;
  if (process.platform === 'linux') {
    try {
      ownClock = readlinkSync('/proc/self/ns/time');
    } catch {
      // An old kernel without time namespaces, or no /proc: then nobody has set another clock either.
    }
  }
  return ownClock;
}

/** Makes the card of this process for a lock that it has just taken. */
export function makeCard(program: string): Card {
  return {
    name: program,
    pid: process.pid,
    since: Date.now(),
    clock: clockOf(),
    acquiredAt: process.hrtime.bigint(),
  };
}

/** Tells whether a lock was taken after a moment of this process; false when the clocks can't be compared. */
export function isTakenAfter(card: Card, moment: bigint): boolean {
  return card.clock === clockOf() && card.acquiredAt > moment;
}

/** Writes a card, and the note of its release, as one line. */
export function toLine(card: Card, note?: string): string {
  return `${JSON.stringify({ ...card, acquiredAt: `${card.acquiredAt}`, note })}\n`;
}

/** Reads such a line; `undefined` when it is none. Another version of this product, or another program, may have written it. */
export function fromLine(
  line: string,
): { readonly card: Card; readonly note: string | undefined } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const fields = new Map<string, unknown>(Object.entries(Object(value)));
  const text = (key: string): string => {
    const field = fields.get(key);
    return typeof field === 'string' ? field : '';
  };
  const number = (key: string): number => Number(fields.get(key)) || 0;
  if (!/^\d+$/.test(text('acquiredAt')) || text('clock') === '') return undefined;
  return {
    card: {
      name: text('name'),
      pid: number('pid'),
      since: number('since'),
      clock: text('clock'),
      acquiredAt: BigInt(text('acquiredAt')),
    },
    note: typeof fields.get('note') === 'string' ? text('note') : undefined,
  };
}
