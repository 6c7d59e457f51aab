/**
 * Copies a piece of a text. V8 keeps a piece as a view of the whole text, so that the titles of ten thousand pages would
 * hold all their pages in memory; what is joined first is copied when it is cut.
 */
export function detached(piece: string): string {
  return `${piece} `.slice(0, -1);
}
