import assert from 'node:assert/strict';
import { markdownIndex } from '../../../../src/core/generators/markdownIndex.ts';
import type { Listing } from '../../../../src/core/types.ts';
import { listPages, type PageSpec } from './listings.ts';

function check(
  pages: Readonly<Record<string, PageSpec>>,
  lines: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): void {
  checkListing(listPages(pages), ['# Docs', '', ...lines, ''], options);
}

function checkListing(
  listing: Listing,
  lines: readonly string[],
  options: Readonly<Record<string, unknown>> = {},
): void {
  const { body, problems } = markdownIndex.render(listing, options);
  assert.equal(body, lines.join('\n'));
  assert.deepEqual(problems, []);
}

describe('a Markdown index', () => {
  it('lists pages with their titles and descriptions', () => {
    check({ 'b.md': { title: 'B', description: 'About b' }, 'a.md': 'A' }, [
      '- [A](a.md)',
      '- [B](b.md): About b',
    ]);
    check({ 'b.md': { title: 'B', description: 'About b' } }, ['- [B](b.md)'], { descriptions: false });
  });
  it('nests folders, which take title, link and order from their index page', () => {
    check(
      {
        'guide/index.md': { title: 'Guide', description: 'How to', order: 1 },
        'guide/a.md': 'A',
        'guide/deep/x.md': 'X',
        'api/README.md': 'API',
        'api/readme.txt.md': 'T',
        'z.md': 'Z',
        'empty/index.md': { order: 2 },
      },
      [
        '- [Guide](guide/index.md): How to',
        '  - [A](guide/a.md)',
        '  - deep',
        '    - [X](guide/deep/x.md)',
        '- [empty](empty/index.md)',
        '- [API](api/README.md)',
        '  - [T](api/readme.txt.md)',
        '- [Z](z.md)',
      ],
    );
  });
  it('prefers index to README, and lists the other as a page', () => {
    check({ 'a/README.md': 'R', 'a/index.md': 'I' }, ['- [I](a/index.md)', '  - [R](a/README.md)']);
    check({ 'README.md': 'R', 'a.md': 'A' }, ['- [A](a.md)', '- [R](README.md)'].reverse());
  });
  it('puts what has an order first and keeps the order of paths for the rest', () => {
    check(
      {
        'a.md': 'A',
        'b.md': { title: 'B', order: 2 },
        'c.md': { title: 'C', order: -1 },
        'd10.md': 'D10',
        'd9.md': 'D9',
        'e.md': { title: 'E', order: 3 },
      },
      ['- [C](c.md)', '- [B](b.md)', '- [E](e.md)', '- [A](a.md)', '- [D9](d9.md)', '- [D10](d10.md)'],
    );
  });
  it('leaves out drafts unless asked', () => {
    const pages = {
      'a.md': { title: 'A', isDraft: true },
      'b.md': 'B',
      'c/index.md': { isDraft: true },
      'c/d.md': 'D',
    };
    check(pages, ['- [B](b.md)', '- c', '  - [D](c/d.md)']);
    check(pages, ['- [A](a.md)', '- [B](b.md)', '- [c](c/index.md)', '  - [D](c/d.md)'], { drafts: true });
  });
  it('stops at the depth', () => {
    const pages = { 'a.md': 'A', 'b/index.md': 'B', 'b/c/d.md': 'D', 'e/f.md': 'F' };
    check(pages, ['- [A](a.md)', '- [B](b/index.md)'], { depth: 1 });
    check(pages, ['- [A](a.md)', '- [B](b/index.md)', '- e', '  - [F](e/f.md)'], { depth: 2 });
  });
  it('links from where the output stands', () => {
    const pages = { 'a b/c(1).md': 'C' };
    checkListing(listPages(pages, '../index.md'), [
      '# Docs',
      '',
      '- a b',
      '  - [C](docs/a%20b/c%281%29.md)',
      '',
    ]);
    checkListing(listPages(pages, '../out/x/index.md', 'my/docs'), [
      '# Docs',
      '',
      '- a b',
      '  - [C](../../docs/a%20b/c%281%29.md)',
      '',
    ]);
    checkListing(listPages(pages, 'a b/index.md', ''), ['# Index', '', '- a b', '  - [C](c%281%29.md)', '']);
  });
  it('has a heading from the option, the folder or nothing', () => {
    const lines = ['', 'No pages yet.', ''];
    checkListing(listPages({}, 'index.md', 'x/getting-started_now'), ['# Getting started now', ...lines]);
    checkListing(listPages({}, 'index.md', ''), ['# Index', ...lines]);
    checkListing(listPages({}), ['# \\*Mine\\* \\#', ...lines], { title: ' *Mine*\n# ' });
  });
  it('names a page without title by its file', () => {
    check({ 'a-b.md': {}, '.md': {}, 'x.pdf': {} }, ['- [.md](.md)', '- [a-b](a-b.md)', '- [x.pdf](x.pdf)']);
  });
  it('shows hostile names as text', () => {
    check({ '<img onerror=x>/a.md': '[x](javascript:a)' }, [
      '- \\<img onerror=x>',
      '  - [\\[x\\](javascript:a)](%3Cimg%20onerror%3Dx%3E/a.md)',
    ]);
    check(
      {
        '1. a/b.md': 'line\nbreak',
        '# c/d.md': '`x`',
        'javascript:a/b.md': { title: 'J', description: '- <b>' },
      },
      [
        '- \\# c',
        '  - [\\`x\\`](%23%20c/d.md)',
        '- 1\\. a',
        '  - [line break](1.%20a/b.md)',
        '- javascript:a',
        '  - [J](./javascript%3Aa/b.md): - \\<b>',
      ],
    );
  });
  it('does not throw on options that nobody checked', () => {
    check({ 'a.md': 'A' }, ['- [A](a.md)'], { title: 3, unknown: true });
  });
});

