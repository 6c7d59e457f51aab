import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { SuiteCounts } from '../support/countingReporter.ts';
import { repositoryFile } from '../support/repository.ts';
import { runProgram, type Suite } from './suite.ts';

const nodeHost = `Node ${process.versions.node}`;

/** The suites that need no editor, in the order in which a mistake is told soonest. */
export function nodeSuites(): Suite[] {
  return [
    check('lint', [
      'node_modules/@biomejs/biome/bin/biome',
      'ci',
      '--error-on-warnings',
      '--colors=off',
      '.',
    ]),
    check('build', ['esbuild.mjs']),
    mochaSuite('unit', 'out/test/unit/**/*.test.js'),
    mochaSuite('real-input', 'out/test/real-input/**/*.test.js'),
    mochaSuite('processes', 'out/test/processes/**/*.test.js'),
    mochaSuite('planted', 'out/test/planted/**/*.test.js'),
    mochaSuite('package', 'out/test/package/**/*.test.js'),
  ];
}

/** A program of the toolchain that passes or fails as a whole. */
function check(name: string, args: readonly string[]): Suite {
  return {
    name,
    host: nodeHost,
    async run() {
      const isPassed = (await runProgram(process.execPath, args)) === 0;
      return { passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, pending: [] };
    },
  };
}

function mochaSuite(name: string, files: string): Suite {
  return {
    name,
    host: nodeHost,
    run: (scratch) => runMocha(files, path.join(scratch, `${name}.json`), {}),
  };
}

/** Runs compiled mocha tests in a process of their own. */
export async function runMocha(
  files: string,
  countsFile: string,
  env: Readonly<Record<string, string>>,
): Promise<SuiteCounts> {
  const reporter = repositoryFile('out', 'test', 'support', 'countingReporter.js');
  // Long enough for a busy machine: what is slow is measured elsewhere, and what hangs is found all the same.
  const timeout = ['--timeout', '20000'];
  const args = [
    '--enable-source-maps',
    'node_modules/mocha/bin/mocha.js',
    ...timeout,
    '--reporter',
    reporter,
    files,
  ];
  const exitCode = await runProgram(process.execPath, args, { ...env, TEST_COUNTS: countsFile });
  const counts: SuiteCounts = JSON.parse(readFileSync(countsFile, 'utf8'));
  if (exitCode !== 0 && counts.failed === 0) throw new Error(`mocha ended with exit code ${exitCode}.`);
  if (counts.passed + counts.failed === 0) throw new Error(`No test ran in ${files}.`);
  return counts;
}
