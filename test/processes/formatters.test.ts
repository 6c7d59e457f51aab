import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { complaintsOf, installFormatter, installInstead } from '../support/formatters.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { readTree, writeTree } from '../support/tree.ts';

const cli = repositoryFile('dist', 'cli.mjs');
const project = `{
  "format": "prettier",
  "targets": [
    { "generator": "barrel", "folder": "src" },
    { "generator": "barrel", "folder": "lib", "format": "biome" },
    { "generator": "markdown-index", "folder": "docs", "format": false }
  ]
}`;

describe("the project's own formatters, on the command line (dist/cli.mjs)", function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const run = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [cli, ...args], { cwd: folder.path, encoding: 'utf8', timeout: 50_000 });
  beforeEach(() => {
    writeTree(folder.path, {
      'atomic-index.json': project,
      'docs/a.md': '# First',
      'src/one.ts': 'export const one = 1;\n',
      'lib/two.ts': 'export const two = 2;\n',
      'biome.json': '{ "javascript": { "formatter": { "quoteStyle": "single", "semicolons": "asNeeded" } } }',
    });
    for (const name of ['prettier', 'biome'] as const) installFormatter(folder.path, name);
  });

  it('are not run unless the flag says so: one error, and the other targets are done', () => {
    const { status, stdout, stderr } = run('regenerate');
    assert.deepEqual([status, stderr], [2, '']);
    const [created, error, ...rest] = stdout.trimEnd().split('\n');
    assert.equal(created, 'created docs/index.md');
    assert.equal(
      error,
      'atomic-index.json:2:13: error: src/index.ts and 1 more are to be formatted with prettier or biome, which is code of this folder, and were left out. Run it again with --allow-plugins, or set "format" to false.',
    );
    assert.deepEqual(rest, ['1 created']);
    assert.deepEqual(fs.readdirSync(folder.at('src')), ['one.ts']);
    assert.equal(run('check').status, 2);
    assert.equal(run('check', 'docs/a.md').status, 0);
    const one = run('check', 'lib/two.ts');
    assert.equal(one.status, 2);
    assert.match(
      one.stdout,
      /^atomic-index\.json:5:57: error: lib\/index\.ts is to be .* with biome, .* was left/,
    );
  });

  it('are not needed for a plan', () => {
    const { status, stdout } = run('plan');
    assert.equal(status, 0);
    assert.match(stdout, /^src\/index\.ts {2}\(barrel, 1 source in src\)\n/);
  });

  it('work with the flag, and both are content with what was made', () => {
    assert.equal(run('check', '--allow-plugins').status, 1);
    const { status, stdout } = run('regenerate', '--allow-plugins');
    assert.deepEqual(
      [status, stdout],
      [0, 'created src/index.ts\ncreated lib/index.ts\ncreated docs/index.md\n3 created\n'],
    );
    assert.equal(complaintsOf('prettier', folder.path, 'src/index.ts'), '');
    assert.equal(complaintsOf('biome', folder.path, 'lib/index.ts'), '');
    const before = readTree(folder.path);
    assert.equal(run('check', '--allow-plugins').status, 0);
    assert.equal(run('regenerate', '--allow-plugins').status, 0);
    assert.deepEqual(readTree(folder.path), before);
  });

  it('fail for their own targets, with what to do next', () => {
    fs.rmSync(folder.at('node_modules', 'prettier'));
    const { status, stdout } = run('regenerate', '--allow-plugins');
    assert.equal(status, 2);
    assert.match(
      stdout,
      /^failed src\/index\.ts: src\/index\.ts was not regenerated: prettier is not installed in this folder\. Run npm install --save-dev prettier, .*\ncreated lib\/index\.ts\n/,
    );
  });

  it('need not run for a file to be taken over', () => {
    run('regenerate', '--allow-plugins');
    fs.appendFileSync(folder.at('src', 'index.ts'), '// mine\n');
    const { status, stdout } = run('regenerate', '--hand-over', 'src/index.ts');
    assert.match(stdout, /^handed over src\/index\.ts: /);
    // The other one is still to be formatted.
    assert.equal(status, 2);
    assert.doesNotMatch(fs.readFileSync(folder.at('src', 'index.ts'), 'utf8'), /@generated/);
  });

  it('end with a run that is interrupted, and the files stay', async () => {
    // Windows knows no signals to be caught.
    if (process.platform === 'win32') return;
    fs.rmSync(folder.at('node_modules', 'prettier'));
    installInstead(
      folder.path,
      'prettier',
      'require("fs").writeFileSync("started.txt", String(process.pid)); setInterval(() => {}, 1000);',
    );
    const child = spawn(process.execPath, [cli, 'regenerate', '--allow-plugins'], { cwd: folder.path });
    const started = folder.at('started.txt');
    while (!fs.existsSync(started) || fs.readFileSync(started, 'utf8') === '') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGINT');
    const [status] = await once(child, 'exit');
    assert.equal(status, 130);
    assert.deepEqual(fs.readdirSync(folder.at('src')), ['one.ts']);
  });
});
