import * as vscode from 'vscode';
import { isOverwritable } from '../../core/conflicts.ts';
import { type HandOver, handOver } from '../../core/handOver/handOver.ts';
import { projectFileName } from '../../core/project/projectFileName.ts';
import { type Conflict, chooseConflict } from './conflicts.ts';
import { mayWrite } from './refusals.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Hands a file in conflict over to its user, as a whole or but for a region: as unsaved changes of the project file and
 * the output, which the user looks through, saves or undoes. Returns whether there is something to save.
 */
export async function takeOver(
  surroundings: Surroundings,
  uri: vscode.Uri | undefined,
  how: HandOver,
): Promise<boolean> {
  const { notices } = surroundings;
  if (!mayWrite(notices)) return false;
  const conflict = await chooseConflict(surroundings, uri, isOverwritable);
  if (conflict === undefined) return false;
  const { root, target, outcome } = conflict;
  const output = vscode.Uri.joinPath(root.folder.uri, target.target.output);
  const project = vscode.Uri.joinPath(root.folder.uri, projectFileName);
  const refuse = (message: string): false => {
    notices.show({ severity: 'warning', message: `Atomic Index: ${message}`, actions: [] });
    return false;
  };
  if (!(await isUtf8(output))) {
    return refuse(vscode.l10n.t('{0} is not UTF-8; an editor would damage it.', target.target.output));
  }
  const document = await vscode.workspace.openTextDocument(output);
  const projectDocument = root.hasProject ? await vscode.workspace.openTextDocument(project) : undefined;
  const changes = handOver({
    how,
    target: target.target,
    projectText: projectDocument === undefined ? null : textOnDisk(projectDocument, conflict),
    bytes: Buffer.from(document.getText()),
    newText: outcome.newText,
  });
  if ('refusal' in changes) return refuse(changes.refusal);
  const edit = new vscode.WorkspaceEdit();
  if (changes.bytes !== null) replaceDifference(edit, document, Buffer.from(changes.bytes).toString());
  if (projectDocument !== undefined && changes.projectText !== null) {
    replaceDifference(edit, projectDocument, changes.projectText.replace(/^\uFEFF/, ''));
  }
  const isApplied = await vscode.workspace.applyEdit(edit);
  if (!isApplied) return refuse(vscode.l10n.t('the change was refused; try again'));
  if (projectDocument?.isDirty === true)
    await vscode.window.showTextDocument(projectDocument, { preview: false });
  await vscode.window.showTextDocument(document, { preview: false });
  notices.mention(vscode.l10n.t('Atomic Index: look through the changes and save them'));
  return true;
}

// The target's place counts from the byte order mark, which a document doesn't have.
function textOnDisk(document: vscode.TextDocument, { root }: Conflict): string {
  return root.state.project.text?.startsWith('\uFEFF') === true
    ? `\uFEFF${document.getText()}`
    : document.getText();
}

async function isUtf8(uri: vscode.Uri): Promise<boolean> {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
    return true;
  } catch {
    return false;
  }
}

/** Replaces only what differs, so that cursors and folded lines elsewhere stay. */
function replaceDifference(edit: vscode.WorkspaceEdit, document: vscode.TextDocument, text: string): void {
  const old = document.getText();
  let start = 0;
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start++;
  let end = 0;
  const most = Math.min(old.length, text.length) - start;
  while (end < most && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(old.length - end));
  edit.replace(document.uri, range, text.slice(start, text.length - end));
}
