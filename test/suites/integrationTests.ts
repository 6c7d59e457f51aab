import { existsSync, readFileSync } from 'node:fs';
import * as esbuild from 'esbuild';
import type { IntegrationResult } from '../integration/index.ts';
import type { SuiteCounts } from '../support/countingReporter.ts';
import { repositoryFile } from '../support/repository.ts';
import { runProgram } from './suite.ts';

/** The tests that run inside VS Code, as the one file that it loads. */
export const integrationBundle = repositoryFile('out', 'integration', 'index.cjs');

/** Builds the extension and the tests that run inside VS Code; rejects when either does not build. */
export async function buildForEditors(): Promise<void> {
  const exitCode = await runProgram(process.execPath, ['esbuild.mjs']);
  if (exitCode !== 0) throw new Error('The extension does not build.');
  await esbuild.build({
    entryPoints: [repositoryFile('test', 'integration', 'index.ts')],
    outfile: integrationBundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    keepNames: true,
    logLevel: 'warning',
  });
}

/** Reads what the tests of a window left, and prints what failed; no result, or a bad end after a good one, is a failure. */
export function readResult(resultFile: string, exitCode: number): SuiteCounts {
  if (!existsSync(resultFile)) {
    console.error(`The window ended with exit code ${exitCode} and left no result.`);
    return { passed: 0, failed: 1, pending: [] };
  }
  const result: IntegrationResult = JSON.parse(readFileSync(resultFile, 'utf8'));
  console.log(
    `VS Code ${result.vscodeVersion} (${result.appHost}): ${result.passed} passed, ${result.failed} failed`,
  );
  for (const { title, message, stack } of result.failures) {
    console.error(`\n  x ${title}\n    ${message}`);
    for (const line of stack.split('\n').filter((text) => /^\s+at /.test(text))) console.error(`  ${line}`);
  }
  const { passed, failed, pending } = result;
  if (exitCode !== 0 && failed === 0) {
    console.error(`All tests passed, but the window ended with exit code ${exitCode}.`);
    return { passed, failed: 1, pending };
  }
  return { passed, failed, pending };
}

/** Adds up the counts of several windows. */
export function addCounts(all: readonly SuiteCounts[]): SuiteCounts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    pending: [...new Set(all.flatMap(({ pending }) => pending))],
  };
}
