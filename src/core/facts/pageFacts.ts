import type { PageFacts, Problem } from '../types.ts';
import { detached } from './detached.ts';
import { opensFrontMatter, readFrontMatter } from './frontMatter.ts';
import { readHtmlPage } from './htmlPage.ts';
import { findHeading } from './markdownHeading.ts';

/** What a page says of itself, with what is wrong in it. */
export type PageReading = { readonly facts: PageFacts; readonly problems: readonly Problem[] };

/**
 * Reads title, description and order of a page in time linear in its length. `extension` is written with its dot;
 * pages of a kind we can't read have no facts. Throws nothing: what can't be understood becomes a problem.
 */
export function readPageFacts(text: string, extension: string, relativePath = ''): PageReading {
  return readPage(text, extension, relativePath).reading;
}

/** Reads the first lines of a page; nothing when what follows could change what they say. */
export function readPageHead(head: string, extension: string, relativePath: string): PageReading | undefined {
  const { reading, isDecided } = readPage(head, extension, relativePath);
  return isDecided ? reading : undefined;
}

type DecidedReading = {
  readonly reading: PageReading;
  /** True when nothing that may follow the text can change the reading. */
  readonly isDecided: boolean;
};

function readPage(text: string, extension: string, relativePath: string): DecidedReading {
  switch (extension.toLowerCase()) {
    case '.md':
    case '.markdown':
    case '.mdx':
      return readMarkdownPage(text, relativePath);
    case '.html':
    case '.htm':
    case '.xhtml': {
      const { facts, isDecided } = readHtmlPage(text);
      return { reading: { facts, problems: [] }, isDecided };
    }
    default:
      return { reading: { facts: { kind: 'page' }, problems: [] }, isDecided: true };
  }
}

function readMarkdownPage(text: string, relativePath: string): DecidedReading {
  const { facts, bodyStart, problems } = readFrontMatter(text, relativePath);
  const isOpen = bodyStart === 0 && opensFrontMatter(text);
  const bom = bodyStart === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const heading = facts.title === undefined ? findHeading(text, bodyStart + bom) : undefined;
  const title = facts.title ?? (heading && detached(heading.title));
  // Where a reference leads, or whether it is one, is mostly said at the end of a page.
  const isTitleWhole =
    heading === undefined ? title !== undefined : heading.end < text.length && !heading.markup.includes('][');
  return {
    reading: { facts: { kind: 'page', ...facts, ...(title !== undefined && { title }) }, problems },
    isDecided: !isOpen && isTitleWhole,
  };
}
