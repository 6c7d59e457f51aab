import * as path from 'node:path';
import * as vscode from 'vscode';
import { hasText } from '../../core/conflicts.ts';
import type { Report } from '../../core/types.ts';
import type { NoticeAction } from '../notices.ts';
import { isWaiting } from '../rootState.ts';
import { mayNotify } from '../settings.ts';
import type { Surroundings } from './surroundings.ts';

/** Says how a command ended: at most one notification, and none when all went well. */
export function tellOutcome(reports: readonly Report[], { notices, log }: Surroundings): void {
  const { t } = vscode.l10n;
  const targets = reports.flatMap((report) =>
    report.targets.map((target) => ({
      ...target,
      uri: vscode.Uri.file(path.join(report.absoluteRoot, target.target.output)),
    })),
  );
  const written = targets.filter(({ outcome: { kind } }) => kind === 'created' || kind === 'updated').length;
  const errors = reports.flatMap((report) => projectErrors(report));
  for (const { outcome } of targets) if (outcome.kind === 'failed') errors.push(outcome.message);
  const conflicts = targets.filter(({ outcome }) => outcome.kind === 'conflict');
  const [conflict] = conflicts;
  const hasDiff = conflict?.outcome.kind === 'conflict' && hasText(conflict.outcome.reason);
  const showLog: NoticeAction = { title: t('Show Log'), run: () => log.show(true) };
  const showDiff: NoticeAction = {
    title: t('Show Diff'),
    run: () => vscode.commands.executeCommand('atomicIndex.showConflict', conflict?.uri),
  };
  const [error] = errors;
  if (error !== undefined && mayNotify()) {
    const message = errors.length === 1 ? error : t('{0} (and {1} more errors)', error, errors.length - 1);
    notices.show({
      severity: 'error',
      message: `Atomic Index: ${message}`,
      actions: hasDiff ? [showDiff, showLog] : [showLog],
    });
  } else if (conflict?.outcome.kind === 'conflict' && mayNotify()) {
    const { message } = conflict.outcome;
    const more = t('{0} (and {1} more conflicts)', message, conflicts.length - 1);
    notices.show({
      severity: 'warning',
      message: `Atomic Index: ${conflicts.length === 1 ? message : more}`,
      actions: hasDiff ? [showDiff, showLog] : [showLog],
    });
  }
  const waiting = targets.filter(({ outcome }) => isWaiting(outcome)).length;
  const isCancelled = reports.some((report) => report.isCancelled);
  const hasTrouble = error !== undefined || conflict !== undefined;
  if (written + waiting > 0 || isCancelled) notices.mention(mentionOf({ written, waiting, isCancelled }));
  else if (!hasTrouble) notices.mention(vscode.l10n.t('Atomic Index: nothing to write'));
}

function projectErrors({ problems, targets }: Report): string[] {
  if (targets.some(({ outcome }) => outcome.kind === 'failed')) return [];
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ relativePath, line, message }) =>
        `${relativePath}${line === undefined ? '' : `:${line}`}: ${message}`,
    );
}

type Ending = { readonly written: number; readonly waiting: number; readonly isCancelled: boolean };

function mentionOf({ written, waiting, isCancelled }: Ending): string {
  const { t } = vscode.l10n;
  const parts = [written === 1 ? t('1 file written') : t('{0} files written', written)];
  if (waiting > 0)
    parts.push(waiting === 1 ? t('1 file waits for its save') : t('{0} files wait for their save', waiting));
  if (isCancelled) parts.push(t('cancelled'));
  return `Atomic Index: ${parts.join(', ')}`;
}
