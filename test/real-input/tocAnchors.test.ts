import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { toc } from '../../src/core/generators/toc.ts';
import { anchorsOf } from '../support/markdownPage.ts';
import { repositoryFile } from '../support/repository.ts';

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
      const expected = anchorsOf(text);
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
