import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Outcome, Report } from '../../../src/core/types.ts';
import type { ExtensionApi } from '../../../src/extension/api.ts';
import type { Notice, Notices, Question } from '../../../src/extension/notices.ts';
import { eventually } from './eventually.ts';

const extensionId = 'atomic-index.atomic-index';

/** Keeps what the user would have been shown, and answers as told. */
class RecordedNotices implements Notices {
  notices: Notice[] = [];
  mentions: string[] = [];
  questions: Question[] = [];
  isConfirming = true;

  show(notice: Notice): void {
    this.notices.push(notice);
  }

  mention(message: string): void {
    this.mentions.push(message);
  }

  async confirm(question: Question): Promise<boolean> {
    this.questions.push(question);
    return this.isConfirming;
  }

  clear(): void {
    this.notices = [];
    this.mentions = [];
    this.questions = [];
    this.isConfirming = true;
  }
}

/** What the extension showed in this window. */
export const shown = new RecordedNotices();

/** The runs in this window that had something to do, oldest first. */
export const runs: Report[] = [];

/** The extension as VS Code knows it. */
export function findExtension(): vscode.Extension<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(extension, `${extensionId} is not installed in this window`);
  return extension;
}

/** Waits until the window has activated the extension by itself, and begins to record what it shows and runs. */
export async function listenToExtension(): Promise<void> {
  const extension = findExtension();
  await eventually(() => assert.ok(extension.isActive, 'the extension is not activated'));
  const api = extension.exports;
  assert.ok(api.replaceNotices && api.onDidRun, 'the extension does not know that it runs in a test window');
  api.replaceNotices(shown);
  api.onDidRun((report) => {
    if (report.targets.length > 0) runs.push(report);
  });
}

/** Runs a command of the extension. */
export async function run<T = readonly Report[]>(command: string, ...args: readonly unknown[]): Promise<T> {
  return await vscode.commands.executeCommand<T>(`atomicIndex.${command}`, ...args);
}

/** The outcomes of some reports by output, as `docs/index.md: created`. */
export function outcomesIn(reports: readonly Report[]): string[] {
  return reports.flatMap(({ targets }) =>
    targets.map(({ target, outcome }) => `${target.output}: ${outcome.kind}`),
  );
}

/** The outcome of one output in some reports. */
export function outcomeOf(reports: readonly Report[], output: string): Outcome {
  const found = reports.flatMap(({ targets }) => targets).find(({ target }) => target.output === output);
  assert.ok(found, `no report about ${output}`);
  return found.outcome;
}
