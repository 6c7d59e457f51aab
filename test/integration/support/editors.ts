import * as assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';

/** Opens a file in an editor that shows what is on disk. */
export async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const { document } = await vscode.window.showTextDocument(uri, { preview: false });
  // VS Code keeps closed documents for a while; a save of one that missed a change outside would be refused.
  await eventually(async () => assert.equal(document.getText(), await readFile(uri.fsPath, 'utf8')));
  return document;
}

/** Replaces the text of an open document as typing would, without saving it. */
export async function setText(document: vscode.TextDocument, text: string): Promise<void> {
  // VS Code refuses an edit when the document was just reloaded from disk.
  await eventually(async () => {
    const end = document.lineAt(document.lineCount - 1).rangeIncludingLineBreak.end;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
    assert.ok(await vscode.workspace.applyEdit(edit), 'the edit was refused');
    assert.equal(document.getText(), text);
  });
}

/** Changes a document in an editor and saves it, as a user would. */
export async function editAndSave(uri: vscode.Uri, text: string): Promise<void> {
  const document = await open(uri);
  await setText(document, text);
  assert.ok(await document.save(), 'the save was refused');
}

/** Throws away what was not saved, and closes all editors. */
export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Our entries in the Problems view for a file, as `line: message`. */
export function problemsOf(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'Atomic Index')
    .map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

/** The label of the active tab, once there is one that the check accepts. */
export async function activeTab(accepts: (tab: vscode.Tab) => boolean): Promise<vscode.Tab> {
  return await eventually(() => {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab && accepts(tab), `the active tab is ${tab?.label ?? 'none'}`);
    return tab;
  });
}
