import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { markdownIndex } from '../../../../src/core/generators/markdownIndex.ts';
import { listPages } from './listings.ts';

const parser = new MarkdownIt('default', { html: true });
type Token = ReturnType<typeof parser.parse>[number];

/** The text of a piece of Markdown as a reader sees it; anything but text and the given kinds is a mistake. */
function shownText(tokens: readonly Token[], allowed: readonly string[]): string {
  return tokens
    .map((token) => {
      assert.ok(['text', 'text_special', ...allowed].includes(token.type), `${token.type} ${token.content}`);
      return token.content;
    })
    .join('');
}

describe('a Markdown index, read by a Markdown parser', function () {
  this.timeout(30_000);
  const pieces =
    'a|word |*|**|_|`|``|[|]|(|)|<|>|&|&amp;|!|#| # |- |1. |\\|~~|é|snake_case|<img onerror=1>|[x](javascript:a)|😀|---|```|%|:-:|=|+|{#a}'
      .split('|')
      .concat('|', '\\|', ' | ', '\n');
  let seed = 20_240_611;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const text = () => Array.from({ length: 1 + next(7) }, () => pieces[next(pieces.length)]).join('');
  const folded = (value: string) => value.replace(/\s+/g, ' ').trim();
  const pageSpec = () => ({ title: `T${text()}`, description: `${text()}.`, tags: [`t${folded(text())}`] });
  const href = (path: string) => parser.normalizeLink(decodeURIComponent(path));

  for (const style of ['nested', 'list', 'table', 'cards', 'summary']) {
    it(`has every title as the text of one link, in the style ${style} (seed ${seed})`, () => {
      for (let round = 0; round < 400; round++) {
        const specs = Array.from({ length: 3 }, pageSpec);
        const names = specs.map((_, i) => `${i}${folded(text()).replaceAll('/', '')}x.md`);
        const listing = listPages(Object.fromEntries(specs.map((spec, i) => [names[i] ?? '', spec])));
        const options = {
          style,
          title: `H${text()}`,
          columns: ['title', 'description', 'tags'],
          groupBy: ['folder', 'tags'][next(2)],
        };
        const { body } = markdownIndex.render(listing, options);
        const inline = parser
          .parse(body, {})
          .filter((token) => token.type === 'inline' && token.children !== null);
        const links = inline.flatMap(({ children }) => {
          const tokens = children ?? [];
          const start = tokens.findIndex((token) => token.type === 'link_open');
          const end = tokens.findIndex((token) => token.type === 'link_close');
          shownText(tokens, ['link_open', 'link_close']);
          return start === -1
            ? []
            : [{ title: shownText(tokens.slice(start + 1, end), []), href: tokens[start]?.attrGet('href') }];
        });
        assert.deepEqual(
          links.map(({ title }) => title).sort(),
          specs.map(({ title }) => folded(title)).sort(),
          body,
        );
        const paths = links.map((link) => href(String(link.href ?? '')).replace(/^\.\//, ''));
        assert.deepEqual(paths.sort(), names.map((name) => parser.normalizeLink(name)).sort(), body);
        if (style !== 'table') continue;
        const cells = parser.parse(body, {}).filter((token) => token.type === 'td_open').length;
        assert.equal(cells, 9, body);
        const shown = inline.map(({ children }) => shownText(children ?? [], ['link_open', 'link_close']));
        for (const { description } of specs) assert.ok(shown.includes(folded(description)), body);
      }
    });
  }
});
