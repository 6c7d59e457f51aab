import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { withHeader } from '../../../src/core/provenance.ts';
import { regenerate } from '../../../src/core/regenerate.ts';
import type { ConflictReason, Outcome } from '../../../src/core/types.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { readTree, writeTree } from '../../support/tree.ts';

describe('a conflict', () => {
  const folder = useTempFolder();
  const project = JSON.stringify({
    targets: [{ generator: 'markdown-index', folder: 'docs', exclude: ['[iI]*'] }],
  });
  const run = async (
    mode: 'write' | 'check',
    overwrite: readonly string[] = [],
  ): Promise<Outcome | undefined> => {
    const triggers = [{ kind: 'command', relativePaths: 'all' } as const];
    const report = await regenerate({ absoluteRoot: folder.path, mode, triggers, overwrite });
    return report.targets[0]?.outcome;
  };
  const check = (
    name: string,
    reason: ConflictReason,
    message: RegExp,
    prepare: () => void,
    mayOverwrite = false,
  ) =>
    it(`is told with its reason and a next step, and nothing is touched: ${name}`, async () => {
      writeTree(folder.path, { 'atomic-index.json': project, 'docs/a.md': '# Apple' });
      prepare();
      const before = readTree(folder.path);
      for (const outcome of [await run('check'), await run('write')]) {
        assert.equal(outcome?.kind === 'conflict' ? outcome.reason : outcome?.kind, reason);
        assert.match(outcome?.kind === 'conflict' ? outcome.message : '', message);
      }
      assert.deepEqual(readTree(folder.path), before);
      const overwritten = await run('write', ['docs/index.md']);
      assert.equal(overwritten?.kind, mayOverwrite ? 'updated' : 'conflict');
      if (!mayOverwrite) assert.deepEqual(readTree(folder.path), before);
    });
  const index = () => folder.at('docs', 'index.md');

  check('made by hand', 'not-generated', /was not made by/, () => fs.writeFileSync(index(), '# Mine'), true);
  check(
    'moved there from another target',
    'moved',
    /docs\/index\.md was made by "adr-log" for another target .* Move it back, overwrite it .*, or take it over/,
    () => {
      const targets = [...JSON.parse(project).targets, { generator: 'adr-log', folder: 'log' }];
      writeTree(folder.path, {
        'atomic-index.json': JSON.stringify({ targets }),
        'docs/index.md': withHeader('# Log\n', 'adr-log', 'log/index.md'),
      });
    },
    true,
  );
  check('a name in other letters', 'name-twin', /docs\/index\.md and Index\.md are one file/, () =>
    fs.writeFileSync(folder.at('docs', 'Index.md'), '# Mine'),
  );
  check('a folder', 'folder', /is the name of a folder/, () => fs.mkdirSync(index()));
  check('a binary file', 'binary', /binary file, or text in UTF-16/, () => fs.writeFileSync(index(), 'a\0b'));
  check('a huge file', 'too-large', /over 32 MB/, () => {
    fs.writeFileSync(index(), '');
    fs.truncateSync(index(), 33 * 1024 * 1024);
  });
  check('a read-only file of ours', 'read-only', /read-only\. Make them writable/, () => {
    fs.writeFileSync(index(), '');
    fs.chmodSync(index(), 0o444);
  });

  it('is none when a target gets a generator that takes the place of the old one', async () => {
    writeTree(folder.path, {
      'atomic-index.json': project,
      'docs/a.md': '# Apple',
      'docs/index.md': withHeader('# Log\n', 'adr-log', 'docs/index.md'),
    });
    assert.equal((await run('write'))?.kind, 'updated');
  });

  it('is seen for a name in another Unicode form', async () => {
    const targets = [{ generator: 'markdown-index', output: 'caf\u00E9.md' }];
    writeTree(folder.path, { 'atomic-index.json': JSON.stringify({ targets }), 'cafe\u0301.md': '# Mine' });
    const outcome = await run('write');
    assert.equal(outcome?.kind === 'conflict' && outcome.reason, 'name-twin');
  });

  it('is none while a read-only file is up to date, nor beside a twin that was there first', async () => {
    writeTree(folder.path, { 'atomic-index.json': project, 'docs/a.md': '# Apple' });
    assert.equal((await run('write'))?.kind, 'created');
    fs.chmodSync(index(), 0o444);
    fs.writeFileSync(folder.at('docs', 'INDEX.md'), '');
    // Where case does not matter that was the same file.
    const isOneFile = fs.readdirSync(folder.at('docs')).length === 2;
    if (isOneFile) return;
    assert.equal((await run('write'))?.kind, 'unchanged');
  });
});
