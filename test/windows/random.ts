/** Numbers that look random and come again with the same seed. */
export type Random = {
  /** A whole number from 0 to below the limit. */
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  /** The same things in another order. */
  shuffle<T>(from: readonly T[]): T[];
};

/** The generator "mulberry32" by Tommy Ettinger. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[below(from.length)];
    if (picked === undefined) throw new RangeError('There is nothing to pick from.');
    return picked;
  };
  return {
    below,
    pick,
    shuffle: (from) => {
      const rest = [...from];
      return from.map(() => {
        const [taken] = rest.splice(below(rest.length), 1);
        if (taken === undefined) throw new RangeError('Nothing is left.');
        return taken;
      });
    },
  };
}
