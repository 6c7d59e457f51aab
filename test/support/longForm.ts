/**
 * True when tests that are longer or larger in one form than in the other shall run in full: `npm run test:long`. The
 * short form looks for the same things in a few seconds.
 */
export const isLongForm = process.env['ATOMIC_INDEX_LONG'] === '1';

/** Gives the number of repetitions of the form that runs. */
export function howOften(short: number, long: number): number {
  return isLongForm ? long : short;
}
