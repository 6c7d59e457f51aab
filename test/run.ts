/**
 * Runs every check and test, and ends with one line for all: `npm test`.
 *
 * `npm test -- unit processes` runs only the suites whose names begin with these words. `npm run test:long` runs those
 * that have a longer form in that one (`--long`).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { findHosts } from './host/hosts.ts';
import { editorSuites } from './suites/editorSuites.ts';
import { nodeSuites } from './suites/nodeSuites.ts';
import type { Suite, SuiteResult } from './suites/suite.ts';
import { windowSuites } from './suites/windowSuites.ts';

const wanted = process.argv.slice(2).filter((word) => word !== '--long');
// By an environment variable, because the tests run in other processes.
if (process.argv.includes('--long')) process.env['ATOMIC_INDEX_LONG'] = '1';
const scratch = mkdtempSync(path.join(tmpdir(), 'atomic-index-run-'));
const isWanted = (suite: Suite) => wanted.length === 0 || wanted.some((word) => suite.name.startsWith(word));

async function runSuite(suite: Suite): Promise<SuiteResult> {
  console.log(`\n=== ${suite.name} (${suite.host})`);
  const startedAt = performance.now();
  try {
    const counts = await suite.run(scratch);
    return { suite, ...counts, seconds: (performance.now() - startedAt) / 1000 };
  } catch (error) {
    console.error(error);
    return { suite, passed: 0, failed: 1, pending: [], seconds: (performance.now() - startedAt) / 1000 };
  }
}

function printSummary(results: readonly SuiteResult[]): void {
  console.log('\n=== Summary');
  for (const { suite, passed, failed, pending, seconds } of results) {
    const numbers = `${passed} passed, ${failed} failed${pending.length > 0 ? `, ${pending.length} pending` : ''}`;
    console.log(
      `${failed > 0 ? 'x' : '.'} ${suite.name.padEnd(24)} ${suite.host.padEnd(34)} ${numbers} (${seconds.toFixed(1)} s)`,
    );
    for (const title of pending) console.log(`    not run here: ${title}`);
  }
}

const results: SuiteResult[] = [];
try {
  const suites = nodeSuites();
  const needsEditor = wanted.length === 0 || wanted.some((word) => /^(editor|ui|windows)/.test(word));
  if (needsEditor) {
    const hosts = await findHosts();
    suites.push(...editorSuites(hosts), ...windowSuites(hosts));
  }
  for (const suite of suites.filter(isWanted)) results.push(await runSuite(suite));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
printSummary(results);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed`);
