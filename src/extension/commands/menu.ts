import * as vscode from 'vscode';
import { countIn } from '../counts.ts';
import type { Surroundings } from './surroundings.ts';

type Pick = vscode.QuickPickItem & { readonly command?: string };

/** Offers the commands that can do something now, from the status bar. */
export async function showMenu({ roots, automation }: Surroundings): Promise<void> {
  const { t } = vscode.l10n;
  const { conflicts, waiting } = countIn(roots.all);
  const picks: Pick[] = [];
  const add = (command: string, label: string, description = ''): void => {
    picks.push({ label, description, command: `atomicIndex.${command}` });
  };
  const separate = (label: string): void => {
    picks.push({ label, kind: vscode.QuickPickItemKind.Separator });
  };
  if (conflicts > 0) {
    separate(conflicts === 1 ? t('1 conflict') : t('{0} conflicts', conflicts));
    add('showConflict', t('Show Conflict'), t('the file as it is beside the regenerated text'));
    if (vscode.workspace.isTrusted) add('overwriteConflict', t('Overwrite File in Conflict…'));
  }
  separate(t('Runs'));
  if (vscode.workspace.isTrusted) {
    add('regenerateAll', t('Regenerate All'), waiting > 0 ? t('{0} unsaved', waiting) : '');
    if (vscode.window.activeTextEditor) add('regenerate', t('Regenerate Targets of This File'));
  }
  add('preview', t('Preview Changes'));
  add('check', t('Check Without Writing'));
  if (automation.isPaused) add('resume', t('Resume Automatic Runs'), t('paused in this window'));
  else if (vscode.workspace.isTrusted) add('pause', t('Pause Automatic Runs'), t('in this window'));
  separate(t('More'));
  add('openConfig', t('Open Project File'));
  if (vscode.workspace.isTrusted) add('cleanUp', t('Clean Up Temporary Files'));
  add('showLog', t('Show Log'));
  const picked = await vscode.window.showQuickPick(picks, { title: t('Atomic Index') });
  if (picked?.command !== undefined) await vscode.commands.executeCommand(picked.command);
}
