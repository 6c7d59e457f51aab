import assert from 'node:assert/strict';
import * as v from 'valibot';
import { builtInGenerators as generators } from '../../../../src/core/generators/index.ts';
import { comparePaths } from '../../../../src/core/order.ts';
import { listModules, listPages } from './listings.ts';

const requiredOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  sitemap: { base: 'https://example.org/' },
  template: { template: 'a.liquid' },
};

describe('every generator', () => {
  it('is found by its own name, says what it does and checks its options', () => {
    assert.deepEqual(
      [...generators.keys()],
      [
        'markdown-index',
        'html-index',
        'barrel',
        'adr-log',
        'llms-txt',
        'sitemap',
        'json-manifest',
        'template',
        'toc',
      ],
    );
    for (const [id, generator] of generators) {
      assert.equal(generator.id, id);
      assert.notEqual(generator.description, '');
      assert.doesNotThrow(() => v.parse(generator.optionsSchema, requiredOptions[id] ?? {}));
      assert.throws(() => v.parse(generator.optionsSchema, { ...requiredOptions[id], unknown: 1 }));
    }
  });
  it('gives the same bytes twice, and whatever order the files were found in', async () => {
    const names = Array.from(
      { length: 60 },
      (_, i) => `${['a', 'B', 'ä', '10', '9'][i % 5]}/${(i * 7) % 60}`,
    );
    const modules = await listModules(
      Object.fromEntries(names.map((name, i) => [`${name}.ts`, `export const v${i % 50} = 1;`])),
    );
    const pages = listPages(
      Object.fromEntries(names.map((name, i) => [`${name}.md`, { title: `T${i}`, order: i % 3 }])),
    );
    for (const [id, generator] of generators) {
      const options = requiredOptions[id] ?? {};
      await generator.load?.();
      const inputs = new Map([['a.liquid', '{% for page in pages %}{{ page.title }}{% endfor %}']]);
      const listing = { ...(generator.reads === 'modules' ? modules : pages), inputs };
      const { body, problems } = generator.render(listing, options);
      assert.deepEqual(generator.render(listing, options), { body, problems });
      if (generator.reads === 'itself') continue;
      assert.ok(body.endsWith('\n') && !body.endsWith('\n\n') && !body.includes('\r'));
      for (const stride of [7, 11, 13]) {
        const shuffled = listing.sources
          .map((_, i, all) => all[(i * stride) % all.length])
          .filter((one) => one !== undefined);
        shuffled.sort((a, b) => comparePaths(a.relativePath, b.relativePath));
        assert.equal(generator.render({ ...listing, sources: shuffled }, options).body, body);
      }
    }
  });
});
