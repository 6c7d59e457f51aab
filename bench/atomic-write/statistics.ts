/** A median and the middle half around it, which says more of a noisy machine than a standard deviation. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

function quantile(sorted: readonly number[], fraction: number): number {
  const position = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** Ratios of two series measured in the same rounds: what slowed down one round slowed down both. */
export function ratioOfPairs(values: readonly number[], yardstick: readonly number[]): Spread {
  return spreadOf(values.map((value, round) => value / (yardstick[round] ?? Number.NaN)));
}

/** Gives a new order by Fisher and Yates, so that nobody always runs after the same neighbour. */
export function shuffled<T>(items: readonly T[]): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a !== undefined && b !== undefined) {
      order[last] = b;
      order[other] = a;
    }
  }
  return order;
}
