import assert from 'node:assert/strict';
import { jsonManifest } from '../../../../src/core/generators/jsonManifest.ts';
import { jsonText } from '../../../../src/core/generators/jsonText.ts';
import { provenanceOf, withHeader } from '../../../../src/core/provenance.ts';
import { listPages, type PageSpec } from './listings.ts';

function manifest(
  pages: Readonly<Record<string, PageSpec>>,
  options: Readonly<Record<string, unknown>> = {},
  output = 'pages.json',
): string {
  const { body, problems } = jsonManifest.render(listPages(pages, output), options);
  assert.deepEqual(problems, []);
  const text = withHeader(body, jsonManifest.id, output);
  assert.equal(provenanceOf(text), 'generated');
  return text.replace(/"@generated.*"/, '"H"');
}

const tags = ['a', 'b "c"'];
const data = Object.assign(Object.create(null), { __proto__: 'x', n: ['1'] });
const pages = {
  'b.md': { title: 'B', tags, date: '2024-01-02', order: 3, isDraft: true, description: 'D', data },
  'guide/a.md': 'A',
  'c/index.md': 'C',
  'c/d.md': {},
};

describe('a JSON manifest', () => {
  it('lists every page with what it says, keys and pages always in the same order', () => {
    assert.equal(
      manifest(pages),
      `{
  "//": "H",
  "pages": [
    {
      "path": "b.md",
      "title": "B",
      "description": "D",
      "order": 3,
      "date": "2024-01-02",
      "tags": [
        "a",
        "b \\"c\\""
      ],
      "draft": true
    },
    {
      "path": "c/index.md",
      "title": "C"
    },
    {
      "path": "c/d.md",
      "title": "d"
    },
    {
      "path": "guide/a.md",
      "title": "A"
    }
  ]
}
`,
    );
  });

  it('has the chosen fields only, nests by folder, leaves out drafts and levels', () => {
    const read = (options: Readonly<Record<string, unknown>>, output?: string) =>
      JSON.parse(manifest(pages, options, output)).pages;
    assert.deepEqual(read({ fields: ['title', 'path'], tree: true }, '../out/p.json'), [
      { path: '../docs/b.md', title: 'B' },
      { path: '../docs/c/index.md', title: 'C', children: [{ path: '../docs/c/d.md', title: 'd' }] },
      { title: 'guide', children: [{ path: '../docs/guide/a.md', title: 'A' }] },
    ]);
    assert.deepEqual(read({ fields: ['title'], drafts: false, depth: 1 }), [{ title: 'C' }]);
    assert.deepEqual(Object.entries(read({ fields: ['data'] })[0].data), [['n', ['1']]]);
    assert.deepEqual(read({ fields: [] })[0], {});
    assert.deepEqual(read({ fields: ['title'], depth: 1, folderOrder: 'first' }), [
      { title: 'C' },
      { title: 'B' },
    ]);
  });

  it('is valid JSON without pages, whatever the titles', () => {
    assert.equal(manifest({}), '{\n  "//": "H",\n  "pages": []\n}\n');
    const title = '"\\\u0001header\u0001 </script>';
    assert.equal(JSON.parse(manifest({ 'a.md': title })).pages[0].title, '"\\ header </script>');
  });

  it('has an output that is JSON', () => {
    assert.equal(jsonManifest.refuseOutput?.('a.json'), null);
    assert.notEqual(jsonManifest.refuseOutput?.('a.js'), null);
  });
});

describe('the text of JSON', () => {
  it('has the header as its first property, and no other of that name', () => {
    assert.equal(withHeader(jsonText({}), 'x', 'a.json').replace(/@.*"/, 'H"'), '{\n  "//": "H"\n}\n');
    const text = withHeader(jsonText({ a: 1, '//': 'mine' }), 'x', 'a.json');
    assert.deepEqual(Object.keys(JSON.parse(text)), ['//', 'a']);
    assert.match(JSON.parse(text)['//'], /^@generated/);
  });
});
