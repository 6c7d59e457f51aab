import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { withHeader } from '../../../src/core/provenance.ts';
import type { Report } from '../../../src/core/types.ts';
import { activeTab, open, problemsOf } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { outcomesIn, run, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import { freshWorkspace, smallProject, startAutomaticRuns, untilWatched } from '../support/freshWorkspace.ts';

const byHand = '# Written by hand\n';

/** About files that are not ours, or not as we left them. */
export function conflictsSuite(): void {
  describe('conflicts', () => {
    let folder: Folder;
    beforeEach(async () => {
      folder = await freshWorkspace({ ...smallProject, 'docs/index.md': byHand });
    });

    // An editor may still have the texts of the test before, and then the commands ask to try again.
    const untilShown = async () => {
      for (const name of ['docs/index.md', 'atomic-index.json']) {
        const document = await vscode.workspace.openTextDocument(folder.uri(name));
        await eventually(async () => assert.equal(document.getText(), await folder.read(name)));
      }
    };

    it('leave a hand-written file alone, with an entry in Problems and one notification', async () => {
      const reports = await run('regenerateAll');
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: conflict', 'src/index.ts: created']);
      assert.equal(await folder.read('docs/index.md'), byHand);
      await eventually(() =>
        assert.match(problemsOf(folder.uri('docs/index.md')).join(), /^1: .*was not made by/),
      );
      assert.deepEqual(
        shown.notices.map(({ severity, actions }) => [severity, actions.map(({ title }) => title)]),
        [['warning', ['Show Diff', 'Show Log']]],
      );
    });

    it('show no notification after an automatic run', async () => {
      await run('resume');
      await eventually(() => assert.equal(problemsOf(folder.uri('docs/index.md')).length, 1));
      assert.deepEqual(shown.notices, []);
      assert.equal(await folder.read('docs/index.md'), byHand);
    });

    it('come of editing a generated file by hand, and go when the edit is undone outside', async () => {
      await folder.remove('docs/index.md');
      await startAutomaticRuns(folder);
      const generated = await folder.read('docs/index.md');
      await folder.write('docs/index.md', generated.replace('Apple', 'My apple'));
      await eventually(() => assert.match(problemsOf(folder.uri('docs/index.md')).join(), /edited by hand/));
      await folder.write('docs/index.md', generated);
      await eventually(() => assert.deepEqual(problemsOf(folder.uri('docs/index.md')), []));
    });

    const offersQuickFixes = async () => {
      await run('regenerateAll');
      const document = await open(folder.uri('docs/index.md'));
      await eventually(async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          new vscode.Range(0, 0, 0, 1),
        );
        const titles = actions.map(({ title }) => title);
        assert.ok(titles.includes('Show what would change'), titles.join());
        assert.ok(titles.includes('Overwrite with the regenerated text…'), titles.join());
        assert.ok(titles.includes('Take it over: no longer regenerate this text'), titles.join());
        assert.ok(titles.includes('Take it over, and regenerate only a region of it'), titles.join());
      });
    };

    it('offer quick fixes at their entry', offersQuickFixes);

    it('offer the same for a file that was moved there from another target', async () => {
      await folder.write('docs/index.md', withHeader('# Moved\n', 'barrel', 'docs/index.md'));
      await offersQuickFixes();
    });

    it('show the file beside the regenerated text', async () => {
      await run('regenerateAll');
      await run<void>('showConflict', folder.uri('docs/index.md'));
      const { input } = await activeTab((tab) => tab.input instanceof vscode.TabInputTextDiff);
      assert.ok(input instanceof vscode.TabInputTextDiff);
      assert.equal(input.original.fsPath, folder.path('docs/index.md'));
      const regenerated = await vscode.workspace.openTextDocument(input.modified);
      assert.match(regenerated.getText(), /\[Apple\]/);
    });

    it('end with an overwrite that the user agreed to', async () => {
      await run('regenerateAll');
      const report = await run<Report>('overwriteConflict', folder.uri('docs/index.md'));
      assert.deepEqual(outcomesIn([report]), ['docs/index.md: updated']);
      assert.equal(shown.questions.length, 1);
      assert.match(await folder.read('docs/index.md'), /\[Apple\]/);
      await eventually(() => assert.deepEqual(problemsOf(folder.uri('docs/index.md')), []));
    });

    it('give back the old text by Undo after the overwrite', async () => {
      await run('regenerateAll');
      await run<Report>('overwriteConflict', folder.uri('docs/index.md'));
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.fsPath, folder.path('docs/index.md'));
      await eventually(() => assert.match(editor?.document.getText() ?? '', /\[Apple\]/));
      await vscode.commands.executeCommand('undo');
      await eventually(() => assert.equal(editor?.document.getText(), byHand));
      assert.equal(editor?.document.isDirty, true);
    });

    it('end when the user takes the file over, by changes to look through and save', async () => {
      await run('regenerateAll');
      await untilShown();
      assert.equal(await run<boolean>('takeOver', folder.uri('docs/index.md')), true);
      const project = await vscode.workspace.openTextDocument(folder.uri('atomic-index.json'));
      assert.ok(project.isDirty);
      assert.doesNotMatch(project.getText(), /markdown-index/);
      assert.match(await folder.read('atomic-index.json'), /markdown-index/);
      assert.ok(await project.save());
      await run('regenerateAll');
      assert.equal(await folder.read('docs/index.md'), byHand);
      await eventually(() => assert.deepEqual(problemsOf(folder.uri('docs/index.md')), []));
    });

    it('end when the user keeps the text around a region', async () => {
      await run('regenerateAll');
      await untilShown();
      const isTaken = await run<boolean>('takeOverButRegion', folder.uri('docs/index.md'));
      assert.equal(isTaken, true, JSON.stringify(shown.notices));
      for (const name of ['docs/index.md', 'atomic-index.json']) {
        const document = await vscode.workspace.openTextDocument(folder.uri(name));
        assert.ok(document.isDirty, name);
        assert.ok(await document.save(), name);
      }
      const reports = await run('regenerateAll');
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: updated', 'src/index.ts: unchanged']);
      assert.match(await folder.read('docs/index.md'), /^# Written by hand\n\n<!-- .*begin.*\n\n- \[Apple\]/);
    });

    it('with something that is no text are told at the entry of the project file', async () => {
      await folder.remove('docs/index.md');
      await folder.write('docs/index.md/inside.txt', '');
      await run('regenerateAll');
      await eventually(() =>
        assert.match(
          problemsOf(folder.uri('atomic-index.json')).join(),
          /docs\/index\.md is the name of a folder/,
        ),
      );
      assert.deepEqual(
        shown.notices[0]?.actions.map(({ title }) => title),
        ['Show Log'],
      );
    });

    it('keep their entry while other targets are regenerated', async () => {
      await run('regenerateAll');
      await folder.write('src/two.ts', 'export const two = 2;\n');
      const reports = await run('regenerate', folder.uri('src/two.ts'));
      assert.deepEqual(outcomesIn(reports), ['src/index.ts: updated']);
      assert.equal(problemsOf(folder.uri('docs/index.md')).length, 1);
    });

    it('stay when the user does not agree', async () => {
      await run('regenerateAll');
      shown.isConfirming = false;
      assert.equal(await run('overwriteConflict', folder.uri('docs/index.md')), undefined);
      assert.equal(await folder.read('docs/index.md'), byHand);
      await run('resume');
      await untilWatched(folder);
      assert.equal(await folder.read('docs/index.md'), byHand);
    });

    it('end when the file is renamed out of the way', async () => {
      await run('regenerateAll');
      await run('resume');
      await folder.rename('docs/index.md', 'docs/introduction.md');
      await eventually(async () => assert.match(await folder.read('docs/index.md'), /introduction\.md/));
      await eventually(() => assert.deepEqual(problemsOf(folder.uri('docs/index.md')), []));
    });
  });
}
