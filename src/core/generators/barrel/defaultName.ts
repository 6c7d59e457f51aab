import { baseName, stemOf } from '../relativePath.ts';

export type NameStyle = 'as-file' | 'camel' | 'pascal';

/**
 * Makes an identifier from a file's name: `my-thing.ts` gives `myThing`, `MyThing.tsx` stays, and an `index` file
 * takes the name of its folder. Returns undefined where none is possible, as for `2fa.ts` or `class.ts`.
 */
export function defaultName(
  relativePath: string,
  folder: string,
  style: NameStyle = 'as-file',
): string | undefined {
  const stem = stemOf(relativePath);
  const isIndex = stem.toLowerCase() === 'index';
  const parent = relativePath.split('/').at(-2) ?? baseName(folder);
  return identifierFrom(isIndex && parent !== '' ? parent : stem, style);
}

/** Makes an identifier of the words in a text, or returns undefined where none is possible. */
export function identifierFrom(text: string, style: NameStyle): string | undefined {
  const name = inStyle(toIdentifier(text), style);
  return isIdentifier(name) && !isReserved(name) ? name : undefined;
}

/** Tells whether a name can be written without quotes in an export list. */
export function isIdentifier(name: string): boolean {
  // Nearly all are plain letters, and the first expression takes a tenth of the time.
  return /^[A-Za-z$_][\w$]*$/.test(name) || /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name);
}

/** Tells whether a word can't name an import in a module. */
export function isReserved(name: string): boolean {
  return reserved.has(name);
}

function toIdentifier(name: string): string {
  // An all-capitals name is a constant's, where the underscores are part of the name.
  if (/^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/.test(name)) return name;
  const prefix = /^[_$]*/.exec(name)?.[0] ?? '';
  const words = name.slice(prefix.length).match(/[\p{L}\p{M}\p{N}$]+/gu) ?? [];
  return prefix + words.map((word, index) => (index === 0 ? word : capitalized(word))).join('');
}

/** Changes the first letter; of capitals in a row, all that belong to the first word: `URLParser` is `urlParser`. */
function inStyle(name: string, style: NameStyle): string {
  if (style === 'pascal') return capitalized(name);
  if (style === 'as-file') return name;
  return name.replace(/^(?:\p{Lu}+(?!\p{Ll})|\p{Lu})/u, (start) => start.toLowerCase());
}

function capitalized(word: string): string {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length);
}

const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);
