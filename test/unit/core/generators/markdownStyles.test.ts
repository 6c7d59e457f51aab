import assert from 'node:assert/strict';
import { markdownIndex } from '../../../../src/core/generators/markdownIndex.ts';
import type { Listing } from '../../../../src/core/types.ts';
import { listPages, type PageSpec } from './listings.ts';

type Options = Readonly<Record<string, unknown>>;

function check(listing: Listing, options: Options, lines: readonly string[]): void {
  const { body, problems } = markdownIndex.render(listing, options);
  assert.equal(body, `${lines.join('\n')}\n`);
  assert.deepEqual(problems, []);
}

const handbook: Readonly<Record<string, PageSpec>> = {
  'README.md': { title: 'Welcome', order: 9 },
  'guide/index.md': { title: 'Guide', description: 'How to', tags: ['start'] },
  'guide/first steps.md': {
    title: 'First | steps',
    description: 'a\nb | c',
    date: '2024-05-01',
    tags: ['start', 'a|b'],
  },
  'guide/deep/x.md': { title: 'X', data: { status: 'done', owners: ['Ann', 'Bo'] } },
  'api/y(1).md': 'Y',
};

describe('the styles of a Markdown index', () => {
  it('list: one level, pages only', () => {
    check(listPages(handbook), { style: 'list' }, [
      '# Docs',
      '',
      '- [Welcome](README.md)',
      '- [Y](api/y%281%29.md)',
      '- [Guide](guide/index.md): How to',
      '- [X](guide/deep/x.md)',
      '- [First | steps](guide/first%20steps.md): a b | c',
    ]);
  });
  it('table: the columns that are asked for, with cells that no bar and no line end breaks', () => {
    check(listPages(handbook), { style: 'table' }, [
      '# Docs',
      '',
      '<!-- prettier-ignore -->',
      '| Title | Description |',
      '| --- | --- |',
      '| [Welcome](README.md) |  |',
      '| [Y](api/y%281%29.md) |  |',
      '| [Guide](guide/index.md) | How to |',
      '| [X](guide/deep/x.md) |  |',
      '| [First \\| steps](guide/first%20steps.md) | a b \\| c |',
    ]);
    const columns = ['title', 'date', 'tags', 'status', 'owners', 'last-review'];
    check(
      listPages({
        'a.md': handbook['guide/deep/x.md'] ?? '',
        'b.md': handbook['guide/first steps.md'] ?? '',
      }),
      { style: 'table', columns },
      [
        '# Docs',
        '',
        '<!-- prettier-ignore -->',
        '| Title | Date | Tags | Status | Owners | Last review |',
        '| --- | --- | --- | --- | --- | --- |',
        '| [X](a.md) |  |  | done | Ann, Bo |  |',
        '| [First \\| steps](b.md) | 2024-05-01 | start, a\\|b |  |  |  |',
      ],
    );
  });
  it('cards: a heading and a paragraph for each page', () => {
    check(
      listPages({
        'a.md': { title: 'A', description: '- b' },
        'c/d.md': { title: 'D', date: '2024-05-01', tags: ['x', 'y'] },
      }),
      { style: 'cards' },
      ['# Docs', '', '## [A](a.md)', '', '\\- b', '', '## [D](c/d.md)', '', '2024-05-01, x, y'],
    );
  });
  it('say so when there is nothing', () => {
    for (const style of ['list', 'table', 'cards', 'nested'])
      check(listPages({}), { style, groupBy: 'tags' }, ['# Docs', '', 'No pages yet.']);
    check(listPages({}), { style: 'summary' }, ['# Summary']);
  });
});

