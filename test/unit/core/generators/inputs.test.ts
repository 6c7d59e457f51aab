import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { regenerate } from '../../../../src/core/regenerate.ts';
import type { Report } from '../../../../src/core/types.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

const project = (entry: object) => JSON.stringify({ targets: [{ folder: 'docs', ...entry }] });

describe('a target made from more than its sources', function () {
  this.timeout(20_000);
  const folder = useTempFolder();

  const run = (changed: 'all' | readonly string[] = 'all'): Promise<Report> =>
    regenerate({
      absoluteRoot: folder.at('work'),
      mode: 'write',
      triggers: [{ kind: 'save', relativePaths: changed }],
    });
  const write = (files: Readonly<Record<string, string>>) => writeTree(folder.at('work'), files);
  const read = (name: string) => readFileSync(folder.at('work', name), 'utf8');
  const template = { generator: 'template', output: 'x.md', options: { template: 'tpl/x.liquid' } };

  it('is regenerated when its template changes, and keeps its text when the template fails', async () => {
    write({
      'atomic-index.json': project(template),
      'docs/a.md': '# A',
      'tpl/x.liquid': '{{ pages[0].title }}',
    });
    assert.deepEqual(
      (await run()).targets.map(({ outcome }) => outcome.kind),
      ['created'],
    );
    assert.match(read('docs/x.md'), /-->\nA\n$/);
    write({ 'tpl/x.liquid': '{{ pages[0].title }}!' });
    assert.deepEqual(
      (await run(['tpl/x.liquid'])).targets.map(({ outcome }) => outcome.kind),
      ['updated'],
    );
    write({ 'tpl/x.liquid': 'a\n{{ oops }}' });
    const { targets, problems } = await run(['tpl/x.liquid']);
    assert.deepEqual(
      targets.map(({ outcome }) => outcome.kind),
      ['failed'],
    );
    assert.deepEqual(
      problems.map(({ relativePath, line, column }) => [relativePath, line, column]),
      [['tpl/x.liquid', 2, 4]],
    );
    assert.match(read('docs/x.md'), /-->\nA!\n$/);
  });

  it('reads no template outside the workspace, also not by a link, and none that is missing', async () => {
    writeFileSync(folder.at('secret'), 'secret');
    write({ 'atomic-index.json': project(template), 'docs/a.md': '# A', 'tpl/other': '' });
    const missing = await run();
    assert.deepEqual(
      missing.problems.map(({ code }) => code),
      ['input-unreadable', 'template-missing'],
    );
    // Links are a privilege on Windows.
    if (process.platform === 'win32') return;
    symlinkSync(folder.at('secret'), folder.at('work', 'tpl', 'x.liquid'));
    const linked = await run();
    assert.match(linked.problems[0]?.message ?? '', /outside the workspace folder/);
    assert.deepEqual(
      linked.targets.map(({ outcome }) => outcome.kind),
      ['failed'],
    );
  });

  it('takes days from git, and does without where git knows none', async () => {
    const options = { base: 'https://example.org/', lastmod: 'git' };
    write({ 'atomic-index.json': project({ generator: 'sitemap', options }), 'docs/a.md': '# A' });
    const without = await run();
    assert.deepEqual(
      without.targets.map(({ outcome }) => outcome.kind),
      ['created'],
    );
    assert.deepEqual(
      without.problems.map(({ code, severity, relativePath }) => [code, severity, relativePath]),
      [['git-dates-unknown', 'warning', 'docs/sitemap.xml']],
    );
    assert.doesNotMatch(read('docs/sitemap.xml'), /lastmod/);
    const git = (...args: readonly string[]) =>
      execFileSync(
        'git',
        ['-C', folder.at('work'), '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args],
        {
          env: { ...process.env, GIT_COMMITTER_DATE: '2024-05-06T12:00:00Z' },
          stdio: 'pipe',
        },
      );
    git('init', '-q');
    git('add', 'docs/a.md');
    git('commit', '-q', '-m', 'a');
    assert.deepEqual((await run()).problems, []);
    assert.match(read('docs/sitemap.xml'), /<lastmod>2024-05-06<\/lastmod>/);
  });
});
