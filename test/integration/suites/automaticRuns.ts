import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { editAndSave, open, setText } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { outcomesIn, run, runs, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import {
  eventsOf,
  freshWorkspace,
  startAutomaticRuns,
  untilQuiet,
  untilWatched,
  withSetting,
} from '../support/freshWorkspace.ts';

/** About what starts a run by itself, and what doesn't. */
export function automaticRunsSuite(): void {
  describe('automatic runs', () => {
    let folder: Folder;
    const indexShows = (pattern: RegExp) =>
      eventually(async () => assert.match(await folder.read('docs/index.md'), pattern));
    const indexLacks = (pattern: RegExp) =>
      eventually(async () => assert.doesNotMatch(await folder.read('docs/index.md'), pattern));

    beforeEach(async () => {
      folder = await freshWorkspace();
      await startAutomaticRuns(folder);
    });
    // Nobody asked, so nobody is told.
    afterEach(() => assert.deepEqual(shown.notices, []));

    it('follow a save in the editor, once', async () => {
      await editAndSave(folder.uri('docs/apple.md'), '# Saved apple\n');
      await indexShows(/Saved apple/);
      await untilWatched(folder);
      await run('regenerateAll');
      assert.deepEqual(
        runs.map(({ triggers }) => triggers.join()),
        ['save', 'command'],
      );
    });

    it('are one for all files of a Save All', async () => {
      await withSetting('atomicIndex.debounceMs', 1000, async () => {
        const names = ['apple', 'pear', 'plum', 'quince'];
        for (const name of names) {
          if (!folder.has(`docs/${name}.md`)) await folder.write(`docs/${name}.md`, `# ${name}\n`);
        }
        await indexShows(/plum[\s\S]*quince/);
        await untilQuiet(folder);
        runs.length = 0;
        for (const name of names) {
          await setText(await open(folder.uri(`docs/${name}.md`)), `# Saved ${name}\n`);
        }
        const module = await open(folder.uri('src/one.ts'));
        await setText(module, 'export const one = 1;\nexport const two = 2;\n');
        await vscode.commands.executeCommand('workbench.action.files.saveAll');
        for (const name of names) await indexShows(new RegExp(`Saved ${name}`));
        await eventually(async () => assert.match(await folder.read('src/index.ts'), /two/));
        await untilQuiet(folder);
      });
      await run('regenerateAll');
      assert.deepEqual(
        runs.map(({ triggers, targets }) => `${triggers.join()}: ${targets.length}`),
        ['save: 2', 'command: 2'],
      );
    });

    it('after a Save All save nothing more, and leave alone what is unsaved by then', async () => {
      const barrel = await folder.read('src/index.ts');
      await setText(await open(folder.uri('docs/apple.md')), '# Saved apple\n');
      const module = await open(folder.uri('src/one.ts'));
      await setText(module, 'export const one = 1;\nexport const two = 2;\n');
      // Holds the run until there is something unsaved that it could take or write over.
      await folder.write('.git/index.lock', '');
      await vscode.commands.executeCommand('workbench.action.files.saveAll');
      const page = await open(folder.uri('docs/pear.md'));
      await setText(page, '# Unsaved pear\n');
      const output = await open(folder.uri('src/index.ts'));
      await setText(output, `${barrel}// mine\n`);
      assert.deepEqual(runs, []);
      await folder.remove('.git');
      await indexShows(/Saved apple/);
      await untilQuiet(folder);
      assert.deepEqual(outcomesIn(runs).sort(), ['docs/index.md: updated', 'src/index.ts: skipped']);
      assert.deepEqual([page.isDirty, await folder.read('docs/pear.md')], [true, '# Pear\n']);
      assert.doesNotMatch(await folder.read('docs/index.md'), /Unsaved/);
      assert.deepEqual([output.isDirty, await folder.read('src/index.ts')], [true, barrel]);
      assert.equal(output.getText(), `${barrel}// mine\n`);
    });

    it('follow a file created by an edit of the workspace', async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.createFile(folder.uri('docs/cherry.md'), { contents: Buffer.from('# Cherry\n') });
      assert.ok(await vscode.workspace.applyEdit(edit));
      await indexShows(/\[Cherry\]\(cherry\.md\)/);
    });

    it('follow a file renamed by an edit of the workspace', async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(folder.uri('docs/apple.md'), folder.uri('docs/quince.md'));
      assert.ok(await vscode.workspace.applyEdit(edit));
      await indexShows(/\]\(quince\.md\)/);
      assert.doesNotMatch(await folder.read('docs/index.md'), /apple\.md/);
    });

    it('follow a file deleted by an edit of the workspace', async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.deleteFile(folder.uri('docs/apple.md'));
      assert.ok(await vscode.workspace.applyEdit(edit));
      await indexLacks(/Apple/);
    });

    it('follow what another program creates, changes, renames and deletes', async () => {
      await folder.write('docs/date.md', '# Date\n');
      await indexShows(/Date/);
      await folder.write('docs/date.md', '# Sweet date\n');
      await indexShows(/Sweet date/);
      await folder.rename('docs/date.md', 'docs/fig.md');
      await indexShows(/fig\.md/);
      await folder.remove('docs/fig.md');
      await indexLacks(/fig\.md/);
    });

    it('follow a closed file that is replaced in one step, which VS Code calls a creation', async () => {
      await folder.replace('docs/pear.md', '# Replaced pear\n');
      await indexShows(/Replaced pear/);
    });

    it('follow a folder that is renamed, of which there is one event for all in it', async () => {
      await folder.write('docs/old/inside.md', '# Inside\n');
      await indexShows(/old\/inside\.md/);
      await folder.rename('docs/old', 'docs/new');
      await indexShows(/new\/inside\.md/);
      await folder.remove('docs/new');
      await indexLacks(/inside\.md/);
    });

    it('bring back a generated file that was deleted', async () => {
      const before = await folder.read('src/index.ts');
      await folder.remove('src/index.ts');
      await eventually(async () => assert.equal(await folder.read('src/index.ts'), before));
    });

    it('follow a change of the project file', async () => {
      const targets = [{ generator: 'html-index', folder: 'docs', output: 'list.html' }];
      await folder.write('atomic-index.json', JSON.stringify({ targets }));
      await eventually(async () => assert.match(await folder.read('docs/list.html'), /Apple/));
    });

    it('begin when a project file comes to a folder without one', async () => {
      const project = await folder.read('atomic-index.json');
      await folder.remove('atomic-index.json');
      await untilWatched(folder);
      await folder.remove('docs/index.md');
      await untilWatched(folder);
      assert.equal(folder.has('docs/index.md'), false);
      await folder.write('atomic-index.json', project);
      await indexShows(/Apple/);
    });

    it('are not started by the echo of their own write', async () => {
      // Without debouncing an echo would have a run of its own at once.
      await withSetting('atomicIndex.debounceMs', 0, async () => {
        const seen = eventsOf(folder.path('docs/index.md'));
        // The file events of a save start nothing, so that any run but the first would be of an echo.
        await editAndSave(folder.uri('docs/apple.md'), '# Echoed apple\n');
        await indexShows(/Echoed apple/);
        await eventually(() => assert.ok(eventsOf(folder.path('docs/index.md')) > seen));
        await untilQuiet(folder);
      });
      assert.deepEqual(
        runs.map(({ triggers }) => triggers.join()),
        ['save'],
      );
    });

    it('do not rewrite a file that is up to date', async () => {
      const before = await folder.stamp('docs/index.md');
      await folder.write('docs/apple.md', '# Apple\n\nMore text, the same title.\n');
      await eventually(() => assert.ok(runs.length > 0));
      assert.equal(await folder.stamp('docs/index.md'), before);
    });

    it('are few when two hundred files come at once', async () => {
      const numbers = Array.from({ length: 200 }, (_, index) => index + 100);
      await Promise.all(
        numbers.map((number) => folder.write(`docs/storm-${number}.md`, `# Storm ${number}\n`)),
      );
      await eventually(async () => {
        const text = await folder.read('docs/index.md');
        assert.equal(text.match(/\]\(storm-\d+\.md\)/g)?.length, 200);
      });
      await untilWatched(folder);
      await run('regenerateAll');
      assert.ok(runs.length <= 3, `${runs.length} runs`);
      assert.deepEqual(await folder.tempFiles(), []);
    });

    it('wait while git is at work, and follow then', async () => {
      await folder.write('.git/index.lock', '');
      await folder.write('docs/apple.md', '# Switched apple\n');
      await untilWatched(folder);
      assert.deepEqual(runs, []);
      await folder.remove('.git');
      await indexShows(/Switched apple/);
    });

    it('pause and resume, and catch up then', async () => {
      await withSetting('atomicIndex.debounceMs', 0, async () => {
        assert.equal(await run<boolean>('pause'), true);
        await folder.write('docs/apple.md', '# Paused apple\n');
        await editAndSave(folder.uri('docs/pear.md'), '# Paused pear\n');
        await untilWatched(folder);
        assert.deepEqual(runs, []);
        assert.equal(await run<boolean>('resume'), false);
      });
      await indexShows(/Paused apple[\s\S]*Paused pear/);
    });

    it('keep an open editor of a generated file up to date', async () => {
      const document = await open(folder.uri('docs/index.md'));
      await folder.write('docs/apple.md', '# Shown apple\n');
      await indexShows(/Shown apple/);
      await eventually(() => assert.match(document.getText(), /Shown apple/));
      assert.equal(document.isDirty, false);
    });

    it('ignore what lies in node_modules and .git', async () => {
      await folder.write('docs/node_modules/inner/readme.md', '# Not a page\n');
      await folder.write('.git/description', 'nothing');
      await untilWatched(folder);
      await folder.write('docs/apple.md', '# Own apple\n');
      await indexShows(/Own apple/);
      assert.doesNotMatch(await folder.read('docs/index.md'), /Not a page/);
    });
  });
}
