import type { PageFacts, Problem } from '../types.ts';
import { readFrontMatter } from './frontMatter.ts';
import { readHtmlPage } from './htmlPage.ts';
import { firstHeading } from './markdownHeading.ts';

/** What a page says of itself, with what is wrong in it. */
export type PageReading = { readonly facts: PageFacts; readonly problems: readonly Problem[] };

/**
 * Reads title, description and order of a page in time linear in its length. `extension` is written with its dot;
 * pages of a kind we can't read have no facts. Throws nothing: what can't be understood becomes a problem.
 */
export function readPageFacts(text: string, extension: string, relativePath = ''): PageReading {
  switch (extension.toLowerCase()) {
    case '.md':
    case '.markdown':
    case '.mdx':
      return readMarkdownPage(text, relativePath);
    case '.html':
    case '.htm':
    case '.xhtml':
      return { facts: readHtmlPage(text), problems: [] };
    default:
      return { facts: { kind: 'page' }, problems: [] };
  }
}

function readMarkdownPage(text: string, relativePath: string): PageReading {
  const { facts, bodyStart, problems } = readFrontMatter(text, relativePath);
  const bom = bodyStart === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const title = facts.title ?? firstHeading(text, bodyStart + bom);
  return { facts: { kind: 'page', ...facts, ...(title !== undefined && { title }) }, problems };
}
