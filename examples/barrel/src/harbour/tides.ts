export type Height = number;

/** Height of the water above chart datum, in metres. */
export function heightAt(hour: number): Height {
  return 2 + 1.5 * Math.sin((hour / 6.2) * Math.PI);
}
