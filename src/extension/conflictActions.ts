import * as vscode from 'vscode';
import { isOverwritable } from '../core/conflicts.ts';
import { conflictCode, problemSource } from './problems.ts';

/** Offers the ways out of a conflict at its entry in the Problems view. */
export function registerConflictActions(): vscode.Disposable {
  const kind = vscode.CodeActionKind.QuickFix;
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions(document, _range, context) {
        return context.diagnostics.flatMap((diagnostic) => actionsFor(document.uri, diagnostic));
      },
    },
    { providedCodeActionKinds: [kind] },
  );
}

function actionsFor(uri: vscode.Uri, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const code = String(diagnostic.code);
  if (diagnostic.source !== problemSource || !code.startsWith(conflictCode)) return [];
  const [reason = '', region = ''] = code.slice(conflictCode.length).split('#');
  const { t } = vscode.l10n;
  const offer = (title: string, command: string): vscode.CodeAction => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    // The fragment tells the regions of one file apart.
    const argument = uri.with({ fragment: region });
    action.command = { title, command: `atomicIndex.${command}`, arguments: [argument] };
    return action;
  };
  const show = offer(t('Show what would change'), 'showConflict');
  if (!isOverwritable(reason)) return [show];
  return [
    show,
    offer(t('Overwrite with the regenerated text…'), 'overwriteConflict'),
    offer(t('Take it over: no longer regenerate this text'), 'takeOver'),
    ...(region === ''
      ? [offer(t('Take it over, and regenerate only a region of it'), 'takeOverButRegion')]
      : []),
  ];
}
