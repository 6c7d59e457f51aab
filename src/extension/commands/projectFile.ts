import * as vscode from 'vscode';
import { projectFileName } from '../../core/project/projectFileName.ts';
import type { Root } from '../root.ts';
import { mayWrite } from './refusals.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Creates a filled-in project file in a folder without one, opens it and returns its URI; an existing one is opened as
 * it is. Returns `undefined` when there is no folder or the user chose none.
 */
export async function createConfig(
  surroundings: Surroundings,
  uri?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const { roots, notices } = surroundings;
  if (!mayWrite(notices)) return undefined;
  const without = roots.all.filter((root) => !root.hasProject);
  const root = rootOf(surroundings, uri) ?? (await choose(without.length > 0 ? without : roots.all));
  if (root === undefined) {
    notices.mention(vscode.l10n.t('Atomic Index: open a folder first'));
    return undefined;
  }
  const made = await root.createProject();
  notices.mention(
    made === 'exists'
      ? vscode.l10n.t('Atomic Index: the project file exists already')
      : vscode.l10n.t('Atomic Index: look through the project file, then run Preview Changes'),
  );
  return openIn(root);
}

/** Opens the project file of a folder and returns its URI; `undefined` when there is none or none was chosen. */
export async function openConfig(
  surroundings: Surroundings,
  uri?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const root = rootOf(surroundings, uri) ?? (await choose(surroundings.roots.withProject));
  if (root?.hasProject !== true) {
    surroundings.notices.mention(vscode.l10n.t('Atomic Index: there is no project file yet'));
    return undefined;
  }
  return openIn(root);
}

function rootOf({ roots }: Surroundings, uri: vscode.Uri | undefined): Root | undefined {
  return uri?.scheme === 'file' ? roots.folderOf(uri.fsPath)?.root : undefined;
}

async function openIn(root: Root): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(root.folder.uri, projectFileName);
  await vscode.window.showTextDocument(uri);
  return uri;
}

async function choose(roots: readonly Root[]): Promise<Root | undefined> {
  if (roots.length < 2) return roots[0];
  const picks = roots.map((root) => ({ label: root.folder.name, description: root.absolutePath, root }));
  const placeHolder = vscode.l10n.t('Which folder?');
  return (await vscode.window.showQuickPick(picks, { placeHolder }))?.root;
}
