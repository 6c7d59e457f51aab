import assert from 'node:assert/strict';
import { readAdrFacts } from '../../../../src/core/facts/adrFacts.ts';
import { adrLog } from '../../../../src/core/generators/adrLog.ts';
import { comparePaths } from '../../../../src/core/order.ts';
import { sourceMatcher } from '../../../../src/core/project/expandTargets.ts';
import type { Listing } from '../../../../src/core/types.ts';

function listRecords(files: Readonly<Record<string, string>>, output = 'index.md'): Listing {
  const sources = Object.keys(files)
    .sort(comparePaths)
    .map((relativePath) => ({
      relativePath,
      facts: readAdrFacts(files[relativePath] ?? '', '.md', relativePath).facts,
    }));
  return { folder: 'docs/adr', outputFromFolder: output, sources };
}

const record = (title: string, status: string, more = '') =>
  `# ${title}\n\nDate: 2020-01-01\n\n## Status\n\n${status}\n${more}`;

describe('a decision log', () => {
  it('lists decisions by number, with status, date and links to those that follow', () => {
    const listing = listRecords({
      '0010-c.md': record('10. C', 'Accepted', '\nSupersedes [2. B](0002-b.md)\n'),
      '0002-b.md': record('2. B', 'Superceded by [10. C](0010-c.md)'),
      '0001-a.md': '# A | b\n',
    });
    const { body, problems } = adrLog.render(listing, {});
    assert.deepEqual(body.split('\n'), [
      '# Adr',
      '',
      '| Number | Decision            | Status                              | Date       |',
      '| ------ | ------------------- | ----------------------------------- | ---------- |',
      '| 1      | [A \\| b](0001-a.md) |                                     |            |',
      '| 2      | [B](0002-b.md)      | Superseded by [10](0010-c.md)       | 2020-01-01 |',
      '| 10     | [C](0010-c.md)      | Accepted, supersedes [2](0002-b.md) | 2020-01-01 |',
      '',
    ]);
    assert.deepEqual(problems, []);
  });

  it('pads the columns of its table as formatters do', () => {
    const { body } = adrLog.render(
      listRecords({ '1-a.md': record('潮 é', 'Accepted'), '2-b.md': '# B\n' }),
      {},
    );
    assert.deepEqual(body.split('\n').slice(2), [
      '| Number | Decision       | Status   | Date       |',
      '| ------ | -------------- | -------- | ---------- |',
      '| 1      | [潮 é](1-a.md) | Accepted | 2020-01-01 |',
      '| 2      | [B](2-b.md)    |          |            |',
      '',
    ]);
  });

  it('is a list when asked, the newest first when asked', () => {
    const listing = listRecords(
      { '1-a.md': record('A', 'Accepted'), '2-b.md': '# B\n', 'c.md': '---\nstatus: draft\n---\n' },
      '../log.md',
    );
    assert.equal(
      adrLog.render(listing, { format: 'list', newestFirst: true, title: 'Log' }).body,
      '# Log\n\n- [c](adr/c.md): Draft\n- [2. B](adr/2-b.md)\n- [1. A](adr/1-a.md): Accepted, 2020-01-01\n',
    );
  });

  it('tells of doubled numbers, links that lead nowhere and decisions that missed their end', () => {
    const listing = listRecords({
      '0001-a.md': record('A', 'Accepted'),
      '0001-b.md': record('B', 'Accepted', '\nSupersedes ADR-1\nSupersedes 9\n'),
      '0002-c.md': record('C', 'Superseded by [x](0003-gone.md)'),
      '0003-d.md': record('D', 'Superseded by [x](../other/1.md)'),
      'notes.md': '# Notes\n',
    });
    const { body, problems } = adrLog.render(listing, { format: 'list' });
    assert.deepEqual(
      problems.map(({ code, relativePath, line, severity }) => [severity, code, relativePath, line]),
      [
        ['information', 'adr-not-a-record', 'notes.md', 1],
        ['warning', 'adr-number-twice', '0001-b.md', 1],
        ['warning', 'adr-status-stale', '0001-a.md', 1],
        ['warning', 'adr-link-dangling', '0001-b.md', 10],
        ['warning', 'adr-link-dangling', '0002-c.md', 7],
      ],
    );
    assert.ok(!body.includes('Notes'));
    assert.match(body, /\[2\. C\]\(0002-c\.md\): Superseded by 0003-gone\.md, 2020-01-01/);
    assert.match(body, /Superseded by \[\.\.\/other\/1\.md\]\(\.\.\/other\/1\.md\)/);
    assert.match(body, /supersedes \[1\]\(0001-a\.md\), ADR-9/);
  });

  it('never lists templates, indexes and README, but a decision about templates', () => {
    const isSource = sourceMatcher({
      folder: '',
      include: adrLog.defaultInclude,
      exclude: adrLog.defaultExclude,
    });
    for (const name of [
      'template.md',
      'README.md',
      'index.md',
      'adr-template-minimal.md',
      '0000-template.md',
      'templates/x.md',
      'a/readme.md',
    ])
      assert.equal(isSource(name), false, name);
    for (const name of ['0007-use-template-engine.md', '0000-use-adrs.md', 'x/1-a.md', '12-index-pages.md'])
      assert.equal(isSource(name), true, name);
  });

  it('says so when there is no decision, and lists one that can not be read by its name', () => {
    assert.equal(adrLog.render(listRecords({}), {}).body, '# Adr\n\nNo decisions yet.\n');
    const listing = {
      folder: '',
      outputFromFolder: 'index.md',
      sources: [{ relativePath: '0004-x-y.md', facts: { kind: 'page' as const } }],
    };
    assert.equal(adrLog.render(listing, { format: 'list' }).body, '# Index\n\n- [4. x y](0004-x-y.md)\n');
  });
});
