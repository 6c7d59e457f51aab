import * as vscode from 'vscode';
import type { Notices } from '../notices.ts';
import type { Root } from '../root.ts';
import type { Roots } from '../roots.ts';

/** Tells whether this window may write, and says why not. */
export function mayWrite(notices: Notices): boolean {
  if (vscode.workspace.isTrusted) return true;
  notices.show({
    severity: 'warning',
    message: vscode.l10n.t(
      'Atomic Index writes nothing in Restricted Mode. Trust this workspace first; Preview Changes and Check Without Writing work already.',
    ),
    actions: [
      {
        title: vscode.l10n.t('Manage Workspace Trust'),
        run: () => vscode.commands.executeCommand('workbench.trust.manage'),
      },
    ],
  });
  return false;
}

/** Gives the roots with a project file, read anew, and says what to do when there is none. */
export async function rootsWithProject(roots: Roots, notices: Notices): Promise<readonly Root[]> {
  // A watcher may have missed the file; a command must not.
  await Promise.all(roots.all.map((root) => root.readProject()));
  if (roots.withProject.length === 0) {
    notices.show({
      severity: 'information',
      message: vscode.l10n.t('There is no atomic-index.json in this workspace yet.'),
      actions: [
        {
          title: vscode.l10n.t('Create Project File'),
          run: () => vscode.commands.executeCommand('atomicIndex.createConfig'),
        },
      ],
    });
  }
  return roots.withProject;
}
