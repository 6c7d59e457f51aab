import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import type { RegenerateRequest } from '../../../../src/core/regenerate.ts';
import type { Report } from '../../../../src/core/types.ts';
import { acquireLock, lockKeyOf } from '../../../../src/lock/index.ts';
import { regenerateIn } from '../../../support/regenerateIn.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

const toc = '<!-- atomic-index:begin generator=toc -->\n<!-- atomic-index:end -->\n';

describe('pages that are made of themselves only', () => {
  const folder = useTempFolder();
  const run = regenerateIn(folder);
  const ends = ({ targets }: Report) =>
    targets.map(({ target, outcome }) => {
      const reason = 'reason' in outcome ? ` (${outcome.reason})` : '';
      return `${target.output}: ${outcome.kind}${reason}`;
    });
  const read = (name: string) => fs.readFileSync(folder.at(name), 'utf8');
  beforeEach(() => writeTree(folder.path, { 'atomic-index.json': '{ "regions": "**/*.md" }' }));

  it('wait for nobody when they are up to date, and for the lock when they are not', async () => {
    writeTree(folder.path, { 'a.md': `${toc}\n## One\n`, 'b.md': `${toc}\n## One\n` });
    await run();
    fs.appendFileSync(folder.at('b.md'), '\n## Two\n');
    const options = { timeoutMs: 1000, program: 'another window' };
    await using _a = await acquireLock(await lockKeyOf(folder.at('a.md')), options);
    await using _b = await acquireLock(await lockKeyOf(folder.at('b.md')), options);
    const report = await run({ lockTimeoutMs: 20 });
    assert.deepEqual(ends(report), ['a.md: unchanged', 'b.md: failed']);
    const [, b] = report.targets;
    assert.match(b?.outcome.kind === 'failed' ? b.outcome.message : '', /another window/);
  });

  it('look past what stands in their own region', async () => {
    const begin = '<!-- atomic-index:begin generator=toc -->';
    writeTree(folder.path, { 'a.md': `${begin}\n\n## Old\n\n<!-- atomic-index:end -->\n\n## Old\n` });
    await run({ overwrite: 'all' });
    assert.match(read('a.md'), /begin generator=toc -->\n\n- \[Old\]\(#old\)\n\n<!--/);
  });

  it('come after what fills other regions of their files', async () => {
    const list = '<!-- atomic-index:begin id=list generator=markdown-index folder=docs style=cards -->';
    writeTree(folder.path, {
      'README.md': `${toc}\n## One\n\n${list}\n<!-- atomic-index:end -->\n`,
      'docs/a.md': '# Apple',
    });
    await run();
    const once = read('README.md');
    assert.match(once, /\[One\]\(#one\)/);
    assert.deepEqual(ends(await run()), ['README.md: unchanged', 'README.md: unchanged']);
    assert.equal(read('README.md'), once);
    writeTree(folder.path, { 'docs/a.md': '# Avocado' });
    assert.deepEqual(ends(await run()), ['README.md: updated', 'README.md: updated']);
    // A card has a heading, so that the table of contents is right only if it was made after the cards.
    assert.match(read('README.md'), /\[Avocado\]\(#avocado\)/);
    assert.deepEqual(ends(await run()), ['README.md: unchanged', 'README.md: unchanged']);
  });

  it('are done in more than one group, and all the same', async () => {
    const pages = Array.from({ length: 600 }, (_, i) => `p${String(i).padStart(3, '0')}.md`);
    writeTree(folder.path, Object.fromEntries(pages.map((name) => [name, `${toc}\n## ${name}\n`])));
    const first = await run();
    assert.deepEqual(
      ends(first),
      pages.map((name) => `${name}: updated`),
    );
    const times = pages.map((name) => fs.statSync(folder.at(name), { bigint: true }).mtimeNs);
    assert.deepEqual(
      ends(await run()),
      pages.map((name) => `${name}: unchanged`),
    );
    assert.deepEqual(
      pages.map((name) => fs.statSync(folder.at(name), { bigint: true }).mtimeNs),
      times,
    );
  });

  it('tell what stands in the way as others do', async () => {
    writeTree(folder.path, { 'a.md': `${toc}\n## One\n`, 'b.md': `${toc}\n## One\n` });
    await run();
    const check = await run({ isDirty: (file) => file.endsWith('a.md') });
    assert.deepEqual(ends(check), ['a.md: skipped (unsaved-changes)', 'b.md: unchanged']);
    fs.writeFileSync(folder.at('a.md'), read('a.md').replace('[One]', '[Two]'));
    assert.deepEqual(ends(await run()), ['a.md: conflict (edited)', 'b.md: unchanged']);
  });

  it('are left alone, with the reason, where a link leads out of the folder', async function () {
    if (process.platform === 'win32') this.skip();
    const outside = folder.at('outside');
    fs.mkdirSync(folder.at('root'));
    writeTree(outside, { 'a.md': `${toc}\n## One\n` });
    writeTree(folder.at('root'), { 'atomic-index.json': '{ "regions": "**/*.md" }' });
    fs.symlinkSync(outside, folder.at('root', 'docs'));
    const triggers: RegenerateRequest['triggers'] = [{ kind: 'cli', relativePaths: ['docs/a.md'] }];
    const report = await run({ absoluteRoot: folder.at('root'), triggers });
    assert.deepEqual(ends(report), []);
    assert.equal(fs.readFileSync(folder.at('outside', 'a.md'), 'utf8'), `${toc}\n## One\n`);
  });

  it('fail, also when they are up to date, where the project file leads out of the folder by a link', async function () {
    if (process.platform === 'win32') this.skip();
    const outside = folder.at('outside');
    writeTree(outside, { 'a.md': `${toc}\n## One\n`, 'atomic-index.json': '{ "regions": "*.md" }' });
    await run({ absoluteRoot: outside });
    const target = { generator: 'toc', output: 'docs/a.md', region: 'toc' };
    const project = JSON.stringify({ targets: [target] });
    writeTree(folder.at('root'), { 'atomic-index.json': project });
    fs.symlinkSync(outside, folder.at('root', 'docs'));
    const report = await run({ absoluteRoot: folder.at('root') });
    assert.deepEqual(ends(report), ['docs/a.md: failed']);
    const [only] = report.targets;
    assert.match(only?.outcome.kind === 'failed' ? only.outcome.message : '', /leads outside/);
  });
});
