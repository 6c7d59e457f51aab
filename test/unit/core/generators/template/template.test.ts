import assert from 'node:assert/strict';
import * as v from 'valibot';
import { template } from '../../../../../src/core/generators/template/template.ts';
import { headerMark, provenanceOf, withHeader } from '../../../../../src/core/provenance.ts';
import type { Listing } from '../../../../../src/core/types.ts';
import { listModules, listPages, type PageSpec } from '../listings.ts';

type Options = Readonly<Record<string, unknown>>;

const pages: Readonly<Record<string, PageSpec>> = {
  'b.md': {
    title: 'B <b> & *c*',
    description: 'About',
    date: '2024-01-02',
    tags: ['x', 'y'],
    data: { n: ['1'] },
  },
  'a/index.md': 'A',
  'a/c d.md': {},
  'z.md': { isDraft: true },
};

function render(
  text: string,
  output = 'index.md',
  options: Options = {},
  listing = listPages(pages, output),
) {
  const inputs = new Map([['tpl/a.liquid', text]]);
  return template.render({ ...listing, inputs }, { template: './tpl/a.liquid', ...options });
}

function check(text: string, expected: string, output?: string, options?: Options, listing?: Listing): void {
  const { body, problems } = render(text, output, options, listing);
  assert.deepEqual(problems, []);
  assert.equal(body, `${expected}\n`);
}

/** Gives the place and message of the one problem, which must keep the old output. */
function failure(text: string, output?: string, options?: Options, listing?: Listing) {
  const { body, problems } = render(text, output, options, listing);
  assert.equal(body, '', 'nothing may be written');
  assert.deepEqual(
    problems.map(({ severity }) => severity),
    ['error'],
  );
  const [problem] = problems;
  return `${problem?.relativePath}:${problem?.line}:${problem?.column} ${problem?.message}`;
}

before(() => template.load?.());

