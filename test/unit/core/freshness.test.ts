import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import type { Outcome, Report } from '../../../src/core/types.ts';
import { regenerateIn } from '../../support/regenerateIn.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { readTree, writeTree } from '../../support/tree.ts';

describe('several runs of one target at once', () => {
  const folder = useTempFolder();
  const run = regenerateIn(folder, { program: { name: 'test', version: '1' } });
  const outcomeOf = (report: Report): Outcome | undefined => report.targets[0]?.outcome;
  const doneBy = (report: Report): string | undefined => {
    const outcome = outcomeOf(report);
    return outcome?.kind === 'unchanged' ? outcome.doneBy : undefined;
  };
  beforeEach(() =>
    writeTree(folder.path, {
      'atomic-index.json': '{ "targets": [{ "generator": "markdown-index", "folder": "docs" }] }',
      'docs/a.md': '# First',
      'docs/b.md': '---\ntitle: [\n---\n',
    }),
  );

  it('are one run for all who asked before it began, with the same report for each', async () => {
    const reports = await Promise.all(Array.from({ length: 5 }, () => run()));
    const ends = reports.map((report) => `${outcomeOf(report)?.kind} ${doneBy(report) ?? 'by itself'}`);
    assert.deepEqual(ends.sort(), [
      'created by itself',
      ...Array.from({ length: 4 }, () => 'unchanged test'),
    ]);
    for (const { targets, problems } of reports) {
      assert.deepEqual(targets[0]?.sources, ['a.md', 'b.md']);
      assert.deepEqual(problems, reports[0]?.problems);
      assert.equal(problems[0]?.code, 'front-matter-invalid');
    }
  });

  it('are two where the second was asked for after the first had begun to read', async () => {
    let second: Promise<Report> | undefined;
    let asked = 0;
    const isDirty = () => {
      // The second time is right before the rename: the listing of this run is old by now.
      if (++asked === 2) {
        writeTree(folder.path, { 'docs/c.md': '# Third' });
        second = run();
      }
      return false;
    };
    assert.equal(outcomeOf(await run({ isDirty }))?.kind, 'created');
    const report = await second;
    assert.equal(report && outcomeOf(report)?.kind, 'updated');
    assert.match(fs.readFileSync(folder.at('docs', 'index.md'), 'utf8'), /First[\s\S]*Third/);
  });

  it('take a listing over only for what it is: not as new as the run that took it over', async () => {
    const beforeAll = process.hrtime.bigint();
    assert.equal(outcomeOf(await run())?.kind, 'created');
    writeTree(folder.path, { 'docs/c.md': '# Third' });
    const afterChange = process.hrtime.bigint();
    assert.equal(doneBy(await run({ requestedAt: beforeAll })), 'test');
    assert.equal(outcomeOf(await run({ requestedAt: afterChange }))?.kind, 'updated');
    assert.match(fs.readFileSync(folder.at('docs', 'index.md'), 'utf8'), /Third/);
  });

  it('do not believe a program of another version, nor one that was told to make something else', async () => {
    const requestedAt = process.hrtime.bigint();
    await run();
    const other = { name: 'other', version: '2' };
    assert.equal(doneBy(await run({ requestedAt, program: other })), undefined);
    assert.equal(doneBy(await run({ requestedAt, program: other })), 'other');
    const [name, text] = ['atomic-index.json', fs.readFileSync(folder.at('atomic-index.json'), 'utf8')];
    writeTree(folder.path, { [name]: text.replace('"docs"', '"docs", "options": { "title": "T" }') });
    assert.equal(outcomeOf(await run({ requestedAt, program: other }))?.kind, 'updated');
  });

  it('look for themselves when what the other made is gone', async () => {
    const requestedAt = process.hrtime.bigint();
    await run();
    fs.rmSync(folder.at('docs', 'index.md'));
    assert.equal(outcomeOf(await run({ requestedAt }))?.kind, 'created');
  });

  it('write nothing at all when nothing changed, not even locks on the volume', async () => {
    await run();
    const before = readTree(folder.path);
    assert.equal(outcomeOf(await run({ lockScope: 'volume' }))?.kind, 'unchanged');
    assert.deepEqual(readTree(folder.path), before);
  });

  it('end in an error without damage when the lock on the volume was lost before the rename', async () => {
    let asked = 0;
    const isDirty = () => {
      if (++asked === 1) return false;
      const locks = folder.at('.atomic-index');
      const [key = ''] = fs.readdirSync(locks).filter((name) => name !== '.gitignore');
      fs.writeFileSync(`${locks}/${key}/2`, 'another process that took this one for dead');
      return false;
    };
    const outcome = outcomeOf(await run({ lockScope: 'volume', isDirty }));
    assert.equal(asked, 2);
    assert.equal(outcome?.kind, 'failed');
    assert.match(outcome?.kind === 'failed' ? outcome.message : '', /the lock was lost.*Run it again/);
    assert.equal(fs.existsSync(folder.at('docs', 'index.md')), false);
  });

  it('get in one after the other when two outputs lead to one file', async () => {
    if (process.platform === 'win32') return;
    fs.mkdirSync(folder.at('out'));
    fs.symlinkSync('out', folder.at('again'));
    const targets = ['out', 'again'].map((name) => ({
      generator: 'markdown-index',
      folder: 'docs',
      output: `../${name}/one.md`,
    }));
    writeTree(folder.path, { 'atomic-index.json': JSON.stringify({ targets }) });
    const report = await run({ lockTimeoutMs: 2_000 });
    assert.deepEqual(
      report.targets.map(({ outcome }) => outcome.kind),
      ['created', 'unchanged'],
    );
  });
});
