import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { repositoryFile } from '../support/repository.ts';
import { makeTempFolder } from '../support/tempFolder.ts';
import { plantedFaults } from './plantedFaults.ts';

const isLinux = process.platform === 'linux';
const possible = plantedFaults.filter(({ isLinuxOnly }) => isLinux || isLinuxOnly !== true);

/** Where it is there, memory instead of a disk: what these tests look for doesn't depend on it, and syncs cost nothing. */
const quickFolders = isLinux && fs.existsSync('/dev/shm') ? { TMPDIR: '/dev/shm' } : {};

type Run = { readonly passed: number; readonly failed: readonly string[] };

/** What mocha's reporter `json` prints, as far as it is read here. */
type MochaReport = {
  readonly stats: { readonly passes: number };
  readonly failures: readonly { readonly fullTitle: string; readonly err: { readonly message: string } }[];
};

/** Tests that can't fail prove nothing, so here they run against code of which it is known that it is broken. */
describe('a fault that is planted into the code', function () {
  this.timeout(120_000);
  let copy = '';

  before(() => {
    copy = makeTempFolder();
    fs.cpSync(repositoryFile('out'), path.join(copy, 'out'), {
      recursive: true,
      filter: (source) => !/\.(map|d\.ts|tsbuildinfo)$/.test(source),
    });
    for (const name of ['node_modules', 'test', 'dist'])
      fs.symlinkSync(repositoryFile(name), path.join(copy, name), 'junction');
    fs.copyFileSync(repositoryFile('package.json'), path.join(copy, 'package.json'));
  });
  after(() => fs.rmSync(copy, { recursive: true, force: true }));

  /** Runs tests of the copy. Throws when they could not be run at all. */
  function run(files: readonly string[], titles: readonly string[]): Run {
    const pattern = titles.map((title) => title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
    const args = ['--no-config', '--bail', '--timeout', '30000', '--reporter', 'json', '--grep', pattern];
    const child = spawnSync(
      process.execPath,
      [
        path.join(copy, 'node_modules/mocha/bin/mocha.js'),
        ...args,
        ...files.map((file) => path.join(copy, 'out/test', file)),
      ],
      { cwd: copy, encoding: 'utf8', env: { ...process.env, ...quickFolders, FAULT_CELLS: pattern } },
    );
    const start = child.stdout.indexOf('{\n  "stats"');
    assert.notEqual(start, -1, `${child.stdout}\n${child.stderr}`);
    const report: MochaReport = JSON.parse(child.stdout.slice(start));
    const failed = report.failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`);
    return { passed: report.stats.passes, failed };
  }

  it('is what makes the tests fail: without one they pass', () => {
    const files = [...new Set(possible.map(({ tests }) => tests))];
    const titles = [...new Set(possible.map(({ grep }) => grep))];
    const { passed, failed } = run(files, titles);
    assert.deepEqual(failed, []);
    assert.ok(passed >= titles.length, `${passed} tests passed for ${titles.length} titles`);
  });

  for (const fault of plantedFaults) {
    it(`is found: ${fault.title}`, function () {
      if (!possible.includes(fault)) return this.skip();
      const file = path.join(copy, 'out/src', fault.file);
      const sound = fs.readFileSync(file, 'utf8');
      const parts = sound.split(fault.find);
      assert.equal(parts.length, 2, `"${fault.find}" stands ${parts.length - 1} times in ${fault.file}`);
      fs.writeFileSync(file, parts.join(fault.replace));
      try {
        assert.ok(run([fault.tests], [fault.grep]).failed.length > 0, `${fault.tests} did not notice`);
      } finally {
        fs.writeFileSync(file, sound);
      }
    });
  }
});
