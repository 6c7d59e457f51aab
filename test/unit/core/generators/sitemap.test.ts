import assert from 'node:assert/strict';
import * as v from 'valibot';
import { sitemap } from '../../../../src/core/generators/sitemap.ts';
import { provenanceOf, withHeader } from '../../../../src/core/provenance.ts';
import type { Listing } from '../../../../src/core/types.ts';
import { listPages } from './listings.ts';

const base = 'https://example.org/docs/';

function locations(listing: Listing, options: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const { body, problems } = sitemap.render(listing, { base, ...options });
  assert.deepEqual(problems, []);
  return [...body.matchAll(/<loc>(.*)<\/loc>(?:\s*<lastmod>(.*)<\/lastmod>)?/g)].map(([, url, day]) =>
    day === undefined ? `${url}` : `${url} ${day}`,
  );
}

describe('a sitemap', () => {
  it('is XML after sitemaps.org, with its declaration first and the header behind it', () => {
    const { body } = sitemap.render(listPages({ 'a.md': { title: 'A', date: '2024-05-06' } }), { base });
    assert.equal(
      body,
      `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url>
    <loc>https://example.org/docs/a.html</loc>
    <lastmod>2024-05-06</lastmod>
  </url>
</urlset>
`,
    );
    const file = withHeader(body, 'sitemap', 'sitemap.xml');
    assert.match(file, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!-- @generated .* -->\n<urlset/);
    assert.equal(provenanceOf(file), 'generated');
  });

  it('makes addresses in four ways, and folders of their index pages', () => {
    const listing = listPages({
      'index.md': 'I',
      'a/b.md': 'B',
      'a/README.md': 'R',
      'c/index.html': 'C',
      'c/readme.md': 'D',
      'e.htm': 'E',
    });
    const paths = (urls: string) => locations(listing, { urls }).map((url) => url.slice(base.length));
    assert.deepEqual(paths('html'), ['a/', 'a/b.html', 'c/', 'c/readme.html', 'e.htm', '']);
    assert.deepEqual(paths('clean'), ['a/', 'a/b', 'c/', 'c/readme', 'e', '']);
    assert.deepEqual(paths('folder'), ['a/', 'a/b/', 'c/', 'c/readme/', 'e/', '']);
    assert.deepEqual(paths('source'), [
      'a/README.md',
      'a/b.md',
      'c/index.html',
      'c/readme.md',
      'e.htm',
      'index.md',
    ]);
  });

  it('encodes what has a meaning in addresses or XML', () => {
    const listing = listPages({ "a b/c&d'<>?#.md": 'X', 'ü%2f.md': 'Y', 'x:y.md': 'Z' });
    assert.deepEqual(locations(listing, { base: 'http://münchen.example/ä&b' }), [
      'http://xn--mnchen-3ya.example/%C3%A4&amp;b/a%20b/c%26d%27%3C%3E%3F%23.html',
      'http://xn--mnchen-3ya.example/%C3%A4&amp;b/x%3Ay.html',
      'http://xn--mnchen-3ya.example/%C3%A4&amp;b/%C3%BC%252f.html',
    ]);
  });

  it('takes the day from the front matter, or from git where it does not say', () => {
    const pages = listPages({
      'a.md': { date: '2024-01-01', data: { lastmod: '2024-03-03T10:00:00Z', updated: '2024-02-02' } },
      'b.md': { date: '2024-01-01', data: { updated: '2024-02-02' } },
      'c.md': { date: '2024-01-01' },
      'd.md': { data: { lastmod: 'yesterday' } },
    });
    const listing = {
      ...pages,
      sources: pages.sources.map((source) => ({ ...source, gitDate: '2025-09-09' })),
    };
    const days = (lastmod: string) => locations(listing, { lastmod }).map((url) => url.split(' ')[1]);
    assert.deepEqual(days('frontMatter'), ['2024-03-03', '2024-02-02', '2024-01-01', undefined]);
    assert.deepEqual(days('git'), ['2024-03-03', '2024-02-02', '2025-09-09', '2025-09-09']);
    assert.deepEqual(days('none'), [undefined, undefined, undefined, undefined]);
    assert.deepEqual(
      [sitemap.needsGitDates?.({ lastmod: 'git' }), sitemap.needsGitDates?.({})],
      [true, false],
    );
  });

  it('leaves out drafts and pages that ask not to be found', () => {
    const listing = listPages({
      'a.md': { isDraft: true },
      'b.md': { data: { noindex: 'true' } },
      'c.md': { data: { sitemap: 'false' } },
      'd.md': {},
    });
    assert.deepEqual(locations(listing), [`${base}d.html`]);
    assert.deepEqual(locations(listing, { drafts: true }), [`${base}a.html`, `${base}d.html`]);
  });

  it('lists an address once and names the pages that share it', () => {
    const { body, problems } = sitemap.render(listPages({ 'a.html': 'A', 'a.md': 'B' }), { base });
    assert.equal(body.match(/<loc>/g)?.length, 1);
    assert.deepEqual(
      problems.map(({ code, relativePath }) => [code, relativePath]),
      [['address-twice', 'a.md']],
    );
  });

  it('is refused when it is too large for search engines', function () {
    this.timeout(30_000);
    const many = Object.fromEntries(Array.from({ length: 50_001 }, (_, i) => [`${i}.md`, {}]));
    const { problems } = sitemap.render(listPages(many), { base });
    assert.deepEqual(
      problems.map(({ severity, code }) => [severity, code]),
      [['error', 'sitemap-too-large']],
    );
    const long = Object.fromEntries(
      Array.from({ length: 30_000 }, (_, i) => [`${'ü'.repeat(320)}${i}.md`, {}]),
    );
    assert.match(
      sitemap.render(listPages(long), { base }).problems[0]?.message ?? '',
      /30000 addresses and 5\d\.\d MB/,
    );
  });

  it('wants an absolute address as its base, and an output in XML', () => {
    for (const wrong of [
      '',
      'docs/',
      '/docs/',
      'ftp://x.org/',
      'https://x.org/?a',
      'https://x.org/#a',
      'https://u:p@x.org/',
      'javascript:alert(1)',
      'https://',
      'https://x.org:99999/',
      3,
    ])
      assert.equal(v.safeParse(sitemap.optionsSchema, { base: wrong }).success, false, String(wrong));
    assert.equal(v.safeParse(sitemap.optionsSchema, { base: 'https://x.org:8080/a%20b' }).success, true);
    assert.equal(sitemap.render(listPages({}), {}).problems[0]?.code, 'sitemap-base-missing');
    assert.equal(sitemap.refuseOutput?.('a/sitemap.xml'), null);
    assert.match(sitemap.refuseOutput?.('sitemap.md') ?? '', /\.xml/);
  });
});
