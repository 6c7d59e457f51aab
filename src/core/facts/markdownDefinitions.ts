import type { IsDefined } from './markdownText.ts';

/**
 * Tells which labels a page defines (`[label]: address`), compared as CommonMark does: without regard to case and to how
 * much white space. The page is searched at the first question, since few headings hold a reference.
 */
export function definitionsOf(page: string): IsDefined {
  let labels: ReadonlySet<string> | undefined;
  return (label) => {
    labels ??= new Set(Array.from(page.matchAll(definition), ([, found = '']) => normalized(found)));
    return labels.has(normalized(label));
  };
}

/** Also in quotes and lists. One in a code block counts too: to tell them apart is the work of a full parser. */
const definition = /^[ \t>*+-]*\[((?:[^\][\\]|\\.){1,999})\]:/gm;

function normalized(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}