describe('groups of a Markdown index', () => {
  it('by folder have the headings of the folders at the top, with what is beside them first', () => {
    check(listPages(handbook), { groupBy: 'folder' }, [
      '# Docs',
      '',
      '- [Welcome](README.md)',
      '',
      '## api',
      '',
      '- [Y](api/y%281%29.md)',
      '',
      '## [Guide](guide/index.md)',
      '',
      '- deep',
      '  - [X](guide/deep/x.md)',
      '- [First | steps](guide/first%20steps.md): a b | c',
    ]);
  });
  it('by tags have a page under each of its tags, and those without under Other', () => {
    check(listPages(handbook), { groupBy: 'tags', descriptions: false }, [
      '# Docs',
      '',
      '## a|b',
      '',
      '- [First | steps](guide/first%20steps.md)',
      '',
      '## start',
      '',
      '- [Guide](guide/index.md)',
      '- [First | steps](guide/first%20steps.md)',
      '',
      '## Other',
      '',
      '- [Welcome](README.md)',
      '- [Y](api/y%281%29.md)',
      '- [X](guide/deep/x.md)',
    ]);
  });
  it('by any key of the front matter, in natural order, whatever their names are', () => {
    const names = ['constructor', '#9 #', '#10 #', '__proto__', '<b>'];
    const pages = Object.fromEntries(
      names.map((name, i) => [`${i}.md`, { title: 'T', data: { area: name } }]),
    );
    const { body } = markdownIndex.render(listPages(pages), { groupBy: 'area', style: 'cards' });
    assert.deepEqual(body.match(/^## .*/gm), [
      '## #9 \\#',
      '## #10 \\#',
      '## \\<b>',
      '## \\_\\_proto\\_\\_',
      '## constructor',
    ]);
    assert.equal(body.match(/^### \[T\]/gm)?.length, 5);
  });
});

describe('a summary for mdBook and GitBook', () => {
  it('begins with the introduction, nests chapters, and has draft chapters for folders without page', () => {
    check(listPages(handbook, 'SUMMARY.md'), { style: 'summary' }, [
      '# Summary',
      '',
      '- [Welcome](README.md)',
      '- [api]()',
      '  - [Y](<api/y(1).md>)',
      '- [Guide](guide/index.md)',
      '  - [deep]()',
      '    - [X](guide/deep/x.md)',
      '  - [First | steps](guide/first%20steps.md)',
    ]);
  });
  it('has a part for each folder at the top, at the level that the program reads', () => {
    const lines = (mark: string) => [
      '# Contents',
      '',
      '- [Welcome](README.md)',
      '',
      `${mark} api`,
      '',
      '- [Y](<api/y(1).md>)',
      '',
      `${mark} Guide`,
      '',
      '- [Guide](guide/index.md)',
      '- [deep]()',
      '  - [X](guide/deep/x.md)',
      '- [First | steps](guide/first%20steps.md)',
    ];
    const options = { style: 'summary', groupBy: 'folder', title: 'Contents' };
    check(listPages(handbook), options, lines('#'));
    check(listPages(handbook), { ...options, partLevel: 2 }, lines('##'));
  });
  it('writes paths as they are, since mdBook decodes nothing but spaces', () => {
    const names = ['ü&é.md', 'a[b].md', '<c>.md', 'd_e*.md', 'x%41.md', 'f(g.md', '`h`&amp;.md'];
    const { body } = markdownIndex.render(listPages(Object.fromEntries(names.map((name) => [name, 'T']))), {
      style: 'summary',
    });
    const found = Array.from(body.matchAll(/\]\((.*)\)$/gm), ([, path = '']) =>
      path.replace(/^<(.*)>$/, '$1').replace(/\\(.)/g, '$1'),
    );
    assert.deepEqual(found.sort(), names.toSorted());
    const scheme = markdownIndex.render(listPages({ 'javascript:a/b.md': 'T' }), { style: 'summary' }).body;
    assert.match(scheme, /\[T\]\(\.\/javascript:a\/b\.md\)/);
  });
});

describe('indexes of each folder', () => {
  const outputs = new Set(['docs/index.md', 'docs/a/index.md', 'docs/a/2-b/index.md', 'other/index.md']);
  const options = { linkIndexes: true };

  it('link to those below instead of listing their pages again', () => {
    const pages = { 'x.md': 'X', 'a/README.md': 'About a', 'a/y.md': 'Y', 'a/2-b/z.md': 'Z', 'c/w.md': 'W' };
    check({ ...listPages(pages), outputs }, options, [
      '# Docs',
      '',
      '- [About a](a/index.md)',
      '- c',
      '  - [W](c/w.md)',
      '- [X](x.md)',
    ]);
    check({ ...listPages(pages), outputs }, { linkIndexes: false, depth: 1 }, [
      '# Docs',
      '',
      '- [About a](a/README.md)',
      '- [X](x.md)',
    ]);
  });
  it('link to those above, where there are any', () => {
    check(
      { ...listPages({ 'z.md': 'Z' }, 'index.md', 'docs/a/2-b'), outputs },
      { ...options, order: ['prefix'] },
      ['# B', '', '[Docs](../../index.md) / [A](../index.md)', '', '- [Z](z.md)'],
    );
    const root = new Set([...outputs, 'index.md']);
    check({ ...listPages({}, 'index.md', 'docs'), outputs: root }, options, [
      '# Docs',
      '',
      '[Index](../index.md)',
      '',
      'No pages yet.',
    ]);
    check({ ...listPages({}, 'index.md', ''), outputs: root }, options, ['# Index', '', 'No pages yet.']);
  });
});
