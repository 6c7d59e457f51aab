import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { acquireLock, lockKeyOf } from '../../src/lock/index.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { readTree, writeTree } from '../support/tree.ts';

const cli = repositoryFile('dist', 'cli.mjs');
const project = '{ "targets": [{ "generator": "markdown-index", "folder": "docs" }] }';

describe('the command-line tool (dist/cli.mjs)', function () {
  this.timeout(30_000);
  const folder = useTempFolder();
  const run = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [cli, ...args], { cwd: folder.path, encoding: 'utf8' });
  beforeEach(() => writeTree(folder.path, { 'atomic-index.json': project, 'docs/a.md': '# First' }));

  it('regenerates, and the second time finds nothing to do', () => {
    const first = run('regenerate');
    assert.deepEqual(
      [first.status, first.stdout, first.stderr],
      [0, 'created docs/index.md\n1 created\n', ''],
    );
    const before = readTree(folder.path);
    const second = run('regenerate', '--verbose');
    assert.deepEqual([second.status, second.stdout], [0, 'unchanged docs/index.md\n  a.md\n1 unchanged\n']);
    assert.deepEqual(readTree(folder.path), before);
  });

  it('checks without writing: 1 when something would change, 0 when not', () => {
    const before = readTree(folder.path);
    const stale = run('check');
    assert.deepEqual(
      [stale.status, stale.stdout],
      [1, 'would create docs/index.md\n1 created (nothing was written)\n'],
    );
    assert.deepEqual(readTree(folder.path), before);
    run('regenerate');
    assert.equal(run('check').status, 0);
    fs.writeFileSync(folder.at('docs', 'b.md'), '# B');
    assert.match(run('check').stdout, /would update docs\/index\.md/);
  });

  it('lists the plan: targets with their sources', () => {
    const { status, stdout } = run('plan', '.');
    assert.deepEqual([status, stdout], [0, 'docs/index.md  (markdown-index, 1 source in docs)\n  a.md\n']);
  });

  it('prints JSON for programs', () => {
    const report = JSON.parse(run('regenerate', folder.path, '--json').stdout);
    assert.equal(report.counts.created, 1);
    assert.deepEqual(report.targets[0].sources, ['a.md']);
  });

  it('prints findings for other programs, by paths from the repository on, and ends as ever', () => {
    const inRepository = (...args: string[]) =>
      spawnSync(process.execPath, [cli, ...args], {
        cwd: folder.at('docs'),
        encoding: 'utf8',
        env: { ...process.env, GITHUB_WORKSPACE: folder.path },
      });
    const missing = inRepository('check', '..', '--reporter', 'github');
    assert.equal(missing.status, 1);
    assert.match(
      missing.stdout,
      /^::error file=atomic-index\.json,line=1,endLine=1,col=15,endColumn=66,title=Atomic Index%3A out-of-date::docs\/index\.md does not exist yet\. .*\n1 created \(nothing was written\)\n$/,
    );
    const written = inRepository('regenerate', '..', '--reporter', 'github');
    assert.deepEqual([written.status, written.stdout], [0, '1 created\n']);
    fs.writeFileSync(folder.at('docs', 'index.md'), '# Mine');
    const sarif = inRepository('check', '..', '--reporter', 'sarif');
    assert.equal(sarif.status, 2);
    const [{ tool, results }] = JSON.parse(sarif.stdout).runs;
    assert.match(tool.driver.version, /^\d+\.\d+\.\d+/);
    const { artifactLocation, region } = results[0].locations[0].physicalLocation;
    assert.deepEqual(
      [results.length, results[0].ruleId, artifactLocation.uri, region.startLine],
      [1, 'conflict-not-generated', 'docs/index.md', 1],
    );
    const overwritten = run('regenerate', '--overwrite', 'docs/index.md', '--reporter=sarif');
    assert.deepEqual([overwritten.status, JSON.parse(overwritten.stdout).runs[0].results], [0, []]);
    assert.equal(run('check', '--reporter', 'json').stdout, run('check', '--json').stdout);
    assert.equal(run('check', '--reporter', 'text').stdout, '1 unchanged (nothing was written)\n');
  });

  it('ends with 2 and the place of the mistake for a bad project file, a conflict or a failed target', () => {
    fs.writeFileSync(folder.at('docs', 'index.md'), '# Mine');
    const conflict = run('regenerate');
    assert.equal(conflict.status, 2);
    assert.match(conflict.stdout, /conflict docs\/index\.md: .*left alone/);
    assert.equal(run('regenerate', '--overwrite', 'docs/index.md').status, 0);
    fs.writeFileSync(folder.at('atomic-index.json'), '{\n"targets": [ oops ] }');
    const broken = run('regenerate');
    assert.equal(broken.status, 2);
    assert.match(broken.stdout, /^atomic-index\.json:2:14: error: /m);
    fs.rmSync(folder.at('atomic-index.json'));
    assert.match(run('check').stdout, /There is no atomic-index\.json/);
  });

  it('fills the regions of a file without any project file, whatever folder it is called in', () => {
    fs.rmSync(folder.at('atomic-index.json'));
    const region = '<!-- atomic-index:begin generator=toc -->\n<!-- atomic-index:end -->\n';
    writeTree(folder.path, { 'deep/README.md': `${region}\n## One\n`, 'other.md': region });
    const stale = run('check', 'deep/README.md');
    assert.deepEqual([stale.status, stale.stdout.split('\n')[0]], [1, 'would update deep/README.md#toc']);
    const { status, stdout } = run('regenerate', folder.at('deep', 'README.md'), 'other.md');
    assert.deepEqual([status, stdout], [0, 'updated deep/README.md#toc\nupdated other.md#toc\n2 updated\n']);
    assert.match(fs.readFileSync(folder.at('deep', 'README.md'), 'utf8'), /- \[One\]\(#one\)/);
    assert.equal(run('check', 'deep/README.md').status, 0);
    const none = run('regenerate', 'docs/a.md');
    assert.equal(none.status, 2);
    assert.match(none.stdout, /no region in docs\/a\.md/);
  });

  it('does only the targets of the files that it is given', () => {
    const targets = ['docs', 'more'].map((name) => ({ generator: 'markdown-index', folder: name }));
    writeTree(folder.path, { 'atomic-index.json': JSON.stringify({ targets }), 'more/b.md': '' });
    assert.equal(run('regenerate', 'docs/a.md').stdout, 'created docs/index.md\n1 created\n');
  });

  it('hands a file over, as a whole or but for a region', () => {
    run('regenerate');
    fs.appendFileSync(folder.at('docs', 'index.md'), '\nMine.\n');
    assert.equal(run('regenerate').status, 2);
    const kept = run('regenerate', '--into-region', 'docs/index.md');
    assert.deepEqual(
      [kept.status, kept.stdout],
      [
        0,
        'handed over docs/index.md: docs/index.md, atomic-index.json\nupdated docs/index.md#markdown-index\n1 updated\n',
      ],
    );
    const refused = run('regenerate', '--hand-over', 'docs/index.md#markdown-index');
    assert.deepEqual([refused.status, refused.stdout], [2, '']);
    assert.match(refused.stderr, /is not in conflict/);
    const edited = fs.readFileSync(folder.at('docs', 'index.md'), 'utf8').replace('[First]', '[Mine]');
    fs.writeFileSync(folder.at('docs', 'index.md'), edited);
    assert.equal(run('regenerate', '--hand-over', 'docs/index.md#markdown-index').status, 0);
    assert.match(
      fs.readFileSync(folder.at('docs', 'index.md'), 'utf8'),
      /^# Docs\n\n\n- \[Mine\]\(a\.md\)\n\n\nMine\.\n$/,
    );
    assert.equal(run('regenerate').stdout, 'no targets\n');
  });

  it('prints diffs that patch takes', () => {
    run('regenerate');
    fs.writeFileSync(folder.at('docs', 'a.md'), '# Second');
    const { stdout } = run('check', '--diff');
    assert.match(stdout, /^--- a\/docs\/index\.md\n\+\+\+ b\/docs\/index\.md\n@@ /m);
    assert.match(stdout, /^-- \[First\]\(a\.md\)\n\+- \[Second\]\(a\.md\)$/m);
  });

  it('ends with 3 and the usage for wrong arguments', () => {
    for (const args of [
      [],
      ['make'],
      ['check', 'a', 'b'],
      ['check', 'docs', 'docs/a.md'],
      ['check', '--fast'],
      ['check', 'no-such-folder'],
      ['check', '--reporter', 'xml'],
      ['check', '--json', '--reporter', 'sarif'],
      ['plan', '--reporter', 'sarif'],
      ['sweep', '--reporter', 'github'],
    ]) {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual([status, stdout], [3, ''], args.join(' '));
      assert.match(stderr, /Usage: atomic-index/);
    }
  });

  it('tells its version and its usage', () => {
    assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
    assert.match(run('--help').stdout, /Exit codes:/);
  });

  it('tells a read-only folder apart, before it writes anything', function () {
    // Windows has no permission bits for folders.
    if (process.platform === 'win32') this.skip();
    fs.copyFileSync(cli, folder.at('cli.mjs'));
    fs.chmodSync(folder.path, 0o755);
    fs.chmodSync(folder.at('docs'), 0o555);
    // Root may write everywhere, so the tool runs as nobody.
    const isRoot = process.getuid?.() === 0;
    for (const command of ['check', 'regenerate']) {
      const { status, stdout } = spawnSync(process.execPath, [folder.at('cli.mjs'), command, folder.path], {
        cwd: folder.path,
        encoding: 'utf8',
        ...(isRoot ? { uid: 65534, gid: 65534 } : {}),
      });
      assert.deepEqual([status, stdout.split(': ')[0]], [2, 'conflict docs/index.md'], stdout);
      assert.match(stdout, /it or its folder is read-only/);
    }
    fs.chmodSync(folder.at('docs'), 0o755);
  });

  it('says so when a folder cannot be read, and does the other targets', function () {
    // Windows has no permission bits.
    if (process.platform === 'win32') this.skip();
    const targets = ['docs', 'closed', 'half'].map((name) => ({ generator: 'markdown-index', folder: name }));
    writeTree(folder.path, {
      'atomic-index.json': JSON.stringify({ targets }),
      'closed/a.md': '',
      'half/a.md': '# Half',
      'half/closed/b.md': '',
    });
    // Root reads everything, so the tool runs as nobody, from a place where nobody can read it.
    const isRoot = process.getuid?.() === 0;
    fs.copyFileSync(cli, folder.at('cli.mjs'));
    for (const name of ['.', 'docs', 'half']) fs.chmodSync(folder.at(name), 0o777);
    for (const name of ['closed', 'half/closed']) fs.chmodSync(folder.at(name), isRoot ? 0o700 : 0);
    const { status, stdout } = spawnSync(
      process.execPath,
      [folder.at('cli.mjs'), 'regenerate', folder.path],
      {
        cwd: folder.path,
        encoding: 'utf8',
        ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
      },
    );
    for (const name of ['closed', 'half/closed']) fs.chmodSync(folder.at(name), 0o755);
    assert.equal(status, 2);
    assert.match(stdout, /^created docs\/index\.md$/m);
    assert.match(
      stdout,
      /^failed closed\/index\.md: closed\/index\.md can't be read: .*Check the permissions/m,
    );
    assert.match(stdout, /^half\/closed: warning: This folder can't be read, so its files are not listed/m);
    assert.match(fs.readFileSync(folder.at('half', 'index.md'), 'utf8'), /Half/);
  });

  it('shows how far a long run is on a terminal, and takes the line away', async function () {
    // `script` (util-linux) gives the program a terminal; its arguments differ on macOS, and Windows has none.
    if (process.platform !== 'linux') this.skip();
    const lock = await acquireLock(await lockKeyOf(folder.at('docs', 'index.md')), {
      program: 'test',
      timeoutMs: 5_000,
    });
    const command = `"${process.execPath}" "${cli}" regenerate "${folder.path}"`;
    const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', async (data) => {
      output += String(data);
      if (output.includes('Waiting')) await lock.release();
    });
    const [code] = await once(child, 'close');
    const clear = '\r\u001b[K';
    assert.equal(code, 0);
    assert.ok(
      output.startsWith(`${clear}Waiting for test (process ${process.pid}) at work on docs/index.md`),
      output,
    );
    assert.ok(output.endsWith(`${clear}created docs/index.md\r\n1 created\r\n`), output);
  });

  it('leaves nothing half done when it is interrupted', async function () {
    // Windows has no signals to send to another process; there the lock and the sweep do the same work.
    if (process.platform === 'win32') this.skip();
    const targets = Array.from({ length: 400 }, (_, n) => ({
      generator: 'markdown-index',
      folder: 'docs',
      output: `i${n}.md`,
    }));
    writeTree(folder.path, { 'atomic-index.json': JSON.stringify({ targets }) });
    const child = spawn(process.execPath, [cli, 'regenerate', '--json'], { cwd: folder.path });
    let output = '';
    child.stdout.on('data', (data) => {
      output += String(data);
    });
    // The set is being made ready as soon as there is a temp file.
    while (!fs.readdirSync(folder.at('docs')).some((name) => name.startsWith('.~ai-'))) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    assert.equal(code, 130);
    const { counts, isCancelled } = JSON.parse(output);
    assert.equal(isCancelled, true);
    const written = fs.readdirSync(folder.at('docs')).filter((name) => name.startsWith('i'));
    assert.equal(written.length, counts.created);
    // All or none: the signal may come when the set is final already.
    assert.ok([0, targets.length].includes(counts.created), `${counts.created} created`);
    for (const name of written) assert.match(fs.readFileSync(folder.at('docs', name), 'utf8'), /First/);
  });
});

describe('the full parser beside the bundles', () => {
  const folder = useTempFolder();

  it('is loaded when a module needs it, and only then', () => {
    const entry = '{ "targets": [{ "generator": "barrel", "folder": "src" }] }';
    writeTree(folder.path, { 'atomic-index.json': entry, 'src/a.ts': 'export const a = 1;' });
    fs.copyFileSync(cli, folder.at('cli.mjs'));
    const run = () =>
      spawnSync(process.execPath, [folder.at('cli.mjs'), 'regenerate', folder.path], { encoding: 'utf8' });
    assert.equal(run().status, 0);
    writeTree(folder.path, { 'src/view.tsx': 'export const View = () => <p>{a}</p>;' });
    fs.copyFileSync(repositoryFile('dist', 'fullParser.cjs'), folder.at('fullParser.cjs'));
    assert.equal(run().stdout, 'updated src/index.ts\n1 updated\n');
    assert.match(fs.readFileSync(folder.at('src', 'index.ts'), 'utf8'), /export \{ View \} from '\.\/view';/);
  });
});
