import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { regenerate } from '../../src/core/regenerate.ts';
import { repositoryFile } from '../support/repository.ts';

/** Each of these has its generated files with it, so that one can read them without running anything. */
const examples = readdirSync(repositoryFile('examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => readdirSync(repositoryFile('examples', name)).includes('atomic-index.json'))
  .sort();

describe('the examples', function () {
  this.timeout(30_000);

  it('are many', () => {
    assert.ok(examples.length >= 5, examples.join());
  });

  for (const name of examples) {
    it(`are up to date and without problems: ${name}`, async () => {
      const report = await regenerate({
        absoluteRoot: repositoryFile('examples', name),
        mode: 'check',
        triggers: [{ kind: 'cli', relativePaths: 'all' }],
      });
      assert.deepEqual(report.problems, []);
      assert.notEqual(report.targets.length, 0);
      for (const { target, outcome } of report.targets)
        assert.equal(
          outcome.kind,
          'unchanged',
          `${target.output}: run atomic-index regenerate examples/${name}`,
        );
    });
  }

  for (const menu of ['vitepress.mjs', 'sidebars.mjs'] as const) {
    it(`have a menu by a template in which every entry leads to a page: ${menu}`, async () => {
      const docs = repositoryFile('examples', 'template', 'docs');
      const module: { readonly default: unknown } = await import(pathToFileURL(path.join(docs, menu)).href);
      const pages = pagesIn(module.default);
      assert.deepEqual(pages.toSorted(), [
        'guide/arriving.md',
        'guide/index.md',
        'guide/leaving (early).md',
        'index.md',
        'reference/fees.md',
      ]);
      for (const page of pages) assert.ok(existsSync(path.join(docs, page)), page);
    });
  }
});

/** The pages that a menu leads to, relative to its folder: VitePress has addresses, Docusaurus ids. */
function pagesIn(menu: unknown): string[] {
  if (typeof menu !== 'object' || menu === null) return [];
  const own = Object.entries(menu).flatMap(([key, value]) => {
    if (key === 'id') return [`${value}.md`];
    return key === 'link' && typeof value === 'string'
      ? [`${value.slice(1)}.md`.replace(/(^|\/)\.md$/, '$1index.md')]
      : [];
  });
  return [...own, ...Object.values(menu).flatMap(pagesIn)];
}
