import assert from 'node:assert/strict';
import { plainText } from '../../../../src/core/facts/markdownText.ts';

function check(cases: Readonly<Record<string, string>>): void {
  for (const [markup, expected] of Object.entries(cases)) assert.equal(plainText(markup), expected, markup);
}

describe('the text of inline Markdown', () => {
  it('has no emphasis', () => {
    check({
      '*a* **b** ***c*** _d_ __e__ ~~f~~': 'a b c d e f',
      '**a *b* c**': 'a b c',
      'a*b*c': 'abc',
      snake_case_name: 'snake_case_name',
      '2 * 3 * 4': '2 * 3 * 4',
      '**open': '**open',
      _a_b: '_a_b',
      '*a**': 'a*',
      'a ~ b': 'a ~ b',
    });
  });
  it('keeps code as it is', () => {
    check({ '`*a*`': '*a*', '`` a`b ``': 'a`b', '`a': '`a', '`a\\`': 'a\\', '`<b>`': '<b>' });
  });
  it('has the words of links and images, not their addresses', () => {
    check({
      '[a](b)': 'a',
      '[a *b*](<c d> "t")': 'a b',
      '![alt](x.png)': 'alt',
      '[![badge](b.svg)](https://x) Name': 'badge Name',
      '[a][b] [c][]': 'a c',
      '[a](x(y)z)': 'a',
      '[1.0.0] - today': '[1.0.0] - today',
      'a ] b [ c': 'a ] b [ c',
      '<https://x.y>': 'https://x.y',
    });
  });
  it('keeps the brackets of what would be a reference if the page said where to', () => {
    const isDefined = (label: string) => label === 'c';
    for (const [markup, expected] of [
      ['buffer.read(a[, b][, encoding])', 'buffer.read(a[, b][, encoding])'],
      ['[a][b] [a][c] [c][] [d][]', '[a][b] a c [d][]'],
      ['[![alt][b]][c] ![alt][c]', '![alt][b] alt'],
      ['[a](b) [a][b](d)', 'a [a]b'],
    ] as const) {
      assert.equal(plainText(markup, isDefined), expected, markup);
    }
  });
  it('has no HTML tags but keeps what is no tag', () => {
    check({
      'a <b>b</b><br/>c': 'a b c',
      '<img src="x" alt="Logo"> N': 'Logo N',
      'Map<K, V>': 'Map<K, V>',
      'a < b > c': 'a < b > c',
      'x <!-- y --> z': 'x z',
    });
  });
  it('resolves escapes, entities and heading ids', () => {
    check({
      '\\*a\\* \\q': '*a* \\q',
      '&lt;b&gt; &copy; &#65;&#x42; &nope;': '<b> © AB &nope;',
      '&#0; &#xD800;': '\uFFFD \uFFFD',
      'Title {#my-id}': 'Title',
    });
  });
});
