import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import MarkdownIt from 'markdown-it';
import { readFrontMatter } from '../../src/core/facts/frontMatter.ts';
import { firstHeading } from '../../src/core/facts/markdownHeading.ts';
import { repositoryFile } from '../support/repository.ts';

const parser = new MarkdownIt('default', { html: true });
type Token = ReturnType<typeof parser.parse>[number];

/** What a full parse says of the first heading with text; `html` when an `<h1>` of HTML stands before it. */
type Reference =
  | { readonly kind: 'heading'; readonly title: string | undefined }
  | { readonly kind: 'html'; readonly content: string };

function referenceOf(text: string): Reference {
  const tokens = parser.parse(text, {});
  for (const [i, token] of tokens.entries()) {
    if (token.level !== 0) continue;
    if (token.type === 'html_block' && /<h1[\s>]/i.test(token.content))
      return { kind: 'html', content: token.content };
    const title = token.type === 'heading_open' ? fold(shownText(tokens[i + 1]?.children ?? [])) : '';
    if (title !== '') return { kind: 'heading', title };
  }
  return { kind: 'heading', title: undefined };
}

function shownText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'image') return shownText(token.children ?? []);
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
      if (token.type !== 'html_inline') return token.content;
      if (/^<br/i.test(token.content)) return ' ';
      return /^<img\b.*?\balt="([^"]*)"/is.exec(token.content)?.[1] ?? '';
    })
    .join('');
}

function fold(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** The constructs in which the two differ for a reason, each with what a title is then allowed to be. */
const knownDifferences: Readonly<Record<string, (ours: string, theirs: string) => boolean>> = {
  // The definition may stand at the end of a long page, which is not read for a title: `## [1.0.0] - 2024-01-02`.
  'a shortcut reference keeps its brackets': (ours, theirs) => ours.replace(/[[\]]/g, '') === theirs,
};

function differenceOf(ours: string | undefined, theirs: string | undefined): string | undefined {
  if (ours === theirs) return undefined;
  const known = Object.entries(knownDifferences).find(([, isSame]) => isSame(ours ?? '', theirs ?? ''));
  return known?.[0] ?? 'not explained';
}

/** The Markdown files of all packages that are installed here, each text once. */
function corpus(): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  const root = repositoryFile('node_modules');
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(?:md|markdown)$/i.test(name)) pages.set(readFileSync(path.join(root, name), 'utf8'), name);
  }
  return pages;
}

describe('the first heading of a page', function () {
  this.timeout(120_000);
  let seed = 20_240_609;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };

  it(`is the one that a full parser finds, in real pages and in what follows any of their lines (seed ${seed})`, () => {
    const counts = { pages: 0, texts: 0, html: 0 };
    const explained = new Map<string, number>();
    for (const [text, name] of corpus()) {
      const body = text.slice(readFrontMatter(text, name).bodyStart).replace(/^\uFEFF/, '');
      const lines = body.split('\n');
      const afterHeadings = lines.flatMap((line, i) => (/^#|^[=-]+\r?$/.test(line) ? [i + 1] : []));
      const starts = new Set([0, ...Array.from({ length: 5 }, () => next(lines.length))]);
      for (let i = 0; i < 5 && afterHeadings.length > 0; i++)
        starts.add(afterHeadings[next(afterHeadings.length)] ?? 0);
      counts.pages++;
      for (const start of starts) {
        const rest = lines.slice(start).join('\n');
        const ours = firstHeading(rest, 0);
        const reference = referenceOf(rest);
        counts.texts++;
        if (reference.kind === 'html') {
          // The reference has no titles in HTML, many README files do: ours must then stand in that very block.
          counts.html++;
          const words = fold(
            reference.content.replace(/<[^>]*?alt="([^"]*)"[^>]*>/g, ' $1 ').replace(/<[^>]*>/g, ' '),
          );
          assert.ok(ours !== undefined && words.includes(ours), `${name}:${start + 1}: ${ours} in ${words}`);
          continue;
        }
        const difference = differenceOf(ours, reference.title);
        if (difference === undefined) continue;
        assert.ok(difference in knownDifferences, `${name}:${start + 1}: ${ours}, not ${reference.title}`);
        explained.set(difference, (explained.get(difference) ?? 0) + 1);
      }
    }
    assert.ok(counts.pages > 400 && counts.texts > 3000, JSON.stringify(counts));
    assert.deepEqual([...explained.keys()], Object.keys(knownDifferences), 'a difference that is no more');
    console.log(`      ${counts.pages} pages, ${counts.texts} texts, ${counts.html} with a title in HTML`);
  });

  const lines =
    '# A|## B #|B|===|---|||> q|> # q|- item|  cont|    code|- # h|1. x|2. y|```|~~~|```js|    # x|\t# t|<div>|</div>|<!-- c|-->|<b>x</b>|<span>|</span>|<x y="z">|<B 08>|* * *|***|[a]: /u|a [x](y) b|# [l](m) `c`|*em*|# **s** t|#|# #|- |-|+|  ===|   ---| - - -|<?p|?>|\\# e|# \\#|`a|b`|  # two|>|> |>text|1) a|10. b|\ttab|- ```|  ```|-   x|      y|<script>|</script>|&amp; x|# &copy; _a_|/url|****|__|# |####### x|#x|+ a|  - b|text  |text\\'.split(
      '|',
    );

  it(`is the one that a full parser finds in any mixture of blocks (seed ${seed})`, () => {
    const pieces = [...lines, '| a | b |', '| - | - |'];
    for (let round = 0; round < 30_000; round++) {
      const text = Array.from({ length: 1 + next(6) }, () => pieces[next(pieces.length)]).join('\n');
      const reference = referenceOf(text);
      if (reference.kind === 'html') continue;
      const ours = firstHeading(text, 0);
      const difference = differenceOf(ours, reference.title) ?? '';
      if (difference in knownDifferences) continue;
      assert.equal(ours, reference.title, JSON.stringify(text));
    }
  });
});
