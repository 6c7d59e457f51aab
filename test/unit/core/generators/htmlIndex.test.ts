import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as v from 'valibot';
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
  const withoutStyle = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
  const rest = withoutStyle.replace(
    /<(\/?)([a-z1-6]+)((?:\s[-a-z]+(?:="[^"<]*")?)*)>/g,
    (_tag, slash: string, name: string) => {
      if (slash !== '') assert.equal(open.pop(), name);
      else if (!['meta', 'link', 'input'].includes(name)) open.push(name);
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

  const pieces = [
    '"',
    "'",
    '<',
    '>',
    '&',
    '&quot;',
    '&#x3c;',
    '</a>',
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '</style>',
    '</title>',
  ];
  const more = [
    'javascript:',
    'data:text/html,',
    '//evil',
    'a',
    ' ',
    '`',
    '=',
    ' onload=x ',
    '\\',
    '\u2028',
    '\uD800',
    '\0',
    '%22',
    'é',
    '😀',
  ];
  let seed = 20_240_608;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const text = () =>
    Array.from({ length: 1 + next(6) }, () => [...pieces, ...more][next(pieces.length + more.length)]).join(
      '',
    );

  it(`holds names, titles and folders of any text as text only (seed ${seed})`, () => {
    for (let round = 0; round < 1000; round++) {
      const names = [text(), text()].map((name) => name.replaceAll('/', ''));
      const pages = {
        [`${names[0]}x/${names[1]}y.html`]: { title: `${text()}.`, description: `.${text()}` },
      };
      const outputs = new Set(['index.html', `${names[0]}x/index.html`]);
      const listing = { ...listPages(pages, 'index.html', `${names[0]}x`), outputs };
      const options = { filter: text(), linkIndexes: true, stylesheet: 'own.css', title: text() };
      const inputs = new Map([['own.css', `a { content: "${text()}" }`]]);
      const { body } = htmlIndex.render({ ...listing, inputs }, options);
      checkWellFormed(body);
      // Inside a style nothing but its end is a tag.
      const outside = body.replace(/<style>[\s\S]*?<\/style>/g, '<style>');
      assert.equal(outside.match(/<script/g)?.length, 1, body);
      assert.equal(outside.match(/<style/g)?.length, 2, body);
      for (const [, href = ''] of body.matchAll(/href="([^"]*)"/g))
        assert.match(href, /^(?![\w.%]*:)(?!\/\/)[\w.~%/-]+$/);
    }
  }).timeout(20_000);
});

describe('the filter of an HTML index', () => {
  it('is hidden until its script runs, which the policy knows by its hash', () => {
    const html = render({ 'a.html': 'A' }, { filter: true });
    checkWellFormed(html);
    assert.match(html, /<p class="filter" hidden><label>Filter <input type="search"/);
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    assert.ok(html.includes(`script-src 'sha256-${hash}'`));
    assert.match(render({ 'a.html': 'A' }, { filter: 'Suche <b>' }), /<label>Suche &lt;b&gt; </);
    assert.doesNotMatch(render({}, { filter: true }), /<script|class="filter"|script-src/);
  });
});

describe('the stylesheet of an HTML index', () => {
  const options = { stylesheet: 'theme/my style.css' };
  const inputs = new Map([['theme/my style.css', 'a {\r\n  color: red;\r\n}\r\n/* </STYLE><script> */\r\n']]);

  it('is read from its file and copied behind the built-in one, and nothing in it ends the element', () => {
    assert.deepEqual(htmlIndex.inputs?.(options), ['theme/my style.css']);
    assert.deepEqual(htmlIndex.inputs?.({ stylesheet: './theme//a.css' }), ['theme/a.css']);
    const { body, problems } = htmlIndex.render({ ...listPages({}, 'index.html'), inputs }, options);
    assert.deepEqual(problems, []);
    checkWellFormed(body);
    assert.ok(
      body.includes('    <style>\na {\n  color: red;\n}\n/* <\\/STYLE><script> */\n    </style>\n  </head>'),
    );
    assert.match(body, /style-src 'unsafe-inline' 'self' file: data:; img-src 'self' file: data:;/);
  });
  it('is an error when its text is not there', () => {
    const { problems } = htmlIndex.render(listPages({}, 'index.html'), options);
    assert.deepEqual(
      problems.map(({ severity, code }) => [severity, code]),
      [['error', 'stylesheet-unread']],
    );
  });
  it('may be linked, from where the output stands or from an address', () => {
    const linked = { ...options, linkStylesheet: true };
    assert.deepEqual(htmlIndex.inputs?.(linked), []);
    assert.match(render({}, linked), /<link rel="stylesheet" href="\.\.\/theme\/my%20style\.css">/);
    const remote = { stylesheet: 'https://example.org/a.css?x=1&y' };
    assert.deepEqual(htmlIndex.inputs?.(remote), []);
    const html = render({}, remote);
    assert.match(html, /<link rel="stylesheet" href="https:\/\/example\.org\/a\.css\?x=1&amp;y">/);
    assert.match(html, /style-src 'unsafe-inline' https:\/\/example\.org;/);
  });
  it('is refused where it is neither a path inside nor an https address', () => {
    for (const stylesheet of [
      '../a.css',
      'a/../../b.css',
      '/a.css',
      'C:\\a.css',
      'http://a/b.css',
      'javascript:x',
      'https://a b/',
      '',
      '..',
    ]) {
      assert.equal(v.safeParse(htmlIndex.optionsSchema, { stylesheet }).success, false, stylesheet);
    }
    for (const stylesheet of ['a.css', 'a/b..c.css', './a.css', 'https://a.example:8080/b']) {
      assert.equal(v.safeParse(htmlIndex.optionsSchema, { stylesheet }).success, true, stylesheet);
    }
  });
});

describe('HTML indexes of each folder', () => {
  it('link to one another, upwards by a path of crumbs', () => {
    const outputs = new Set(['docs/index.html', 'docs/a/index.html', 'docs/a/b/index.html']);
    const listing = { ...listPages({ 'b/page.html': 'X' }, 'index.html', 'docs/a'), outputs };
    const { body } = htmlIndex.render(listing, { linkIndexes: true });
    checkWellFormed(body);
    assert.match(
      body,
      /<nav class="crumbs" aria-label="Docs">\s+<ol role="list">\s+<li><a dir="auto" href="\.\.\/index\.html">Docs<\/a><\/li>\s+<li aria-current="page" dir="auto">A<\/li>\s+<\/ol>\s+<\/nav>\s+<h1/,
    );
    assert.match(body, /href="b\/index\.html">b</);
    assert.doesNotMatch(body, /page\.html/);
  });
});
