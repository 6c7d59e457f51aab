import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';
import { readFrontMatter } from '../../src/core/facts/frontMatter.ts';
import { toc } from '../../src/core/generators/toc.ts';
import { repositoryFile } from '../support/repository.ts';

const markdown = new MarkdownIt({ html: true });

/** The anchors of the headings outside lists and quotes, as a full parser and the reference slugger make them. */
function expectedAnchors(text: string): string[] {
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

function ourAnchors(text: string): string[] {
  const listing = {
    folder: '',
    outputFromFolder: 'README.md',
    sources: [],
    inputs: new Map([['README.md', text]]),
  };
  const { body } = toc.render(listing, { minLevel: 1, maxLevel: 6 });
  return [...body.matchAll(/\]\(#(.*)\)$/gm)].map(([, anchor]) => anchor ?? '');
}

describe('the anchors of a table of contents', function () {
  this.timeout(60_000);
  const folder = repositoryFile('node_modules');
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.md$/i.test(name))
    .sort();

  it('are those of the reference slugger after a full parse, for every page of the installed packages', () => {
    let compared = 0;
    const differing: string[] = [];
    for (const name of pages) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      // Headings in HTML have anchors too, but no parser of Markdown says so.
      if (/<h[1-6]\b/i.test(text)) continue;
      const expected = expectedAnchors(text);
      const ours = ourAnchors(text);
      compared += expected.length;
      if (expected.join('\n') !== ours.join('\n')) {
        const at = expected.findIndex((anchor, index) => anchor !== ours[index]);
        differing.push(`${name}: ${expected[at]} is ${ours[at]}`);
      }
    }
    console.log(`      ${pages.length} pages, ${compared} headings, ${differing.length} pages differ`);
    assert.ok(compared > 1000);
    assert.deepEqual(differing, []);
  });
});
