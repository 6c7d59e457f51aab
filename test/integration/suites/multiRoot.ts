import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { editAndSave, open, setText } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { outcomesIn, run, runs, shown } from '../support/extensionUnderTest.ts';
import { Folder } from '../support/folder.ts';
import {
  fillFolder,
  smallProject,
  startAutomaticRuns,
  untilQuiet,
  untilWatched,
  withSetting,
  workspaceFolder,
} from '../support/freshWorkspace.ts';

/** About a workspace of two folders, one inside the other. */
export function multiRootSuite(): void {
  describe('two workspace folders, one in the other', () => {
    let outer: Folder;
    let inner: Folder;
    beforeEach(async () => {
      outer = workspaceFolder('outer');
      inner = workspaceFolder('inner');
      await fillFolder(outer, {});
      await inner.write('.keep', '');
      await fillFolder(inner, smallProject);
      for (const [relativePath, text] of Object.entries(smallProject)) await outer.write(relativePath, text);
      await startAutomaticRuns(outer);
    });

    it('have a report each', async () => {
      const reports = await run('regenerateAll');
      assert.deepEqual(
        reports.map(({ absoluteRoot }) => absoluteRoot),
        [outer.absolutePath, inner.absolutePath],
      );
      assert.equal(outcomesIn(reports).length, 4);
    });

    it('leave a file to the innermost folder', async () => {
      await withSetting('atomicIndex.debounceMs', 0, async () => {
        await inner.write('docs/apple.md', '# Inner apple\n');
        await eventually(async () => assert.match(await inner.read('docs/index.md'), /Inner apple/));
        await untilWatched(inner);
      });
      assert.deepEqual(new Set(runs.map(({ absoluteRoot }) => absoluteRoot)), new Set([inner.absolutePath]));
      runs.length = 0;
      await editAndSave(outer.uri('docs/apple.md'), '# Outer apple\n');
      await eventually(async () => assert.match(await outer.read('docs/index.md'), /Outer apple/));
      await run('regenerate', outer.uri('docs/apple.md'));
      assert.deepEqual(new Set(runs.map(({ absoluteRoot }) => absoluteRoot)), new Set([outer.absolutePath]));
      assert.doesNotMatch(await inner.read('docs/index.md'), /Outer apple/);
    });

    it('have one run each for a Save All', async () => {
      await withSetting('atomicIndex.debounceMs', 1000, async () => {
        for (const folder of [outer, inner]) {
          for (const name of ['apple', 'pear'])
            await setText(await open(folder.uri(`docs/${name}.md`)), `# Saved ${name}\n`);
        }
        await vscode.commands.executeCommand('workbench.action.files.saveAll');
        for (const folder of [outer, inner]) {
          const index = () => folder.read('docs/index.md');
          await eventually(async () => assert.match(await index(), /Saved apple[\s\S]*Saved pear/));
          await untilQuiet(folder);
        }
      });
      await run('regenerateAll');
      const found = runs.map(({ absoluteRoot, triggers }) => `${absoluteRoot}: ${triggers.join()}`);
      const roots = [outer.absolutePath, inner.absolutePath];
      const expected = roots.flatMap((root) => [`${root}: save`, `${root}: command`]);
      assert.deepEqual(found.sort(), expected.sort());
    });

    it('do only their own targets for a file or folder', async () => {
      const byFile = await run('regenerate', inner.uri('docs/apple.md'));
      assert.deepEqual(
        byFile.map(({ absoluteRoot }) => absoluteRoot),
        [inner.absolutePath],
      );
      const byFolder = await run('regenerateFolder', outer.uri('docs'));
      assert.deepEqual(outcomesIn(byFolder), ['docs/index.md: unchanged']);
    });

    it('leave a file to the outer folder when the inner one has no project file', async () => {
      await inner.remove('atomic-index.json');
      const targets = [{ generator: 'markdown-index', output: 'all.md' }];
      await outer.write('atomic-index.json', JSON.stringify({ targets }));
      await eventually(async () => assert.match(await outer.read('all.md'), /nested\/docs\/apple\.md/));
      await inner.write('docs/cherry.md', '# Cherry\n');
      await eventually(async () => assert.match(await outer.read('all.md'), /nested\/docs\/cherry\.md/));
      assert.deepEqual(shown.notices, []);
    });

    it('both follow a file that both list', async () => {
      const targets = [{ generator: 'markdown-index', output: 'all.md' }];
      await outer.write('atomic-index.json', JSON.stringify({ targets }));
      await eventually(async () => assert.match(await outer.read('all.md'), /nested\/docs\/apple\.md/));
      await editAndSave(inner.uri('docs/apple.md'), '# Seen from both\n');
      await eventually(async () => assert.match(await inner.read('docs/index.md'), /Seen from both/));
      await eventually(async () => assert.match(await outer.read('all.md'), /Seen from both/));
      assert.deepEqual(shown.notices, []);
    });

    it('are followed by a third one that is added, and forget it when it is taken away', async () => {
      const late = new Folder(path.resolve(outer.absolutePath, '..', 'late'));
      const at = vscode.workspace.workspaceFolders?.length ?? 0;
      assert.ok(vscode.workspace.updateWorkspaceFolders(at, 0, { uri: late.uri(''), name: 'late' }));
      await eventually(async () => assert.match(await late.read('docs/index.md'), /First page/));
      assert.equal((await run('regenerateAll')).length, 3);
      assert.ok(vscode.workspace.updateWorkspaceFolders(at, 1));
      await eventually(async () => assert.equal((await run('regenerateAll')).length, 2));
    });
  });
}
