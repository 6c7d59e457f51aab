import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readGitDates } from '../../../../src/core/scan/gitDates.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

const isWindows = process.platform === 'win32';
/** Windows has neither quotes nor line ends in names, and runs no file for the `#!` in it. */
const oddName = isWindows ? 'x/ü.md' : 'x/ü "q"\n.md';
const withScripts = isWindows ? it.skip : it;

describe('the days of the last changes in git', function () {
  this.timeout(30_000);
  const folder = useTempFolder();

  const git = (where: string, date: string, ...args: readonly string[]) =>
    execFileSync('git', ['-C', where, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      env: { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: '2001-01-01T00:00:00Z' },
      stdio: 'pipe',
    });
  const commit = (where: string, date: string, files: Readonly<Record<string, string>>) => {
    writeTree(where, files);
    git(where, date, 'add', '-A');
    git(where, date, 'commit', '-q', '-m', 'change');
  };
  const read = (root: string, names: readonly string[], under = 'docs', signal?: AbortSignal) =>
    readGitDates({
      absoluteRoot: root,
      absoluteFolder: path.join(root, under),
      relativePaths: names,
      signal,
    });
  const newRepository = (): string => {
    const root = folder.at('work');
    mkdirSync(root);
    git(root, '', 'init', '-q', '-b', 'main');
    return root;
  };

  it('are those of the commit, in UTC, for names of any kind', async () => {
    const root = newRepository();
    commit(root, '2024-01-01T00:00:00Z', { 'docs/a.md': '1', [`docs/${oddName}`]: '1', 'other.md': '1' });
    commit(root, '2024-02-02T23:30:00-0500', { 'docs/a.md': '2' });
    commit(root, '2024-03-03T00:00:00Z', { 'other.md': '2' });
    writeTree(root, { 'docs/new.md': 'not committed' });
    const { dates, problem } = await read(root, ['a.md', oddName, 'new.md']);
    assert.deepEqual(Object.fromEntries(dates), { 'a.md': '2024-02-03', [oddName]: '2024-01-01' });
    assert.equal(problem, undefined);
  });

  it('are known when the workspace is a folder of the repository, and in merges', async () => {
    const root = newRepository();
    commit(root, '2024-01-01T00:00:00Z', { 'docs/a.md': '1\n', 'docs/b.md': '1\n' });
    git(root, '', 'checkout', '-q', '-b', 'side');
    commit(root, '2024-01-05T00:00:00Z', { 'docs/a.md': 'side\n' });
    git(root, '', 'checkout', '-q', 'main');
    commit(root, '2024-01-03T00:00:00Z', { 'docs/b.md': 'main\n' });
    git(root, '2024-01-07T00:00:00Z', 'merge', '-q', '--no-ff', '-m', 'merge', 'side');
    const { dates } = await read(path.join(root, 'docs'), ['a.md', 'b.md'], '');
    assert.deepEqual(Object.fromEntries(dates), { 'a.md': '2024-01-05', 'b.md': '2024-01-03' });
  });

  it('are left out where a shallow clone ends, with a problem that says so', async () => {
    const root = newRepository();
    commit(root, '2024-01-01T00:00:00Z', { 'docs/a.md': '1', 'docs/b.md': '1' });
    commit(root, '2024-01-02T00:00:00Z', { 'docs/a.md': '2' });
    commit(root, '2024-01-03T00:00:00Z', { 'docs/a.md': '3' });
    git(root, '', 'branch', 'grafted');
    const clone = folder.at('clone');
    git(folder.path, '', 'clone', '-q', '--depth', '2', pathToFileURL(root).href, clone);
    const { dates, problem } = await read(clone, ['a.md', 'b.md']);
    assert.deepEqual(Object.fromEntries(dates), { 'a.md': '2024-01-03' });
    assert.equal(problem?.code, 'git-history-cut-off');
    assert.match(problem?.message ?? '', / of b\.md are left out\. .*--unshallow/);
    const whole = await read(root, ['a.md', 'b.md']);
    assert.deepEqual([whole.dates.get('b.md'), whole.problem], ['2024-01-01', undefined]);
  });

  withScripts('are a problem, not a failure, without a repository, a commit or git', async () => {
    mkdirSync(folder.at('docs'));
    const none = await read(folder.path, ['a.md']);
    assert.match(none.problem?.message ?? '', /not a git repository/);
    const root = newRepository();
    mkdirSync(path.join(root, 'docs'));
    assert.match((await read(root, ['a.md'])).problem?.message ?? '', /any commits/);
    const before = process.env['PATH'];
    try {
      process.env['PATH'] = ['relative/bin', folder.at('nothing')].join(path.delimiter);
      assert.match((await read(root, ['a.md'])).problem?.message ?? '', /no program git/);
      mkdirSync(folder.at('bin'));
      writeFileSync(folder.at('bin', 'git'), 'not a program');
      chmodSync(folder.at('bin', 'git'), 0o755);
      process.env['PATH'] = folder.at('bin');
      assert.equal((await read(root, ['a.md'])).problem?.code, 'git-dates-unknown');
    } finally {
      process.env['PATH'] = before;
    }
  });

  withScripts('run nothing that the workspace or its configuration names', async () => {
    const root = newRepository();
    commit(root, '2024-01-01T00:00:00Z', {
      'docs/a.md': '1',
      '.gitattributes': '* diff=evil filter=evil\n',
    });
    const trap = folder.at('trap');
    const script = folder.at('evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch '${trap}'\n`);
    chmodSync(script, 0o755);
    const signer = folder.at('signer.sh');
    const signature = '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n';
    writeFileSync(
      signer,
      `#!/bin/sh\ncat > /dev/null\nprintf '[GNUPG:] SIG_CREATED ' >&2\nprintf -- '${signature}'\n`,
    );
    chmodSync(signer, 0o755);
    writeTree(root, { 'docs/a.md': '2' });
    git(
      root,
      '2024-01-02T00:00:00Z',
      '-c',
      `gpg.program=${signer}`,
      'commit',
      '-q',
      '-a',
      '-S',
      '-m',
      'signed',
    );
    const settings: Readonly<Record<string, string>> = {
      'core.fsmonitor': script,
      'core.pager': script,
      'pager.log': script,
      'core.sshCommand': script,
      'core.editor': script,
      'log.showSignature': 'true',
      'gpg.program': script,
      'diff.external': script,
      'diff.evil.command': script,
      'diff.evil.textconv': script,
      'filter.evil.clean': script,
      'filter.evil.smudge': script,
      'alias.log': `!${script}`,
      'core.hooksPath': folder.path,
      'diff.orderFile': '/nowhere',
      'log.follow': 'true',
      'color.ui': 'always',
      'format.pretty': 'raw',
    };
    for (const [name, value] of Object.entries(settings)) git(root, '', 'config', name, value);
    mkdirSync(path.join(root, 'bin'));
    writeFileSync(path.join(root, 'bin', 'git'), `#!/bin/sh\ntouch '${trap}'\n`);
    chmodSync(path.join(root, 'bin', 'git'), 0o755);
    const before = { ...process.env };
    try {
      process.env['PATH'] = [path.join(root, 'bin'), before['PATH']].join(path.delimiter);
      process.env['GIT_EXTERNAL_DIFF'] = script;
      process.env['GIT_DIR'] = folder.at('nowhere');
      const { dates, problem } = await read(root, ['a.md']);
      assert.deepEqual([dates.get('a.md'), problem], ['2024-01-02', undefined]);
    } finally {
      process.env['PATH'] = before['PATH'];
      delete process.env['GIT_EXTERNAL_DIFF'];
      delete process.env['GIT_DIR'];
    }
    assert.equal(existsSync(trap), false);
  });

  it('fetch nothing for a partial clone', async () => {
    const root = newRepository();
    commit(root, '2024-01-01T00:00:00Z', { 'docs/a.md': '1' });
    git(root, '', 'config', 'uploadpack.allowFilter', 'true');
    const clone = folder.at('clone');
    git(folder.path, '', 'clone', '-q', '--no-checkout', '--filter=tree:0', pathToFileURL(root).href, clone);
    mkdirSync(path.join(clone, 'docs'));
    const { problem } = await read(clone, ['a.md']);
    assert.equal(problem?.code, 'git-dates-unknown');
    assert.match(problem?.message ?? '', /not allowed|lazy fetch/i);
  });

  it('end with the run', async () => {
    const root = newRepository();
    commit(root, '2024-01-01T00:00:00Z', { 'docs/a.md': '1' });
    await assert.rejects(read(root, ['a.md'], 'docs', AbortSignal.abort(new Error('stop'))), /stop/);
    const later = new AbortController();
    const reading = read(root, ['missing.md'], 'docs', later.signal);
    later.abort(new Error('stopped'));
    await assert.rejects(reading, /stopped/);
  });
});