describe('a template', () => {
  it('sees pages with all their facts, folder, output and data', () => {
    check(
      '{% for p in pages %}{{ p.path }} {{ p.url }} {{ p.title }} {{ p.description }} {{ p.order }}|{{ p.date }}|{{ p.tags | join: "," }}|{{ p.draft }}|{{ p.name }}|{{ p.stem }}|{{ p.folder }}|{{ p.data.n | default: "-" }}\n{% endfor %}{{ folder }} {{ output }} {{ data.x.y[1] }} {{ sources.size }}',
      'a/c d.md a/c%20d.md c d  |||false|c d.md|c d|a|-\na/index.md a/index.md A  |||false|index.md|index|a|-\nb.md b.md B <b> & *c* About |2024-01-02|x,y|false|b.md|b||1\ndocs out.ts 2 3',
      'out.ts',
      { data: { x: { y: [1, 2] } } },
      { ...listPages(pages, 'out.ts'), outputFromFolder: 'out.ts' },
    );
  });

  it('sees the tree, drafts when asked, and modules when asked', async () => {
    check(
      '{% for n in tree %}{{ n.title | raw }}:{{ n.url }}:{{ n.page.date }}({% for c in n.children %}{{ c.title }}{% endfor %}) {% endfor %}',
      'A:a/index.md:(c d) B <b> & *c*:b.md:2024-01-02() ',
      'x.css',
    );
    check('{{ pages.size }}', '4', 'x.md', { drafts: true });
    const modules = await listModules(
      { 'a.ts': "export const x = 1; export type T = 1; export * from './b';" },
      'x.ts',
    );
    check(
      '{% for m in modules %}{{ m.path }}:{% for e in m.exports %}{{ e.name }}={{ e.type_only }},{% endfor %}{{ m.stars[0].specifier }}{% endfor %}',
      'a.ts:x=false,T=true,./b',
      'x.ts',
      { reads: 'modules' },
      modules,
    );
  });

  it('escapes what it prints by the ending of the output, unless told otherwise', () => {
    const text = '{{ pages[2].title }} {{ pages[2].title | raw }} {{ pages[2].title | escape_html }}';
    const html = 'B &lt;b&gt; &amp; *c*';
    check(text, `B \\<b> & \\*c\\* B <b> & *c* ${html}`, 'a.md');
    check(text, `${html} B <b> & *c* ${html}`, 'a.html');
    check(text, `${html} B <b> & *c* ${html}`, 'a.xml');
    check(text, `B <b> & *c* B <b> & *c* ${html}`, 'a.ts');
    check('{{ pages[2].title | json }}', '&quot;B &lt;b&gt; &amp; *c*&quot;', 'a.html');
    check('{{ "a\\"<" | upcase }} {{ 3 }} {{ nil }}{{ true }}', 'A"\\< 3 true', 'a.md');
  });

  it('has filters for links, headings and days', () => {
    check(
      '{{ "a/c d.md" | link }} {{ "x:y/(z)" | encode_path }}',
      'docs/a/c%20d.md ./x%3Ay/%28z%29',
      '../i.html',
    );
    check('{{ " Über *uns*, 2 " | slug }} {{ "1. x" | escape_markdown_block }}', 'über-uns-2 1\\. x', 'i.md');
    check(
      '{{ pages[2].date | date: "%d.%m.%Y %H:%M" }}{{ pages[0].date | date: "%Y" }}',
      '02.01.2024 00:00',
      'i.html',
    );
    check('{{ "2024-01-02T23:00:00-05:00" | date_to_xmlschema }}', '2024-01-02T00:00:00+00:00', 'i.html');
  });

  it('finds the partials that the project file names', () => {
    const listing = listPages(pages);
    const inputs = new Map([
      ['a.liquid', '{% render "row", p: pages[2] %}'],
      ['parts/row.liquid', '- {{ p.title }}'],
    ]);
    const options = { template: 'a.liquid', partials: { row: './parts/row.liquid' } };
    assert.deepEqual(template.inputs?.(options), ['a.liquid', 'parts/row.liquid']);
    assert.deepEqual(template.render({ ...listing, inputs }, options), {
      body: '- B \\<b> & \\*c\\*\n',
      problems: [],
    });
    inputs.set('parts/row.liquid', '\n {{ nothing }}');
    const [problem] = template.render({ ...listing, inputs }, options).problems;
    assert.deepEqual([problem?.relativePath, problem?.line, problem?.column], ['../parts/row.liquid', 2, 5]);
  });

  it('may say where the header goes, and must where no comment syntax is known', () => {
    const file = (text: string, output: string) => {
      const { body, problems } = render(text, output);
      assert.deepEqual(problems, []);
      const whole = withHeader(body, 'template', output);
      assert.equal(provenanceOf(whole), 'generated');
      return whole.replace(/@generated.*?checksum=[\w.]+/, 'H');
    };
    assert.equal(file('# X\n\n<!-- {{ header }} -->\n', 'a.md'), '# X\n\n<!-- H -->\n');
    assert.equal(file('\n; {{ header }}\nx={{ pages.size }}\n', 'a.ini'), '\n; H\nx=3\n');
    assert.equal(file('---\ntitle: X\n---\ntext\r\n\n\n', 'a.md'), '---\ntitle: X\n---\n<!-- H -->\ntext\n');
    assert.match(
      failure('x=1', 'a.ini'),
      /^\.\.\/tpl\/a\.liquid:1:1 No comment syntax is known for a\.ini.*\{\{ header \}\}/,
    );
    assert.match(failure(`${'\n'.repeat(30)}# {{ header }}\nx\n`, 'a.ini'), /came to stand on line 31/);
    assert.equal(file(`${'x\n'.repeat(30)}# {{ header }}`, 'a.ini'), `${'x\n'.repeat(30)}# H\n`);
  });

  it('makes JSON that is whole, with the header in it', () => {
    const text =
      '{"n": {{ pages.size }}, "t": [{% for p in pages %}{{ p.title | json }}, {% endfor %}"{{ pages[2].title }}\\n"]}';
    const { body } = render(text, 'a.json');
    assert.deepEqual(JSON.parse(body.replace(headerMark, 'H')), {
      '//': 'H',
      n: 3,
      t: ['c d', 'A', 'B <b> & *c*', 'B <b> & *c*\n'],
    });
    assert.equal(provenanceOf(withHeader(body, 'template', 'a.json')), 'generated');
    assert.equal(render('{"//": "{{ header }}"}', 'a.json').body, `{\n  "//": "${headerMark}"\n}\n`);
    assert.match(failure('{"a": }', 'a.json'), /is not JSON: /);
    assert.match(failure('[1]', 'a.json'), /must be a JSON object/);
  });

  it('says where its mistakes are, and keeps the old output', () => {
    assert.match(
      failure('a\n  {% for %}'),
      /^\.\.\/tpl\/a\.liquid:2:\d+ The template fails: .* index\.md stays as it was\.$/,
    );
    assert.match(failure('{% if true %}'), /:1:1 .*not closed/);
    assert.match(failure('x\n{{ pagse }}'), /:2:4 The template fails: there is no pagse; correct/);
    assert.match(failure('{{ pages[0].titel }}'), /there is no pages\.0\.titel/);
    assert.match(failure('{{ 1 | upcaes }}'), /undefined filter: upcaes/);
    assert.match(failure('{{ "now" | date: "%Y" }}'), /"now" is no day/);
    assert.match(failure('{{ pages | sample }}'), /sample picks at random/);
    const unread = template.render(listPages(pages), { template: 'x.liquid' });
    assert.deepEqual(
      unread.problems.map(({ code, relativePath }) => [code, relativePath]),
      [['template-missing', '../x.liquid']],
    );
    assert.equal(template.render(listPages(pages), {}).problems[0]?.code, 'template-missing');
  });

  it('is named by a path inside the folder of the project file', () => {
    const isFine = (path: string) => v.safeParse(template.optionsSchema, { template: path }).success;
    for (const path of ['a.liquid', './t/a.liquid', 'a..b/c', '..a']) assert.equal(isFine(path), true, path);
    for (const path of ['', '/a', 'C:/a', 'C:a', '../a', 'a/../../b', 'a/..', 'a\\b', '..'])
      assert.equal(isFine(path), false, path);
  });
});

