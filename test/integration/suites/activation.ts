import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { problemsOf } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { findExtension, shown } from '../support/extensionUnderTest.ts';
import { workspaceFolder } from '../support/freshWorkspace.ts';

/** About a window that was just opened on a folder with a project file. */
export function activationSuite(): void {
  describe('activation', () => {
    it('brings the targets up to date without a word', async () => {
      const folder = workspaceFolder();
      await eventually(async () =>
        assert.match(await folder.read('docs/index.md'), /\[First page\]\(first\.md\)/),
      );
      assert.deepEqual(shown.notices, []);
      assert.deepEqual(problemsOf(folder.uri('atomic-index.json')), []);
    });

    it('registers every command of the manifest', async () => {
      const { contributes, version } = findExtension().packageJSON;
      const registered = new Set(await vscode.commands.getCommands(true));
      const ids: string[] = contributes.commands.map(({ command }: { command: string }) => command);
      assert.ok(ids.length >= 13);
      assert.deepEqual(
        ids.filter((id) => !registered.has(id)),
        [],
      );
      assert.equal(findExtension().exports.version, version);
    });

    it('leaves no text of the manifest untranslated', () => {
      assert.doesNotMatch(JSON.stringify(findExtension().packageJSON.contributes), /"%[a-z]/i);
    });

    it('reads the project file as JSON with comments', async () => {
      const document = await vscode.workspace.openTextDocument(workspaceFolder().uri('atomic-index.json'));
      assert.equal(document.languageId, 'jsonc');
    });
  });
}
