import { isTakenAfter } from './card.ts';
import type { Farewell } from './kernelLock.ts';

/** More than the outputs of a large project; what falls out is only looked for again. */
const maxKept = 1000;
/** A longer note isn't worth its memory. In UTF-16 code units. */
const maxKeptLength = 64 * 1024;

/** The last release that this process knows of, by key, whichever process released. */
const last = new Map<string, Farewell>();

/** Keeps what a holder left, unless something newer is known. */
export function keepFarewell(key: string, farewell: Farewell | undefined): void {
  if (farewell === undefined || farewell.note.length > maxKeptLength) return;
  const known = last.get(key);
  if (known !== undefined && !isTakenAfter(farewell.card, known.card.acquiredAt)) return;
  last.delete(key);
  last.set(key, farewell);
  const [oldest] = last.keys();
  if (last.size > maxKept && oldest !== undefined) last.delete(oldest);
}

/** Gives the notes of holders that took the lock after a moment. */
export function notesAfter(key: string, moment: bigint, heard: readonly Farewell[]): string[] {
  const known = last.get(key);
  const all = known === undefined ? heard : [...heard, known];
  return [...new Set(all.filter(({ card }) => isTakenAfter(card, moment)).map(({ note }) => note))];
}
