import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { activationSuite } from './suites/activation.ts';
import { automaticRunsSuite } from './suites/automaticRuns.ts';
import { commandsSuite } from './suites/commands.ts';
import { conflictsSuite } from './suites/conflicts.ts';
import { formattingSuite } from './suites/formatting.ts';
import { multiRootSuite } from './suites/multiRoot.ts';
import { otherExtensionSuite } from './suites/otherExtension.ts';
import { projectFileSuite } from './suites/projectFile.ts';
import { regionsSuite } from './suites/regions.ts';
import { restrictedSuite } from './suites/restricted.ts';
import { settingsSuite } from './suites/settings.ts';
import { twoWindowsSuite } from './suites/twoWindows.ts';
import { unsavedChangesSuite } from './suites/unsavedChanges.ts';
import { eventually } from './support/eventually.ts';
import { listenToExtension } from './support/extensionUnderTest.ts';
import { listenToWatcher } from './support/freshWorkspace.ts';

/** What `TEST_RESULTS` names a file for. */
export type IntegrationResult = {
  readonly passed: number;
  readonly failed: number;
  readonly pending: readonly string[];
  readonly failures: readonly { readonly title: string; readonly message: string; readonly stack: string }[];
  readonly vscodeVersion: string;
  readonly appHost: string;
};

// Each needs a window of its own, see `prepareWorkspace`. Activation comes first: it is about a window just opened.
const suites: Readonly<Record<string, readonly (() => void)[]>> = {
  folder: [
    activationSuite,
    commandsSuite,
    automaticRunsSuite,
    settingsSuite,
    unsavedChangesSuite,
    conflictsSuite,
    regionsSuite,
    formattingSuite,
    projectFileSuite,
  ],
  'multi-root': [multiRootSuite],
  'other-extension': [otherExtensionSuite],
  restricted: [restrictedSuite],
  'two-windows': [twoWindowsSuite],
};

const testLimitMs = 60_000;

/** Runs the suite that `ATOMIC_INDEX_SUITE` names (default `folder`) and rejects when a test fails. */
export async function run(): Promise<void> {
  const name = process.env['ATOMIC_INDEX_SUITE'] || 'folder';
  const selected = suites[name];
  if (selected === undefined) throw new Error(`ATOMIC_INDEX_SUITE is ${name}: there is no such suite.`);
  // Mocha is an ES module, and this file is not.
  const { default: Mocha } = await import('mocha');
  const grep = process.env['ATOMIC_INDEX_GREP'];
  const mocha = new Mocha({ ui: 'bdd', timeout: testLimitMs, ...(grep ? { grep } : {}) });
  mocha.suite.emit('pre-require', globalThis, name, mocha);
  before('the window activates the extension', async () => {
    // VS Code 1.100 was seen to begin the tests of a multi-root workspace before it had the folders.
    await eventually(async () =>
      assert.ok((vscode.workspace.workspaceFolders ?? []).length > 0, 'no folder yet'),
    );
    listenToWatcher();
    await listenToExtension();
  });
  for (const suite of selected) suite();
  const result = await new Promise<IntegrationResult>((resolve) => {
    const failures: { title: string; message: string; stack: string }[] = [];
    const pending: string[] = [];
    const runner = mocha.run(() => {
      resolve({
        passed: runner.stats?.passes ?? 0,
        failed: failures.length,
        pending,
        failures,
        vscodeVersion: vscode.version,
        appHost: vscode.env.appHost,
      });
    });
    runner.on('pending', (test) => pending.push(test.fullTitle()));
    runner.on('fail', (test, error: unknown) => {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      failures.push({ title: test.fullTitle(), message, stack: stack ?? '' });
    });
  });
  const file = process.env['TEST_RESULTS'];
  if (file) writeFileSync(file, JSON.stringify(result, undefined, 2));
  if (result.failed > 0)
    throw new Error(`${result.failed} of ${result.failed + result.passed} tests failed.`);
  if (result.passed === 0) throw new Error('No test ran.');
}
