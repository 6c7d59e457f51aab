import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { makeTempName } from '../../../src/atomic-write/tempName.ts';
import type { CleanUp } from '../../../src/core/cleanUp.ts';
import { activeTab, open } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { outcomesIn, run, runs, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import { freshWorkspace, smallProject, untilQuiet } from '../support/freshWorkspace.ts';

/** About every command, with automatic runs paused. */
export function commandsSuite(): void {
  describe('commands', () => {
    let folder: Folder;
    beforeEach(async () => {
      folder = await freshWorkspace();
    });

    it('Regenerate All writes every target and shows nothing', async () => {
      const reports = await run('regenerateAll');
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: created', 'src/index.ts: created']);
      assert.match(await folder.read('docs/index.md'), /\[Apple\]\(apple\.md\)\n.*\[Pear\]\(pear\.md\)/);
      assert.match(await folder.read('src/index.ts'), /export \{ one \} from '\.\/one/);
      assert.deepEqual(shown.notices, []);
      assert.deepEqual(shown.mentions, ['Atomic Index: 2 files written']);
      assert.deepEqual(await folder.tempFiles(), []);
    });

    it('Regenerate All writes nothing when nothing changed', async () => {
      await run('regenerateAll');
      const stamps = [await folder.stamp('docs/index.md'), await folder.stamp('src/index.ts')];
      const reports = await run('regenerateAll');
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: unchanged', 'src/index.ts: unchanged']);
      assert.deepEqual([await folder.stamp('docs/index.md'), await folder.stamp('src/index.ts')], stamps);
      assert.deepEqual(shown.notices, []);
    });

    it('Regenerate Targets of This File does those and no others', async () => {
      const reports = await run('regenerate', folder.uri('docs/apple.md'));
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: created']);
      assert.equal(folder.has('src/index.ts'), false);
    });

    it('Regenerate Targets of This File takes the active editor', async () => {
      await open(folder.uri('src/one.ts'));
      assert.deepEqual(outcomesIn(await run('regenerate')), ['src/index.ts: created']);
    });

    it('Regenerate This Folder does the targets in it', async () => {
      const reports = await run('regenerateFolder', folder.uri('src'));
      assert.deepEqual(outcomesIn(reports), ['src/index.ts: created']);
      assert.equal(folder.has('docs/index.md'), false);
      const all = await run('regenerateFolder', folder.uri(''));
      assert.deepEqual(outcomesIn(all), ['docs/index.md: created', 'src/index.ts: unchanged']);
    });

    it('Clean Up Temporary Files removes what killed writers left, and nothing else', async () => {
      // The number of this very process, given to it after its first owner had ended.
      const left = `docs/${makeTempName().replace(/^(\.~ai-\w+-\w+)-\w+/, '$1-1')}`;
      await folder.write(left, 'half a li');
      await folder.write('docs/.~ai-mine.tmp', 'not a name of the product');
      const done = await run<readonly CleanUp[]>('cleanUp');
      assert.deepEqual(
        done.map(({ removed, kept, failed }) => ({ removed, kept, failed })),
        [{ removed: [left], kept: [], failed: [] }],
      );
      assert.equal(folder.has(left), false);
      assert.equal(folder.has('docs/.~ai-mine.tmp'), true);
      assert.deepEqual(shown.mentions, ['Atomic Index: 1 temporary files removed']);
    });

    it('Preview Changes shows one change as a diff and writes nothing', async () => {
      await run('regenerateAll');
      await folder.write('docs/apple.md', '# Green apple\n');
      const before = await folder.stamp('docs/index.md');
      const reports = await run('preview');
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: updated', 'src/index.ts: unchanged']);
      const tab = await activeTab(({ input }) => input instanceof vscode.TabInputTextDiff);
      assert.ok(tab.input instanceof vscode.TabInputTextDiff);
      assert.equal(tab.input.original.fsPath, folder.path('docs/index.md'));
      const regenerated = await vscode.workspace.openTextDocument(tab.input.modified);
      assert.match(regenerated.getText(), /Green apple/);
      assert.equal(regenerated.languageId, 'markdown');
      assert.equal(await folder.stamp('docs/index.md'), before);
    });

    it('Preview Changes shows several changes in one editor and writes nothing', async () => {
      await run('preview');
      await activeTab(({ label }) => label.includes('2 files would change'));
      assert.equal(folder.has('docs/index.md'), false);
      assert.equal(folder.has('src/index.ts'), false);
    });

    it('Preview Changes shows the newest text when it is run again', async () => {
      await folder.remove('src');
      await run('preview');
      await folder.write('docs/apple.md', '# Red apple\n');
      await run('preview');
      const { input } = await activeTab(({ input }) => input instanceof vscode.TabInputTextDiff);
      assert.ok(input instanceof vscode.TabInputTextDiff);
      const regenerated = await vscode.workspace.openTextDocument(input.modified);
      await eventually(() => assert.match(regenerated.getText(), /Red apple/));
    });

    it('Check Without Writing says what is not up to date', async () => {
      const reports = await run('check');
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: created', 'src/index.ts: created']);
      assert.equal(folder.has('docs/index.md'), false);
      assert.deepEqual(
        shown.notices.map(({ message }) => message),
        ['Atomic Index: 2 files are not up to date.'],
      );
      assert.deepEqual(
        shown.notices[0]?.actions.map(({ title }) => title),
        ['Preview Changes', 'Show Log'],
      );
    });

    it('Check Without Writing shows no notification when all is well', async () => {
      await run('regenerateAll');
      shown.clear();
      await run('check');
      assert.deepEqual(shown.notices, []);
      assert.deepEqual(shown.mentions, ['Atomic Index: nothing to write']);
    });

    it('Create Project File proposes what is there, opens it and writes no target', async () => {
      const { 'atomic-index.json': _, ...withoutProject } = smallProject;
      folder = await freshWorkspace(withoutProject);
      await untilQuiet(folder);
      await run('resume');
      const uri = await run<vscode.Uri>('createConfig');
      assert.equal(uri.fsPath, folder.path('atomic-index.json'));
      assert.match(await folder.read('atomic-index.json'), /"docs"/);
      await activeTab(({ label }) => label === 'atomic-index.json');
      await untilQuiet(folder);
      assert.equal(folder.has('docs/index.md'), false);
      assert.deepEqual(runs, []);
    });

    it('Create Project File leaves an existing one as it is', async () => {
      const before = await folder.read('atomic-index.json');
      await run<vscode.Uri>('createConfig', folder.uri(''));
      assert.equal(await folder.read('atomic-index.json'), before);
      assert.deepEqual(shown.mentions, ['Atomic Index: the project file exists already']);
    });

    it('Open Project File opens it', async () => {
      const uri = await run<vscode.Uri>('openConfig');
      assert.equal(uri.fsPath, folder.path('atomic-index.json'));
      await activeTab(({ label }) => label === 'atomic-index.json');
    });

    it('says what to do where there is no project file', async () => {
      await folder.remove('atomic-index.json');
      assert.deepEqual(await run('regenerateAll'), []);
      assert.deepEqual(
        shown.notices.map(({ severity, actions }) => [severity, actions.map(({ title }) => title)]),
        [['information', ['Create Project File']]],
      );
    });

    it('says what failed, once, with a way to the log', async () => {
      await folder.remove('docs');
      const reports = await run('regenerateAll');
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: failed', 'src/index.ts: created']);
      assert.equal(shown.notices.length, 1);
      assert.match(shown.notices[0]?.message ?? '', /The folder docs does not exist/);
      assert.deepEqual(
        shown.notices[0]?.actions.map(({ title }) => title),
        ['Show Log'],
      );
    });

    it('Show Log and the menu of the status bar open', async () => {
      await run<void>('showLog');
      const menu = run<void>('showMenu');
      await eventually(async () => {
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        await Promise.race([
          menu,
          new Promise((_, reject) => setTimeout(() => reject(new Error('open')), 100)),
        ]);
      });
      assert.deepEqual(shown.notices, []);
    });
  });
}