describe('titles and paths in a Markdown index', () => {
  const pieces = [
    'a',
    'word ',
    '*',
    '**',
    '_',
    '`',
    '``',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '&',
    '&amp;',
    '!',
    '#',
    ' # ',
    '- ',
  ];
  const more = [
    '1. ',
    '\\',
    '|',
    '~~',
    '\n',
    'é',
    'snake_case',
    '<img onerror=1>',
    '[x](javascript:a)',
    '😀',
    '---',
    '```',
    '%',
  ];
  let seed = 20_240_501;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const text = () =>
    Array.from({ length: 1 + next(8) }, () => [...pieces, ...more][next(pieces.length + more.length)]).join(
      '',
    );

  it(`come back from the text whatever they hold (seed ${seed})`, () => {
    for (let round = 0; round < 2000; round++) {
      const title = `${text()}.`;
      const description = `.${text()}`;
      const path = `${text().replaceAll('\n', ' ').replaceAll('/', '')}x.md`;
      const { body } = markdownIndex.render(listPages({ [path]: { title, description } }), {});
      const [, shown = '', href = '', rest = ''] =
        /^- \[((?:[^\\[\]\n]|\\.)*)\]\(([^()\s]*)\)(.*)\n$/m.exec(body) ?? [];
      assert.equal(readText(shown), title.replace(/\s+/g, ' ').trim(), body);
      assert.equal(readText(rest), `: ${description.replace(/\s+/g, ' ').trim()}`, body);
      assert.equal(decodeURIComponent(href).replace(/^\.\//, ''), path, body);
    }
  }).timeout(20_000);

  /** Reads text as Markdown would, and fails on anything that is not text. */
  function readText(markdown: string): string {
    const bare = markdown.replace(/\\[!-/:-@[-`{-~]/g, '\u0000');
    assert.doesNotMatch(bare, /[`*[\]<~]|&#?\w+;|(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/u, markdown);
    return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
  }
});
