import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { offlineVersions } from '../host/install.ts';
import { packageVsix } from '../package/vsix.ts';
import { repositoryFile } from '../support/repository.ts';
import { packageDriver } from './driver/vsix.ts';
import { type Played, play } from './play.ts';
import { printPlayed, writeResults } from './results.ts';
import { scenarios } from './scenarios.ts';
import { makeTree, type Tree } from './tree.ts';
import { prepareWindows, type Windows } from './windows.ts';

/**
 * Environment: `ATOMIC_INDEX_WINDOWS_SEED` repeats what was played with this seed, `_ROUNDS` and `_PAGES` say how many,
 * `_SCENARIO` is a part of the names of those to play, `_MAX_FAILURES` rounds may fail before a scenario ends,
 * `_RESULTS` names the folder in `test-results`, and with `_VERBOSE` each round is told of.
 *
 * A seed fixes what is done where and when; what happens between processes meanwhile is different each time.
 */
const setting = (name: string, otherwise: number): number =>
  Number(process.env[`ATOMIC_INDEX_WINDOWS_${name}`] || otherwise);

const rounds = setting('ROUNDS', 3);
const pages = setting('PAGES', 100);
const seed = setting('SEED', Date.now() % 1_000_000);
const maxFailures = setting('MAX_FAILURES', 1);
const only = process.env['ATOMIC_INDEX_WINDOWS_SCENARIO'] || '';
const versions = [...offlineVersions].reverse();
const wanted = scenarios.filter(({ name }) => name.includes(only));
const tracesFolder = repositoryFile('test-results', process.env['ATOMIC_INDEX_WINDOWS_RESULTS'] || 'windows');

describe(`windows of real VS Code (seed ${seed})`, function () {
  this.timeout(120_000 + rounds * 60_000);
  const played: Played[] = [];
  let folder = '';
  let tree: Tree;
  let windows: Windows;

  before(async () => {
    rmSync(tracesFolder, { recursive: true, force: true });
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'atomic-index-windows-')));
    mkdirSync(path.join(folder, 'tree'));
    mkdirSync(path.join(folder, 'servers'));
    const [product, driver] = await Promise.all([
      process.env['ATOMIC_INDEX_VSIX'] || packageVsix(path.join(folder, 'product.vsix')),
      packageDriver(folder),
    ]);
    tree = await makeTree(path.join(folder, 'tree'), pages);
    windows = await prepareWindows({
      folder: path.join(folder, 'servers'),
      tree,
      versions,
      vsixFiles: [product, driver],
    });
  });

  after(async () => {
    await windows?.close();
    writeResults({ seed, pages, versions, played }, tracesFolder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  for (const scenario of wanted) {
    it(`${scenario.name}: ${rounds} rounds`, async () => {
      const result = await play({
        scenario,
        tree,
        windows,
        rounds,
        seed: seed + scenarios.indexOf(scenario),
        maxFailures,
        tracesFolder,
      });
      played.push(result);
      printPlayed(result);
      if (result.failures.length > 0) assert.fail(result.failures.join('\n\n'));
    });
  }
});
