import * as vscode from 'vscode';
import type { Automation } from './automation.ts';
import { countIn } from './counts.ts';
import { describeError } from './log.ts';
import type { Roots } from './roots.ts';

/** Keeps the context keys that decide which commands are offered. */
export function registerContextKeys(
  roots: Roots,
  automation: Automation,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const known = new Map<string, boolean>();
  const set = (key: string, value: boolean): void => {
    if (known.get(key) === value) return;
    known.set(key, value);
    vscode.commands
      .executeCommand('setContext', `atomicIndex.${key}`, value)
      .then(undefined, (error) => log.error(describeError(error)));
  };
  const update = (): void => {
    set('hasConfig', roots.withProject.length > 0);
    set('allHaveConfig', roots.all.length > 0 && roots.all.every((root) => root.hasProject));
    set('hasConflicts', countIn(roots.all).conflicts > 0);
    set('isPaused', automation.isPaused);
  };
  update();
  return vscode.Disposable.from(roots.onDidChange(update), automation.onDidChange(update));
}
