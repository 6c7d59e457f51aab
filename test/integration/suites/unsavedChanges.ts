import * as assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import * as vscode from 'vscode';
import { open, problemsOf, setText } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { outcomeOf, outcomesIn, run, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import { freshWorkspace, startAutomaticRuns, untilWatched } from '../support/freshWorkspace.ts';

/** About generated files that are open with unsaved changes. */
export function unsavedChangesSuite(): void {
  describe('unsaved changes', () => {
    let folder: Folder;
    let document: vscode.TextDocument;
    let generated: string;
    beforeEach(async () => {
      folder = await freshWorkspace();
      await startAutomaticRuns(folder);
      document = await open(folder.uri('docs/index.md'));
      generated = document.getText();
    });

    it('are never written over, and nobody is bothered', async () => {
      await setText(document, `${generated}\nmine\n`);
      await folder.write('docs/apple.md', '# Newer apple\n');
      const reports = await run('regenerateAll');
      const outcome = outcomeOf(reports, 'docs/index.md');
      assert.ok(outcome.kind === 'skipped' && outcome.reason === 'unsaved-changes');
      assert.equal(await folder.read('docs/index.md'), generated);
      assert.equal(document.getText(), `${generated}\nmine\n`);
      assert.deepEqual(shown.notices, []);
    });

    it('are recognised in a file that was opened by another path', async () => {
      const alias = folder.path('alias');
      await symlink(folder.path('docs'), alias, 'junction');
      const other = await open(vscode.Uri.file(`${alias}/index.md`));
      await setText(other, `${generated}\nmine\n`);
      await folder.write('docs/apple.md', '# Newer apple\n');
      const outcome = outcomeOf(await run('regenerateAll'), 'docs/index.md');
      assert.ok(outcome.kind === 'skipped' && outcome.reason === 'unsaved-changes');
      assert.equal(await folder.read('docs/index.md'), generated);
    });

    it('that are taken back and saved let the run follow', async () => {
      await setText(document, `${generated}\nmine\n`);
      await folder.write('docs/apple.md', '# Awaited apple\n');
      await run('regenerateAll');
      await setText(document, generated);
      assert.ok(await document.save());
      await eventually(async () => assert.match(await folder.read('docs/index.md'), /Awaited apple/));
      await eventually(() => assert.match(document.getText(), /Awaited apple/));
    });

    it('that are reverted without a save let the run follow', async () => {
      await setText(document, `${generated}\nmine\n`);
      await folder.write('docs/apple.md', '# Reverted apple\n');
      await run('regenerateAll');
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await eventually(async () => assert.match(await folder.read('docs/index.md'), /Reverted apple/));
    });

    it('let the run follow after the save when they came by an automatic run, too', async () => {
      await setText(document, `${generated}\nmine\n`);
      await folder.write('docs/apple.md', '# Patient apple\n');
      await untilWatched(folder);
      await setText(document, generated);
      assert.ok(await document.save());
      await eventually(async () => assert.match(await folder.read('docs/index.md'), /Patient apple/));
    });

    it('of the same length as the regenerated text are kept, also after their save', async () => {
      // VS Code would save over another text of the same size without asking.
      const mine = generated.replace('Apple', 'Plums');
      await setText(document, mine);
      await folder.write('docs/apple.md', '# Grape\n');
      const reports = await run('regenerateAll');
      assert.ok(outcomesIn(reports).includes('docs/index.md: skipped'));
      assert.equal(await folder.read('docs/index.md'), generated);
      assert.ok(await document.save());
      assert.equal(await folder.read('docs/index.md'), mine);
      await eventually(() => assert.equal(problemsOf(folder.uri('docs/index.md')).length, 1));
      assert.equal(await folder.read('docs/index.md'), mine);
      assert.equal(document.getText(), mine);
    });
  });
}
