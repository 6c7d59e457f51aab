import assert from 'node:assert/strict';
import { htmlIndex } from '../../../../src/core/generators/htmlIndex.ts';
import { listPages, type PageSpec } from './listings.ts';

function render(
  pages: Readonly<Record<string, PageSpec>>,
  options: Readonly<Record<string, unknown>> = {},
): string {
  const { body, problems } = htmlIndex.render(listPages(pages, 'index.html'), options);
  assert.deepEqual(problems, []);
  return body;
}

/** Checks that every element is closed in its turn and that no attribute is left open. */
function checkWellFormed(html: string): void {
  const open: string[] = [];
  const withoutStyle = html.replace(/<style>[\s\S]*?<\/style>/, '');
  const rest = withoutStyle.replace(
    /<(\/?)([a-z1-6]+)((?:\s[-a-z]+="[^"<]*")*)>/g,
    (_tag, slash: string, name: string) => {
      if (slash !== '') assert.equal(open.pop(), name);
      else if (name !== 'meta') open.push(name);
      return '';
    },
  );
  assert.deepEqual(open, []);
  assert.doesNotMatch(rest.replace('<!doctype html>', ''), /[<>]/);
}

describe('an HTML index', () => {
  it('is a complete page that needs nothing else', () => {
    const html = render({ 'a.html': 'A' });
    checkWellFormed(html);
    assert.ok(html.startsWith('<!doctype html>\n<html lang="en">\n'));
    assert.ok(html.endsWith('</html>\n'));
    for (const part of [
      '<meta charset="utf-8">',
      'name="viewport"',
      '<title>Docs</title>',
      'color-scheme: light dark',
    ]) {
      assert.ok(html.includes(part), part);
    }
    assert.equal(html.match(/<h1[ >]/g)?.length, 1);
    assert.match(html, /<main>[\s\S]*<nav aria-label="Docs">[\s\S]*<ul/);
    assert.doesNotMatch(html, /<script|https?:|url\(|@import/);
  });
  it('lists pages, folders, descriptions and what kind a file is', () => {
    const html = render({
      'a.html': { title: 'A', description: 'About' },
      'b/index.html': 'B',
      'b/c.PDF': {},
      'd/e.txt': {},
    });
    const list = html.slice(html.indexOf('<nav'), html.indexOf('</nav>'));
    assert.deepEqual(
      list
        .split('\n')
        .slice(1, -1)
        .map((line) => line.trim()),
      [
        '<ul role="list">',
        '<li>',
        '<a class="name" dir="auto" href="a.html">A</a>',
        '<p dir="auto">About</p>',
        '</li>',
        '<li class="folder">',
        '<a class="name" dir="auto" href="b/index.html">B</a>',
        '<ul role="list">',
        '<li>',
        '<a class="name" dir="auto" href="b/c.PDF">c.PDF</a> <small>PDF</small>',
        '</li>',
        '</ul>',
        '</li>',
        '<li class="folder">',
        '<span class="name" dir="auto">d</span>',
        '<ul role="list">',
        '<li>',
        '<a class="name" dir="auto" href="d/e.txt">e.txt</a> <small>TXT</small>',
        '</li>',
        '</ul>',
        '</li>',
        '</ul>',
      ],
    );
    assert.doesNotMatch(
      render({ 'a.html': { title: 'A', description: 'About' } }, { descriptions: false }),
      /About/,
    );
  });
  it('says so when there is nothing', () => {
    const html = render({});
    checkWellFormed(html);
    assert.match(html, /<p lang="en">No pages yet.<\/p>/);
    assert.doesNotMatch(html, /<nav|<ul/);
  });
  it('takes title and language from the options', () => {
    const html = render({ 'a.html': 'A' }, { title: 'Ü & "x"', lang: 'pt-BR' });
    checkWellFormed(html);
    assert.match(html, /<html lang="pt-BR">/);
    assert.match(html, /<nav aria-label="Ü &amp; &quot;x&quot;">/);
    assert.match(render({}, { lang: '"><script>' }), /<html lang="en">/);
  });
  it('shows hostile names as text and never links to a scheme', () => {
    const hostile = '"><script>alert(1)</script>\' onfocus=x &amp; <b>';
    const html = render({
      'javascript:alert(1).html': { title: hostile, description: hostile },
      [`${hostile.replaceAll('/', '')}/x.html`]: {},
    });
    checkWellFormed(html);
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g)) assert.match(href, /^[\w.~%/-]+$/);
    assert.match(html, /href="\.\/javascript%3Aalert%281%29\.html"/);
    assert.ok(
      html.includes('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39; onfocus=x &amp;amp; &lt;b&gt;'),
    );
  });
});
