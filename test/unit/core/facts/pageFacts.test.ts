import assert from 'node:assert/strict';
import { readPageFacts, readPageHead } from '../../../../src/core/facts/pageFacts.ts';

describe('the facts of a page', () => {
  it('take the heading where the front matter has no title, and also where it is broken', () => {
    const { data, ...facts } = readPageFacts('---\norder: 1\n---\n# A', '.md').facts;
    assert.deepEqual(facts, { kind: 'page', order: 1, title: 'A' });
    assert.deepEqual({ ...data }, { order: '1' });
    const broken = readPageFacts('---\ntitle: [\n---\n# A', '.MD', 'x.md');
    assert.deepEqual(broken.facts, { kind: 'page', title: 'A' });
    assert.deepEqual(
      broken.problems.map(({ code, relativePath }) => [code, relativePath]),
      [['front-matter-invalid', 'x.md']],
    );
    assert.deepEqual(readPageFacts('\uFEFF# A', '.markdown').facts, { kind: 'page', title: 'A' });
    assert.deepEqual(readPageFacts('---\nA\n---', '.md').facts, { kind: 'page', title: 'A' });
  });
  it('are empty for what we can not read', () => {
    for (const extension of ['.txt', '.pdf', '']) {
      assert.deepEqual(readPageFacts('# A', extension), { facts: { kind: 'page' }, problems: [] });
    }
  });

  it('are not taken from first lines that later ones could change', () => {
    const undecided = [
      '---\ntitle: A\n',
      '+++\ntitle = "A"\n',
      '# A\n',
      'A\n',
      '```\n# A\n',
      '<!--\n# A\n',
      '<h1>A\n',
      '<h1>A</h1>\n',
    ];
    for (const head of undecided) assert.equal(readPageHead(head, '.md', 'a.md'), undefined, head);
    const decided = ['---\ntitle: A\n---\n', '# A\n\n', 'A\n===\n\n', '<h1>A</h1>\n\ntext\n'];
    for (const head of decided) assert.equal(readPageHead(head, '.md', 'a.md')?.facts.title, 'A', head);
    assert.equal(readPageHead('<title>A</title>\n', '.html', 'a.html'), undefined);
    assert.equal(readPageHead('<body><h1>A\n', '.html', 'a.html'), undefined);
    assert.equal(readPageHead('<title>A</title><body>\n', '.html', 'a.html')?.facts.title, 'A');
    assert.equal(readPageHead('<body><h1>A</h1>\n', '.html', 'a.html')?.facts.title, 'A');
  });

  const hostile: Readonly<Record<string, (size: number) => string>> = {
    'open brackets': (size) => `# ${'['.repeat(size)}`,
    'links without end': (size) => `# ${'[a]('.repeat(size)}`,
    'headings of nothing but delimiters': (size) => '# *_*_*_\n# <a b="\n'.repeat(size / 10),
    'backticks of growing length': (size) =>
      Array.from({ length: size / 100 }, (_, i) => '`'.repeat(i % 300)).join(' '),
    'a paragraph without end': (size) => 'text\n'.repeat(size),
    'open tags': (size) => '<a <b <h1\n'.repeat(size / 5),
    'empty h1 elements': (size) => '<h1>\n\n'.repeat(size / 5),
    'blank space': (size) => `${' '.repeat(size)}#\n`.repeat(3),
    'open comments': (size) => '# <!--\n'.repeat(size / 5),
    'definitions and fences': (size) => '[a]: b\n~~~\n# x\n~~~\n'.repeat(size / 10),
    'list markers': (size) => `${'- '.repeat(size)}x\n`.repeat(3),
    'front matter of anchors': (size) =>
      `---\na: &a [${'x,'.repeat(size / 10)}x]\nb: [${'*a,'.repeat(900)}*a]\n---\n`,
    'front matter in TOML': (size) => `+++\na = ${'['.repeat(Math.min(size, 60_000))}\n+++\n`,
    'front matter in TOML with many tables': (size) => `+++\n${'[[a.b.c]]\n'.repeat(size / 20)}+++\n`,
    'front matter without end': (size) => `---\n${'a: b\n'.repeat(size)}`,
    'front matter of spaces': (size) => `---\ntitle: a${' '.repeat(Math.min(size, 60_000))}b\n---\n`,
    references: (size) => `# ${'&a'.repeat(size)}\n# ${'&#'.repeat(size)}`,
  };
  for (const [name, make] of Object.entries(hostile)) {
    it(`are read in linear time from ${name}`, () => {
      for (const extension of ['.md', '.html']) {
        const text = make(100_000);
        const started = process.cpuUsage();
        readPageFacts(text, extension);
        const used = process.cpuUsage(started);
        // Quadratic reading of these texts takes many seconds; the limit leaves a slow machine ten times the time.
        assert.ok(
          (used.user + used.system) / 1000 < 1500,
          `${name}${extension} took ${(used.user + used.system) / 1000} ms`,
        );
      }
    });
  }
});
