/** A name such as `01-intro.md` taken apart. */
export type NumberPrefix = {
  readonly number: number;
  /** The name without the number and what follows it: `intro.md`. */
  readonly rest: string;
};

/**
 * Reads the number that a file's or folder's name begins with to put it in order. Dates and versions are names, not
 * numbers (`2024-05-01-news.md`, `1.2.md`), after the rules of Docusaurus (facebook/docusaurus, `numberPrefix.ts`), which
 * knows `-`, `_` and `.` behind the number; `01 intro.md` and `1) intro.md` are as common elsewhere.
 */
export function numberPrefix(name: string): NumberPrefix | undefined {
  const match = /^(\d{1,15})(?:[-_.)\s]+)([^-_.)\s].*)$/s.exec(name);
  const [, digits = '', rest = ''] = match ?? [];
  if (match === null || /^\d+[-_.]\d/.test(name)) return undefined;
  // What is left of `404.html` is an ending, not a name.
  if (/^\d+\.[^.\s]*$/.test(name)) return undefined;
  return { number: Number(digits), rest };
}
