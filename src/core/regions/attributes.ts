/** A value in a marker: what is not quoted may be a number or a boolean. */
export type AttributeValue = string | number | boolean | readonly (string | number | boolean)[];

export type Attributes = ReadonlyMap<string, AttributeValue>;

/** `at` is where in the text the mistake is. */
export type AttributesReading =
  | { readonly attributes: Attributes }
  | { readonly mistake: string; readonly at: number };

const scalar = String.raw`"(?:[^"\\]|\\.)*"|[^\s"[\],=]+`;
const pair = new RegExp(
  String.raw`[ \t]*([A-Za-z][\w-]*)=(?:(${scalar})|\[[ \t]*((?:${scalar})(?:[ \t]*,[ \t]*(?:${scalar}))*)?[ \t]*\])(?=[ \t]|$)`,
  'y',
);

/** Reads `key=value key="a value" key=[one, "two"]`. Throws nothing. */
export function readAttributes(text: string): AttributesReading {
  const attributes = new Map<string, AttributeValue>();
  let at = 0;
  while (text.slice(at).trim() !== '') {
    pair.lastIndex = at;
    const match = pair.exec(text);
    if (match === null) {
      const rest = text.slice(at).trim();
      const mistake = `"${shorten(rest)}" can't be read. Write key=value, key="a value" or key=[one, "two"].`;
      return { mistake, at: at + text.slice(at).search(/\S/) };
    }
    const [whole, key = '', single, list] = match;
    if (attributes.has(key)) {
      return { mistake: `"${key}" is given twice. Remove one of them.`, at: at + whole.indexOf(key) };
    }
    attributes.set(key, single === undefined ? readList(list ?? '') : readScalar(single));
    at = pair.lastIndex;
  }
  return { attributes };
}

function readList(text: string): readonly (string | number | boolean)[] {
  return [...text.matchAll(new RegExp(scalar, 'g'))].map(([item]) => readScalar(item));
}

function readScalar(text: string): string | number | boolean {
  if (text.startsWith('"')) return text.slice(1, -1).replace(/\\(.)/g, '$1');
  if (text === 'true' || text === 'false') return text === 'true';
  // A checksum or an id may consist of digits, which as a number would lose some of them.
  return /^-?\d+(?:\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
