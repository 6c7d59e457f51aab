import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { load } from 'js-yaml';
import { readPageFacts } from '../../src/core/facts/pageFacts.ts';
import { htmlIndex } from '../../src/core/generators/htmlIndex.ts';
import { markdownIndex } from '../../src/core/generators/markdownIndex.ts';
import type { Listing } from '../../src/core/types.ts';
import { listFiles } from './moduleTree.ts';

const root = dirname(createRequire(import.meta.url).resolve('npm-docs/package.json'));

type Link = { readonly href: string; readonly title: string };

/** Checks an index against the pages on disk, read without any of our readers. */
function checkLinks(links: readonly Link[], listing: Listing, pages: readonly string[]): void {
  const outputFolder = dirname(join(root, listing.folder, listing.outputFromFolder));
  const found = links.map(({ href, title }) => {
    const absolutePath = join(outputFolder, decodeURIComponent(href));
    assert.ok(existsSync(absolutePath) && statSync(absolutePath).isFile(), `${href} leads to a file`);
    return { absolutePath, title };
  });
  const expected = pages.map((page) => {
    const absolutePath = join(root, listing.folder, page);
    return { absolutePath, title: ownTitle(absolutePath) };
  });
  const byPath = (a: { absolutePath: string }, b: { absolutePath: string }) =>
    a.absolutePath < b.absolutePath ? -1 : 1;
  assert.deepEqual(found.sort(byPath), expected.sort(byPath));
}

function ownTitle(absolutePath: string): string {
  const [, yaml = ''] = readFileSync(absolutePath, 'utf8').split(/^---$/m);
  const frontMatter = load(yaml);
  assert.ok(typeof frontMatter === 'object' && frontMatter !== null && 'title' in frontMatter);
  return String(frontMatter.title);
}

describe('an index of the documentation of npm', () => {
  for (const outputFromFolder of ['index', '../index', '../../npm docs/index']) {
    const folder = 'docs/content';
    const pages = listFiles(join(root, folder), (path) => path.endsWith('.md'));
    const sources = pages.map((relativePath) => {
      const text = readFileSync(join(root, folder, relativePath), 'utf8');
      const { facts, problems } = readPageFacts(text, extname(relativePath), relativePath);
      assert.deepEqual(problems, []);
      return { relativePath, facts };
    });

    it(`as Markdown at ${outputFromFolder} lists each page once, by its title, with a link to its file`, () => {
      assert.ok(pages.length > 80);
      const listing = { folder, outputFromFolder: `${outputFromFolder}.md`, sources };
      const { body } = markdownIndex.render(listing, {});
      const links = Array.from(body.matchAll(/^ *- \[(.*?)\]\(([^)]*)\)/gm), ([, title = '', href = '']) => {
        return { title: title.replace(/\\(.)/g, '$1'), href };
      });
      checkLinks(links, listing, pages);
      assert.ok(body.startsWith('# Content\n\n- commands\n  - [npm-access]('));
    });

    it(`as HTML at ${outputFromFolder} lists each page once, by its title, with a link to its file`, () => {
      const listing = { folder, outputFromFolder: `${outputFromFolder}.html`, sources };
      const { body } = htmlIndex.render(listing, {});
      const links = Array.from(
        body.matchAll(/<a [^>]*href="([^"]*)">([^<]*)<\/a>/g),
        ([, href = '', title = '']) => {
          return { title: title.replaceAll('&amp;', '&'), href };
        },
      );
      checkLinks(links, listing, pages);
    });
  }
});
