import type { DecisionLink } from '../types.ts';

/**
 * Reads which records a piece of text names: links to files of this project (`[5. Title](0005-title.md)`), or numbers
 * where there is no link (`ADR-0005`, `#5`, `0005`). Placeholders of templates and the years of dates are neither.
 */
export function adrLinks(text: string, line: number): readonly DecisionLink[] {
  if (/\{.*\}|\[[^\]]*\|/.test(text)) return [];
  const links = [...text.matchAll(/\]\(\s*<?([^()<>\s]+)>?[^()]*\)/g)].flatMap(([, href = '']) => {
    const path = decoded(href.replace(/[?#].*$/, ''));
    return path === '' || /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(path) ? [] : [{ path, line }];
  });
  if (links.length > 0 || text.includes('](')) return links;
  const file = /(?<![\w/.])([\w./-]+\.(?:md|markdown))\b/i.exec(text)?.[1];
  if (file !== undefined) return [{ path: file, line }];
  const marked = [...text.matchAll(/(?:\bADR[-_ ]?|#)(\d{1,9})\b/gi)].map(([, digits]) => digits);
  const bare = /^[^\w]*(\d{1,9})\b(?!-\d)/.exec(text)?.[1];
  const numbers = marked.length > 0 ? marked : [bare].filter((digits) => digits !== undefined);
  return numbers.map((digits) => ({ number: Number(digits), line }));
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
