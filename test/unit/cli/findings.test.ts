import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { findingsOf } from '../../../src/cli/findings.ts';
import { regenerate } from '../../../src/core/regenerate.ts';
import type { Mode, Problem, Report } from '../../../src/core/types.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { writeTree } from '../../support/tree.ts';

const projectText = `{ "targets": [
  { "generator": "markdown-index", "folder": "docs" },
  { "generator": "markdown-index", "folder": "gone" }
] }`;

describe('what a report finds fault with', () => {
  const folder = useTempFolder();
  const find = async (mode: Mode) => {
    const triggers = [{ kind: 'cli', relativePaths: 'all' } as const];
    const report = await regenerate({ absoluteRoot: folder.path, mode, triggers });
    return findingsOf(report, projectText).map(
      ({ severity, code, relativePath, line }) => `${severity} ${code} ${relativePath}:${line}`,
    );
  };
  const failure = 'error failed atomic-index.json:3';
  beforeEach(() =>
    writeTree(folder.path, { 'atomic-index.json': projectText, 'docs/a.md': '# A', 'docs/c.md': '# C' }),
  );

  it('is told at the entry of a target that fails, or whose file does not exist yet', async () => {
    assert.deepEqual(await find('check'), ['error out-of-date atomic-index.json:2', failure]);
    assert.deepEqual(await find('write'), [failure]);
    assert.deepEqual(await find('check'), [failure]);
  });

  it('is told at the first line that would change, whatever the header says', async () => {
    await find('write');
    fs.writeFileSync(folder.at('docs', 'b.md'), '# B');
    assert.deepEqual(await find('check'), ['error out-of-date docs/index.md:5', failure]);
    for (const name of ['b.md', 'c.md']) fs.rmSync(folder.at('docs', name));
    fs.writeFileSync(folder.at('docs', 'd.md'), '# D');
    assert.deepEqual(await find('check'), ['error out-of-date docs/index.md:5', failure]);
  });

  it('is told at the file in conflict, or at the entry where the file has no lines', async () => {
    fs.writeFileSync(folder.at('docs', 'index.md'), '# By hand');
    assert.deepEqual(await find('check'), ['error conflict-not-generated docs/index.md:1', failure]);
    fs.writeFileSync(folder.at('docs', 'index.md'), '\0');
    assert.deepEqual(await find('check'), ['error conflict-binary atomic-index.json:2', failure]);
  });

  it('is told at the markers of a region', async () => {
    const page = `# Page\n\n<!-- atomic-index:begin generator=toc -->\nBy hand.\n<!-- atomic-index:end -->\n`;
    writeTree(folder.path, { 'page.md': page });
    const triggers = [{ kind: 'cli', relativePaths: ['page.md'] } as const];
    const report = await regenerate({ absoluteRoot: folder.path, mode: 'check', triggers });
    const [finding] = findingsOf(report, projectText);
    assert.deepEqual(
      [finding?.code, finding?.relativePath, finding?.line],
      ['conflict-not-generated', 'page.md', 3],
    );
  });

  it('is told once when the problem of a source is the reason of a failure', async () => {
    const targets = [{ generator: 'barrel', folder: 'src', options: { collisions: 'error' } }];
    writeTree(folder.path, {
      'atomic-index.json': JSON.stringify({ targets }),
      'src/a.ts': 'export const same = 1;',
      'src/b.ts': 'export const same = 2;',
    });
    assert.equal((await find('check')).length, 1);
  });

  const check = (name: string, place: Partial<Problem>, expected: Partial<Problem>) =>
    it(`stands at a place that every reader takes: ${name}`, () => {
      const said = { severity: 'warning', code: 'some', message: 'x', relativePath: 'a.md' } as const;
      const nothing = { absoluteRoot: folder.path, mode: 'check', triggers: [], targets: [] } as const;
      const report: Report = {
        ...nothing,
        problems: [{ ...said, ...place }],
        isCancelled: false,
        durationMs: 0,
      };
      assert.deepEqual(findingsOf(report, ''), [{ ...said, ...expected }]);
    });

  const whole = { line: 2, column: 3, endLine: 2, endColumn: 5 };
  check('a whole one stays', whole, whole);
  check('none', {}, { line: 1 });
  check('a column without a line', { column: 7, endLine: 9 }, { line: 1 });
  check('an end before the start', { ...whole, endLine: 1 }, { line: 2, column: 3 });
  check('an end column before the start', { ...whole, endColumn: 2 }, { line: 2, column: 3 });
  check('an end without a line of its own', { line: 2, column: 3, endColumn: 5 }, whole);
  check('lines only', { line: 4, endLine: 3 }, { line: 4, endLine: 4 });
});
