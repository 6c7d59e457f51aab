import assert from 'node:assert/strict';
import { addRegion, applyEdits, removeTarget } from '../../../../src/core/handOver/projectEdits.ts';
import { parseProject } from '../../../../src/core/project/parseProject.ts';

const a = '{ "generator": "markdown-index", "folder": "a" }';
const b = '{ "generator": "markdown-index", "folder": "b" }';

function change(text: string, index: number, edit: typeof removeTarget): string {
  const entry = parseProject(text).entries[index];
  assert.ok(entry);
  const edits = edit(text, { folder: entry.folder ?? '', range: entry.range });
  assert.ok(edits);
  const changed = applyEdits(text, edits);
  assert.deepEqual(parseProject(changed).problems, [], changed);
  return changed;
}

describe('a target taken out of a project file', () => {
  const check = (name: string, text: string, index: number, expected: string) =>
    it(`leaves all else as it is written: ${name}`, () => {
      assert.equal(change(text, index, removeTarget), expected);
    });
  check('the only one', `{"targets": [${a}]}`, 0, '{"targets": []}');
  check('the first of two', `{ "targets": [${a}, ${b}] }`, 0, `{ "targets": [ ${b}] }`);
  check('the last of two', `{ "targets": [${a}, ${b}] }`, 1, `{ "targets": [${a} ] }`);
  check(
    'the last of two on lines',
    `{\n\t"targets": [\n\t\t${a},\n\t\t${b}\n\t]\n}`,
    1,
    `{\n\t"targets": [\n\t\t${a}\n\t]\n}`,
  );
  check(
    'one before a trailing comma',
    `{\n "targets": [\n  ${a},\n  ${b},\n ]\n}`,
    1,
    `{\n "targets": [\n  ${a},\n ]\n}`,
  );
  check(
    'comments all around',
    `{ // 1\n "targets": [ // 2\n  // 3\n  ${a}, // 4\n  // 5\n  ${b} // 6\n  // 7\n ] }`,
    0,
    `{ // 1\n "targets": [ // 2\n  // 3\n   // 4\n  // 5\n  ${b} // 6\n  // 7\n ] }`,
  );
  check(
    'a comma in a comment',
    `{ "targets": [\n  ${a} /* , */ ,\n  ${b}\n ] }`,
    0,
    `{ "targets": [\n   /* , */ \n  ${b}\n ] }`,
  );
  check(
    'CRLF and a byte order mark',
    `\uFEFF{\r\n "targets": [\r\n  ${a},\r\n  ${b}\r\n ]\r\n}`,
    0,
    `\uFEFF{\r\n "targets": [\r\n  ${b}\r\n ]\r\n}`,
  );
});

describe('a target that gets a region', () => {
  it('keeps comments and byte order mark', () => {
    const text = `\uFEFF{ // 1\n  "targets": [\n    // 2\n    ${a}, // 3\n    ${b}\n  ] }`;
    const changed = change(text, 0, (now, target) => addRegion(now, target, 'x'));
    assert.match(
      changed,
      /^\uFEFF\{ \/\/ 1[\s\S]*\/\/ 2[\s\S]*"folder": "a",\s*"region": "x"[\s\S]*\/\/ 3[\s\S]*"b" \}\n {2}\] \}$/,
    );
  });

  it('is not found in a text that has changed', () => {
    assert.equal(
      removeTarget(`{ "targets": [ ${a}] }`, { folder: 'a', range: { offset: 14, length: 48 } }),
      null,
    );
    assert.equal(removeTarget('{', { folder: 'a', range: { offset: 0, length: 1 } }), null);
  });
});
