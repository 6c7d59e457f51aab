import assert from 'node:assert/strict';
import { readFrontMatter } from '../../../../src/core/facts/frontMatter.ts';

function check(text: string, facts: object, bodyStart = text.length): void {
  assert.deepEqual(readFrontMatter(text, 'a.md'), { facts, bodyStart, problems: [] });
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
    check('+++\ntitle = "A"\n# comment\n+++', {});
  });
  it('is only what begins the file and ends', () => {
    for (const text of [
      '\n---\ntitle: A\n---',
      '---\ntitle: A',
      '----\ntitle: A\n----',
      '--- title: A ---',
    ]) {
      check(text, {}, 0);
    }
  });
  it('leaves a line of text between two rules to Markdown', () => {
    check('---\nJust a heading\n---', {}, 0);
  });
  it('does not reach into the prototype', () => {
    check('---\n__proto__: { title: A }\nconstructor: x\n---', {});
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
});
