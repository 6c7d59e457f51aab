import assert from 'node:assert/strict';
import { toc } from '../../../../src/core/generators/toc.ts';

function render(page: string, options: Record<string, unknown> = {}, region = 'toc'): string {
  const inputs = new Map([['docs/a.md', page]]);
  return toc.render({ folder: 'docs', outputFromFolder: 'a.md', sources: [], inputs, region }, options).body;
}

describe('a table of contents', () => {
  const check = (name: string, page: string, expected: string, options: Record<string, unknown> = {}) =>
    it(`lists ${name}`, () => assert.equal(render(page, options), expected));

  check(
    'headings of both forms, nested by level',
    '# T\n\n## One\n\nTwo\n---\n\n### Deep\n',
    '- [One](#one)\n- [Two](#two)\n  - [Deep](#deep)\n',
  );
  check('the levels that are asked for', '# A\n## B\n### C\n#### D\n', '- [A](#a)\n  - [B](#b)\n', {
    minLevel: 1,
    maxLevel: 2,
  });
  check(
    'brackets that lead nowhere as text, and references as links',
    '## read(a[, b][, c])\n## [Name][site]\n\n[SITE]: /x\n',
    '- [read(a\\[, b\\]\\[, c\\])](#reada-b-c)\n- [Name](#name)\n',
  );
  check(
    'one step deeper where a level is left out',
    '## A\n#### B\n## C\n',
    '- [A](#a)\n  - [B](#b)\n- [C](#c)\n',
    { maxLevel: 4 },
  );
  check('a lower heading before a higher one', '### A\n## B\n### C\n', '- [A](#a)\n- [B](#b)\n  - [C](#c)\n');
  check(
    'numbers, with room for their width',
    `${'## A\n'.repeat(10)}### B\n`,
    `1. [A](#a)\n${[2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `${n}. [A](#a-${n - 1})\n`).join('')}    1. [B](#b)\n`,
    { ordered: true },
  );
  check(
    'other bullets, below a title',
    '## A\n',
    '**What *is* here**\n\n* [A](#a)\n'.replace('*is*', '\\*is\\*'),
    { bullet: '*', title: 'What *is* here' },
  );
  check(
    'inline markup as text',
    '## `code` *em* [link](x) <b>b</b> ![img](y) &amp; \\*\n',
    '- [code em link b img & \\*](#code-em-link-b---)\n',
  );
  check(
    'the second one of a name with a number',
    '## A\n## a\n# A\n## A-1\n',
    '- [A](#a)\n- [a](#a-1)\n- [A-1](#a-1-1)\n',
  );
  check(
    'other scripts and emoji',
    '## Über uns\n## 日本語 タイトル\n## 🎉 Party\n## Привет, мир!\n',
    '- [Über uns](#über-uns)\n- [日本語 タイトル](#日本語-タイトル)\n- [🎉 Party](#-party)\n- [Привет, мир!](#привет-мир)\n',
  );
  check('the id that a heading gives itself', '## Title {#my-id}\n', '- [Title](#my-id)\n');
  check(
    'nothing from code, comments, front matter and quotes',
    '---\n# no: 1\n---\n```\n## no\n```\n\n    ## no\n\n<!--\n## no\n-->\n\n> ## no\n\n## Yes\n',
    '- [Yes](#yes)\n',
  );
  check('brackets and bars without harm', '## [x] | <script> `a|b`\n', '- [\\[x\\] | a|b](#x---ab)\n');
  check('nothing at all', 'text\n', '', { title: 'Contents' });

  it('knows headings behind CRLF and a byte order mark', () => {
    assert.equal(render('\uFEFF## A\r\n\r\nB\r\n===\r\n', { minLevel: 1 }), '- [A](#a)\n- [B](#b)\n');
  });
});
