import * as vscode from 'vscode';
import { conflictCode, problemSource } from './problems.ts';

/** Offers the ways out of a conflict at its entry in the Problems view. */
export function registerConflictActions(): vscode.Disposable {
  const kind = vscode.CodeActionKind.QuickFix;
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions(document, _range, context) {
        const conflicts = context.diagnostics.filter(
          ({ source, code }) => source === problemSource && code === conflictCode,
        );
        if (conflicts.length === 0) return [];
        const offer = (title: string, command: string): vscode.CodeAction => {
          const action = new vscode.CodeAction(title, kind);
          action.diagnostics = conflicts;
          action.command = { title, command, arguments: [document.uri] };
          return action;
        };
        return [
          offer(vscode.l10n.t('Show what would change'), 'atomicIndex.showConflict'),
          offer(vscode.l10n.t('Overwrite with the regenerated text…'), 'atomicIndex.overwriteConflict'),
        ];
      },
    },
    { providedCodeActionKinds: [kind] },
  );
}
