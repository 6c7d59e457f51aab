import assert from 'node:assert/strict';
import {
  encodePath,
  escapeHtml,
  escapeMarkdown,
  escapeMarkdownBlock,
  escapeMarkdownHeading,
  foldText,
} from '../../../src/core/escape.ts';

function check(change: (text: string) => string, cases: Readonly<Record<string, string>>): void {
  for (const [text, expected] of Object.entries(cases)) assert.equal(change(text), expected);
}

describe('foldText', () => {
  it('makes one line without control characters', () => {
    check(foldText, { ' a\r\n\tb\u0000c\u2028 ': 'a b c', '\ud800x': '\uFFFDx', '\u0007': '' });
  });
});

describe('escapeMarkdown', () => {
  it('takes the power from everything that begins markup', () => {
    check(escapeMarkdown, {
      '<img src=x onerror=alert(1)>': '\\<img src=x onerror=alert(1)>',
      '[x](javascript:alert(1))': '\\[x\\](javascript:alert(1))',
      '![x](y)': '!\\[x\\](y)',
      '`code`': '\\`code\\`',
      '*a* **b**': '\\*a\\* \\*\\*b\\*\\*',
      '_a_ __b__': '\\_a\\_ \\_\\_b\\_\\_',
      '~~gone~~': '\\~\\~gone\\~\\~',
      'back\\slash': 'back\\\\slash',
      '&lt; &#60; &x': '\\&lt; \\&#60; &x',
    });
  });
  it('leaves alone what has no power, so that formatters find nothing to change', () => {
    const plain = [
      'snake_case_name',
      'größe_ñ',
      'a - b + c',
      '1. first',
      '# x',
      'a | b',
      'AT&T',
      'Q & A',
      '(x)',
      'a > b',
    ];
    for (const text of plain) assert.equal(escapeMarkdown(text), text);
  });
  it('stays linear on long runs', () => {
    const long = `a${'_'.repeat(200_000)}b`;
    assert.equal(escapeMarkdown(long), long);
  });
});

describe('escapeMarkdownBlock', () => {
  it('keeps text at the start of a block from becoming a list, a heading, a rule or a quote', () => {
    check(escapeMarkdownBlock, {
      '1. first': '1\\. first',
      '12) x': '12\\) x',
      '- dash': '\\- dash',
      '+': '\\+',
      '# heading': '\\# heading',
      '---': '\\---',
      '===': '\\===',
      '> quote': '\\> quote',
      '1.5 litres': '1.5 litres',
      '-flag': '-flag',
      '#tag': '#tag',
    });
  });
});

describe('escapeMarkdownHeading', () => {
  it('keeps hash signs at the end', () => {
    check(escapeMarkdownHeading, { 'C #': 'C \\#', '##': '\\##', 'C#': 'C#' });
  });
});

describe('escapeHtml', () => {
  it('is safe in content and in both kinds of quotes', () => {
    check(escapeHtml, { '<b title="a" id=\'b\'>&': '&lt;b title=&quot;a&quot; id=&#39;b&#39;&gt;&amp;' });
  });
});

describe('encodePath', () => {
  it('encodes each segment after RFC 3986', () => {
    check(encodePath, {
      'a b/c(d).md': 'a%20b/c%28d%29.md',
      "it's*!.md": 'it%27s%2A%21.md',
      '50%#1?.md': '50%25%231%3F.md',
      'größe.md': 'gr%C3%B6%C3%9Fe.md',
      '../up/a.md': '../up/a.md',
      'a\\b.md': 'a%5Cb.md',
      'plain-1_2.3~4.md': 'plain-1_2.3~4.md',
    });
  });
  it('can not be taken for a scheme, nor for a host', () => {
    check(encodePath, {
      'javascript:alert(1).md': './javascript%3Aalert%281%29.md',
      'a/b:c.md': 'a/b%3Ac.md',
      '//host/x.md': './//host/x.md',
    });
  });
  it('leads back to the exact name', () => {
    for (const name of ['a b', 'é', 'e\u0301', '%25', '+', '😀', '&amp;', '"<>"', '{}|^`', 'a:b']) {
      const resolved = new URL(encodePath(`${name}/${name}`), 'file:///root/').pathname;
      assert.equal(decodeURIComponent(resolved), `/root/${name}/${name}`);
    }
  });
  it('does not throw on half a pair', () => {
    assert.equal(encodePath('\ud800'), '%EF%BF%BD');
  });
});
