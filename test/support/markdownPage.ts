import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import { readFrontMatter } from '../../src/core/facts/frontMatter.ts';

const markdown = new MarkdownIt({ html: true });

/** The anchors of the headings outside lists and quotes, as a full parser and the reference slugger make them. */
export function anchorsOf(text: string): string[] {
  const page = text.slice(readFrontMatter(text, '').bodyStart);
  const slugger = new GithubSlugger();
  const tokens = markdown.parse(page, {});
  const anchors: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open' || token.level > 0) continue;
    const inline = tokens[index + 1]?.children ?? [];
    const content = inline.map(({ type, content }) =>
      type === 'softbreak' || type === 'hardbreak' ? '\n' : /^(text|code_inline)/.test(type) ? content : '',
    );
    const anchor = slugger.slug(content.join(''));
    const isVisible = inline.some(
      ({ type, content }) => type === 'image' || (type !== 'html_inline' && content.trim() !== ''),
    );
    if (isVisible) anchors.push(anchor);
  }
  return anchors;
}

/** Where the links and images of a page lead to, as a full parser finds them, decoded. Empty ones are left out. */
export function linksOf(text: string): string[] {
  return markdown
    .parse(text, {})
    .flatMap(({ children }) => children ?? [])
    .map((token) => String(token.attrGet('href') ?? token.attrGet('src') ?? ''))
    .filter((href) => href !== '')
    .map((href) => decodeURIComponent(href));
}
