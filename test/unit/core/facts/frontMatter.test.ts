import assert from 'node:assert/strict';
import { readFrontMatter } from '../../../../src/core/facts/frontMatter.ts';

function check(text: string, facts: object, bodyStart = text.length): void {
  const { facts: found, ...rest } = readFrontMatter(text, 'a.md');
  const { data: _, ...named } = found;
  assert.deepEqual({ facts: named, ...rest }, { facts, bodyStart, problems: [] });
}

describe('front matter', () => {
  it('gives title, description, order and draft', () => {
    check('---\ntitle: A\ndescription: B\norder: 3\ndraft: true\n---', {
      title: 'A',
      description: 'B',
      order: 3,
      isDraft: true,
    });
    check('---\nsummary: "B"\nweight: -1.5\ndraft: false\n---', { description: 'B', order: -1.5 });
    check('---\nsidebar_position: "07"\n---', { order: 7 });
    check('---\norder: soon\nnav_order: 2\n---', { order: 2 });
  });
  it('keeps titles as they are written, whatever YAML would make of them', () => {
    check('---\ntitle: 1.10\n---', { title: '1.10' });
    check('---\ntitle: 2024-01-02\n---', { title: '2024-01-02' });
    check('---\ntitle: yes\n---', { title: 'yes' });
    check('---\ntitle: 0x10\norder: !!int 3\n---', { title: '0x10', order: 3 });
    check('---\ntitle: >\n  two\n  lines\n---', { title: 'two lines' });
  });
  it('has nothing to say where a value is empty or no text', () => {
    for (const value of ['', '~', 'null', '""', '[a]', '{a: b}']) check(`---\ntitle: ${value}\n---`, {});
    check('---\n---', {});
    check('---\n# only a comment\n---', {});
    check('---\n- a\n- list\n---', {});
  });
  it('is found behind a byte order mark, with either line end, and ends at dots too', () => {
    check('\uFEFF---\r\ntitle: A\r\n---\r', { title: 'A' });
    check('--- \ntitle: A\n...\t', { title: 'A' });
    check('+++ \r\ntitle = "A"\r\n# comment\r\n+++\r', { title: 'A' });
  });
  it('is only what begins the file and ends', () => {
    for (const text of [
      '\n---\ntitle: A\n---',
      '---\ntitle: A',
      '----\ntitle: A\n----',
      '--- title: A ---',
      '+++\ntitle = "A"',
      '+++\ntitle = "A"\n---',
    ]) {
      check(text, {}, 0);
    }
  });
  it('leaves a line of text between two rules to Markdown', () => {
    check('---\nJust a heading\n---', {}, 0);
  });
  it('does not reach into the prototype', () => {
    check('---\n__proto__: { title: A }\nconstructor: x\n---', {});
    check('+++\n__proto__ = { title = "A" }\nconstructor = "x"\n+++', {});
    for (const text of ['---\n__proto__: { a: b }\n---', '+++\n[__proto__]\na = "b"\n+++']) {
      const { data } = readFrontMatter(text, 'a.md').facts;
      assert.equal(Object.getPrototypeOf(data), null);
      assert.deepEqual(Object.keys(data ?? {}), ['__proto__']);
    }
    assert.equal('a' in {}, false);
  });
  it('is read from TOML as from YAML', () => {
    check('+++\ntitle = "1.10"\nsummary = "B"\nweight = 3\ndraft = true\ndate = 2024-05-01\n+++', {
      title: '1.10',
      description: 'B',
      order: 3,
      isDraft: true,
      date: '2024-05-01',
    });
    check('+++\ndate = 2024-05-01T23:30:00-05:00\n[taxonomies]\ntags = ["a"]\n+++', {
      date: '2024-05-01',
      tags: ['a'],
    });
    check('+++\n+++', {});
  });
  it('gives dates as days, in the zone in which they are written, and leaves others out', () => {
    for (const date of [
      '2024-02-29',
      '2024-2-29',
      '"2024-02-29"',
      '2024-02-29T23:59:59Z',
      '2024-02-29 01:00:00 +0900',
      '2024-02-29 01:00',
    ]) {
      check(`---\ndate: ${date}\n---`, { date: '2024-02-29' });
    }
    for (const date of [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-04-31',
      '2024-00-01',
      '2024-01-00',
      '2024',
      'May 1',
      '2024-01-02x',
    ]) {
      check(`---\ndate: ${date}\n---`, {});
    }
  });
  it('gives tags from a list or a text with commas, each once', () => {
    check('---\ntags: [b, a, b, "", [c], 3]\n---', { tags: ['b', 'a', '3'] });
    check('---\ntags: b, a c ,, b\n---', { tags: ['b', 'a c'] });
    check('---\ntags:\nkeywords:\n  - k\n---', { tags: ['k'] });
    check('---\ntags: { a: b }\n---', {});
  });

  function checkData(text: string, expected: object): void {
    assert.equal(JSON.stringify(readFrontMatter(text, 'a.md').facts.data), JSON.stringify(expected));
  }

  it('is there as a whole, every scalar as text', () => {
    checkData('---\na: 1.10\nb: [yes, ~, {c: 0x1}]\nd:\nlastmod: 2024-01-02\n---', {
      a: '1.10',
      b: ['yes', '~', { c: '0x1' }],
      d: '',
      lastmod: '2024-01-02',
    });
    checkData(
      '+++\na = 9007199254740993\nb = [true, 1.5, inf]\nc = 2024-01-02T03:04:05Z\nd = 07:30:00\n[e.f]\ng = "h"\n+++',
      {
        a: '9007199254740993',
        b: ['true', '1.5', 'Infinity'],
        c: '2024-01-02T03:04:05.000Z',
        d: '07:30:00.000',
        e: { f: { g: 'h' } },
      },
    );
    for (const text of ['---\n---', '---\n- a\n---', '# A', '+++\n+++']) {
      assert.equal('data' in readFrontMatter(text, 'a.md').facts, false);
    }
  });

  function checkInvalid(yaml: string, line: number): void {
    const { facts, problems, bodyStart } = readFrontMatter(`---\n${yaml}\n---\n# A`, 'a.md');
    assert.deepEqual(facts, {});
    assert.ok(bodyStart > 0);
    assert.equal(problems.length, 1);
    const [problem] = problems;
    assert.equal(problem?.code, 'front-matter-invalid');
    assert.equal(problem?.severity, 'warning');
    assert.equal(problem?.relativePath, 'a.md');
    assert.equal(problem?.line, line);
    assert.match(problem?.message ?? '', /Correct the YAML/);
  }

  it('that does not parse is a problem at its line', () => {
    checkInvalid('title: a: b', 2);
    checkInvalid('ok: 1\ntitle: [', 3);
    checkInvalid('a: 1\na: 2', 3);
    checkInvalid('ok: 1\ntitle: !!js/function "x"', 3);
    checkInvalid(`a: ${'x'.repeat(70_000)}`, 1);
    checkInvalid(`a: ${'['.repeat(10_000)}`, 2);
  });
  it('that would be endless or huge when written out is a problem', () => {
    checkInvalid('a: &a [*a]', 1);
    const doubled = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    checkInvalid(['a0: &a0 x', ...doubled].join('\n'), 1);
    checkInvalid(`a: ${'['.repeat(101)}${']'.repeat(101)}`, 2);
  });
  it('in TOML that does not parse is a problem at its line', () => {
    for (const [toml, line] of [
      ['title = "A"\nb = ', 3],
      ['title: A', 2],
      ['a = 1\n\na = 2', 4],
    ] as const) {
      const { facts, problems, bodyStart } = readFrontMatter(`+++\n${toml}\n+++\n# A`, 'a.md');
      assert.deepEqual(facts, {});
      assert.ok(bodyStart > 0);
      const [{ code, line: found, message } = {}] = problems;
      assert.deepEqual([code, found], ['front-matter-invalid', line]);
      assert.match(message ?? '', /^The front matter can't be read: [^\n:]+\. Correct the TOML;/);
    }
  });
});