describe('a hostile template', function () {
  // The limit of time is 2 s each, on a machine that may have other work.
  this.timeout(60_000);

  it('sees no prototypes and no code', () => {
    for (const name of [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'constructor.constructor',
      '__defineGetter__',
    ]) {
      for (const of of ['pages[0]', 'pages', 'data', 'folder', 'header', 'pages[2].data']) {
        const { body, problems } = render(`{{ ${of}.${name} }}`);
        assert.ok(problems.length === 1 || body === '\n', `${of}.${name}: ${body}`);
        const viaKey = render(`{% assign k = "${name}" %}{{ ${of}[k] }}`);
        assert.ok(viaKey.problems.length === 1 || viaKey.body === '\n', `${of}[${name}]: ${viaKey.body}`);
      }
      failure(`{{ ${name.split('.')[0]} }}`);
    }
    render(
      '{% assign __proto__ = "x" %}{% assign constructor = "y" %}{% capture __proto__ %}z{% endcapture %}',
    );
    assert.equal(Object.getOwnPropertyDescriptor(Object.prototype, 'x'), undefined);
    assert.equal({}.constructor, Object);
    failure('{{ "constructor" | map: "x" | process }}');
  });

  it('reads no files', () => {
    for (const name of [
      '/etc/passwd',
      '../../../../etc/passwd',
      './a',
      'constructor',
      '__proto__',
      'tpl/a.liquid',
      'file:///etc/passwd',
    ]) {
      for (const tag of [`{% include "${name}" %}`, `{% render "${name}" %}`, `{% layout "${name}" %}`])
        assert.match(failure(tag), /there is no partial|fails/, tag);
    }
  });

  it('is ended when it takes too long or makes too much', () => {
    assert.match(
      failure('{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}'),
      /longer than 2 seconds|share of memory/,
    );
    assert.match(failure('{% for i in (1..1000000000) %}x{% endfor %}'), /share of memory/);
    assert.match(
      failure(
        '{% assign s = "xxxxxxxxxx" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
      ),
      /share of memory/,
    );
    assert.match(failure('{{ "x" | date: "%1000000000Y" }}'), /no day/);
    assert.match(failure('{{ "2024-01-01" | date: "%1000000000Y" }}'), /share of memory|nested|Invalid/);
    assert.match(
      failure('{% for i in (1..3000) %}{% for j in (1..3000) %}xxxxxxxx{% endfor %}{% endfor %}'),
      /longer than 2 seconds|MB of text|share of memory/,
    );
    assert.match(failure(`{{ "${'x'.repeat(1_000_001)}" }}`), /longer than 1 MB/);
  });

  it('is ended when it nests too deeply or without end', () => {
    const deep = '{% if true %}'.repeat(20_000) + '{% endif %}'.repeat(20_000);
    const { body, problems } = render(deep);
    assert.ok(problems.length === 1 || body === '\n');
    const inputs = new Map([
      ['a.liquid', '{% render "b" %}'],
      ['b.liquid', '{% render "b" %}'],
    ]);
    const options = { template: 'a.liquid', partials: { b: 'b.liquid' } };
    const [problem] = template.render({ ...listPages(pages), inputs }, options).problems;
    assert.match(problem?.message ?? '', /nested too deeply|longer than 2 seconds|memory/);
    failure(`{{ ${'('.repeat(50_000)} }}`);
    failure(`{{ pages${'[0]'.repeat(50_000)} }}`);
  });

  it('finds no filter that takes long for what is in a page', () => {
    const value = `${'<'.repeat(20_000)}${'<script'.repeat(5_000)}${'<!--'.repeat(5_000)}${'&'.repeat(20_000)}${' \t'.repeat(20_000)}${'*_'.repeat(20_000)}`;
    const listing = listPages({ 'a.md': { title: 'A', data: { value } } });
    const names = [
      'strip_html',
      'strip',
      'strip_newlines',
      'normalize_whitespace',
      'number_of_words',
      'slug',
      'slugify',
      'escape',
      'escape_once',
      'escape_markdown',
      'escape_markdown_block',
      'url_encode',
      'truncatewords',
      'capitalize',
      'newline_to_br',
      'cgi_escape',
      'uri_escape',
    ];
    for (const name of names) {
      const { problems } = render(`{{ pages[0].data.value | ${name} | size }}`, 'a.ts', {}, listing);
      assert.deepEqual(problems, [], name);
    }
  });
});
