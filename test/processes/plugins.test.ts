import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { readTree, writeTree } from '../support/tree.ts';

const cli = repositoryFile('dist', 'cli.mjs');
const target = '{ "generator": "sample.words", "folder": "docs", "output": "words.md" }';
const words = `{
  id: 'sample.words',
  description: 'Lists titles.',
  defaultOutput: 'words.md',
  defaultInclude: ['**/*.md'],
  reads: 'pages',
  render: ({ sources }) => sources.map(({ facts }) => '- ' + facts.title).join('\\n'),
}`;

describe('packages with generators, on the command line (dist/cli.mjs)', function () {
  this.timeout(30_000);
  const folder = useTempFolder();
  const run = (...args: string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [cli, ...args], { cwd: folder.path, encoding: 'utf8', timeout: 25_000 });
  const plugin = (name: string, files: Readonly<Record<string, string>>): void =>
    writeTree(folder.at('node_modules', name), files);
  const projectWith = (...plugins: readonly string[]): void =>
    fs.writeFileSync(
      folder.at('atomic-index.json'),
      `{ "plugins": ${JSON.stringify(plugins)}, "targets": [\n${target}\n] }`,
    );
  beforeEach(() => {
    writeTree(folder.path, { 'docs/a.md': '# First' });
    projectWith('some-words');
    plugin('some-words', {
      'package.json': '{ "name": "some-words", "type": "module", "exports": "./main.js" }',
      'main.js': `import { appendFileSync } from 'node:fs';
        appendFileSync(${JSON.stringify(folder.at('loaded.txt'))}, 'loaded\\n');
        setInterval(() => {}, 1000);
        export const generators = [${words}];`,
    });
  });

  it('are not loaded unless the flag says so: one message, and nothing is touched', () => {
    const before = readTree(folder.path);
    for (const command of ['regenerate', 'check', 'plan']) {
      const { status, stdout } = run(command);
      assert.equal(status, 2);
      const lines = stdout.split('\n').filter((line) => line.includes('error'));
      assert.equal(lines.length, 1, stdout);
      assert.match(lines[0] ?? '', /^atomic-index\.json:2:16: error: .*"sample\.words".*--allow-plugins/);
    }
    assert.deepEqual(readTree(folder.path), before);
  });

  it('work with the flag, and a timer that one leaves behind keeps nobody waiting', () => {
    const flag = '--allow-plugins';
    const planned = run('plan', flag);
    assert.deepEqual(
      [planned.status, planned.stdout],
      [0, 'docs/words.md  (sample.words, 1 source in docs)\n  a.md\n'],
    );
    assert.deepEqual([run('check', flag).status, fs.existsSync(folder.at('docs', 'words.md'))], [1, false]);
    const { status, stdout, stderr } = run('regenerate', '.', flag);
    assert.deepEqual([status, stdout, stderr], [0, 'created docs/words.md\n1 created\n', '']);
    assert.match(fs.readFileSync(folder.at('docs', 'words.md'), 'utf8'), /\(sample\.words\).*\n- First\n$/);
    assert.equal(run('check', flag).status, 0);
    assert.equal(fs.readFileSync(folder.at('loaded.txt'), 'utf8'), 'loaded\n'.repeat(4));
    const report = JSON.parse(run('regenerate', flag, '--json').stdout);
    assert.deepEqual([report.mode, report.counts.unchanged], ['write', 1]);
  });

  it('are found from the folder of the project file, whatever folder the command is given in', () => {
    fs.mkdirSync(folder.at('elsewhere'));
    const child = spawnSync(process.execPath, [cli, 'regenerate', '..', '--allow-plugins'], {
      cwd: folder.at('elsewhere'),
      encoding: 'utf8',
    });
    assert.deepEqual([child.status, child.stdout], [0, 'created docs/words.md\n1 created\n']);
  });

  it('may be CommonJS, and have a scope', () => {
    projectWith('@some/words');
    plugin('@some/words', {
      'index.js': `const all = [${words}]; module.exports = Object.assign(() => 1, { generators: all });`,
    });
    assert.equal(run('regenerate', '--allow-plugins').status, 0);
  });

  it('can be many', () => {
    projectWith('some-words', 'more-words');
    plugin('more-words', {
      'index.js': `exports.generators = [${words.replace('sample.words', 'more.words')}];`,
    });
    assert.equal(run('regenerate', '--allow-plugins').status, 0);
  });

  const refused = (name: string, files: Readonly<Record<string, string>> | null, message: RegExp) =>
    it(`end with 2 and one message: ${name}`, () => {
      projectWith('odd');
      if (files !== null) plugin('odd', files);
      const before = readTree(folder.path);
      const { status, stdout, stderr } = run('regenerate', '--allow-plugins');
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.split('\n').length, 2, stderr);
      assert.deepEqual(readTree(folder.path), before);
    });
  refused(
    'not installed',
    null,
    /^The plugin "odd" can't be loaded: Cannot find module 'odd'\. Install it in /,
  );
  refused('one that throws', { 'index.js': 'throw new Error("no\\nmore")' }, /can't be loaded: no\. Install/);
  refused('one that does not parse', { 'index.js': 'export {' }, /^The plugin "odd" can't be loaded: /);
  refused(
    'no generators',
    { 'index.js': 'exports.other = 1;' },
    /"odd" has no list "generators" among its exports/,
  );
  refused(
    'a wrong one',
    { 'index.js': 'exports.generators = [{ id: "words" }];' },
    /"odd" can't be used\. .*"id" must have a dot/,
  );
  refused(
    'one id twice',
    { 'index.js': `exports.generators = [${words}, ${words}];` },
    /There is a generator "sample\.words" already/,
  );

  it('must be packages: neither a path nor a module of Node is loaded', () => {
    writeTree(folder.path, { 'own.js': `exports.generators = [${words}];` });
    projectWith('./own.js');
    const path = run('regenerate', '--allow-plugins');
    assert.equal(path.status, 2);
    assert.match(path.stdout, /"plugins" must be a list of the names of npm packages/);
    projectWith('fs');
    assert.match(
      run('regenerate', '--allow-plugins').stderr,
      /"fs" can't be loaded: this is the name of a module of Node/,
    );
  });

  it('go with the commands that render only', () => {
    const { status, stderr } = run('sweep', '--allow-plugins');
    assert.equal(status, 3);
    assert.match(stderr, /^--allow-plugins goes with/);
  });
});
