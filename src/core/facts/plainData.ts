import { TomlDate } from 'smol-toml';

/** A value of front matter: every scalar is text, every map is without a prototype. */
export type PlainValue = string | readonly PlainValue[] | PlainData;

/** A map of front matter. Without a prototype, so that a key such as `constructor` is there only if a page says so. */
export type PlainData = { readonly [key: string]: PlainValue };

/** Aliases count each time they are used: a few lines of YAML can name billions of values, or one inside itself. */
const maxValues = 10_000;
const maxLevels = 100;

/**
 * Copies what a YAML or TOML parser returned to texts, lists and maps.
 * @throws {RangeError} when there are more than 10,000 values or 100 levels; the message says so.
 */
export function plainData(value: object): PlainData {
  let values = 0;

  const copyMap = (map: object, level: number): PlainData => {
    const copied: Record<string, PlainValue> = Object.create(null);
    for (const [key, item] of Object.entries(map)) copied[key] = copy(item, level + 1);
    return copied;
  };
  const copy = (item: unknown, level: number): PlainValue => {
    values++;
    if (values > maxValues || level > maxLevels) {
      throw new RangeError('it has more than 10,000 values or 100 levels; each use of an alias counts');
    }
    if (typeof item === 'string') return item;
    if (Array.isArray(item)) return item.map((element: unknown) => copy(element, level + 1));
    if (item instanceof TomlDate) return item.toISOString();
    if (typeof item === 'object' && item !== null) return copyMap(item, level);
    return String(item);
  };

  return copyMap(value, 0);
}
