import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeTab, editAndSave, problemsOf } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { findExtension, outcomesIn, run, runs, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import { untilWatched, workspaceFolder } from '../support/freshWorkspace.ts';

/** About a workspace that the user doesn't trust (yet). */
export function restrictedSuite(): void {
  describe('Restricted Mode', () => {
    let folder: Folder;
    before(() => {
      assert.equal(vscode.workspace.isTrusted, false, 'this window is trusted');
      folder = workspaceFolder();
    });
    beforeEach(() => shown.clear());
    // The page that is there from the start would have been listed.
    afterEach(() => {
      assert.equal(folder.has('docs/index.md'), false);
      assert.deepEqual(runs, []);
    });

    for (const command of ['regenerateAll', 'regenerate', 'regenerateFolder']) {
      it(`${command} writes nothing and says why`, async () => {
        assert.deepEqual(await run(command, folder.uri('docs')), []);
        assert.match(shown.notices[0]?.message ?? '', /Restricted Mode/);
        assert.deepEqual(
          shown.notices[0]?.actions.map(({ title }) => title),
          ['Manage Workspace Trust'],
        );
        assert.equal(shown.notices.length, 1);
      });
    }

    it('creates no project file', async () => {
      assert.equal(await run('createConfig', folder.uri('')), undefined);
      assert.match(shown.notices[0]?.message ?? '', /Restricted Mode/);
    });

    it('starts no run by a save or a change', async () => {
      await editAndSave(folder.uri('docs/first.md'), '# Saved page\n');
      await folder.write('docs/second.md', '# Second page\n');
      await untilWatched(folder);
      await untilWatched(folder);
    });

    it('resume starts nothing', async () => {
      await run('pause');
      await run('resume');
      await untilWatched(folder);
    });

    it('Check Without Writing works', async () => {
      assert.deepEqual(outcomesIn(await run('check')), ['docs/index.md: created']);
      assert.equal(shown.notices.length, 1);
    });

    it('Preview Changes works', async () => {
      await run('preview');
      await activeTab(({ input }) => input instanceof vscode.TabInputTextDiff);
    });

    it('asks the generator of another extension, and writes nothing', async () => {
      const before = await folder.read('atomic-index.json');
      const target = { generator: 'sample.words', folder: 'docs', output: 'words.md' };
      await folder.write('atomic-index.json', JSON.stringify({ targets: [target] }));
      const api = findExtension().exports;
      const registered = api.registerGenerator({
        id: 'sample.words',
        description: 'Lists the titles of pages.',
        defaultOutput: 'words.md',
        defaultInclude: ['**/*.md'],
        reads: 'pages',
        render: ({ sources }) => sources.map(({ facts }) => facts.title).join(', '),
      });
      try {
        const [report] = await api.regenerate();
        assert.deepEqual([report?.mode, report?.counts.created], ['check', 1]);
        await untilWatched(folder);
        assert.equal(folder.has('docs/words.md'), false);
      } finally {
        registered.dispose();
        await folder.write('atomic-index.json', before);
        await eventually(() => assert.deepEqual(problemsOf(folder.uri('atomic-index.json')), []));
      }
    });

    it('runs no formatter of the workspace, and says that what it shows is unformatted', async () => {
      const before = await folder.read('atomic-index.json');
      const target = { generator: 'markdown-index', folder: 'docs', output: 'other.md', format: 'prettier' };
      await folder.write('atomic-index.json', JSON.stringify({ targets: [target] }));
      await folder.write('node_modules/prettier/package.json', '{ "bin": "main.cjs" }');
      const code = `require('node:fs').writeFileSync('started.txt', ''); process.stdin.pipe(process.stdout);`;
      await folder.write('node_modules/prettier/main.cjs', code);
      assert.deepEqual(outcomesIn(await run('check')), ['docs/other.md: created']);
      await eventually(() => {
        const [message = ''] = problemsOf(folder.uri('docs/other.md'));
        assert.match(message, /without prettier, .* not run in Restricted Mode/);
      });
      assert.equal(folder.has('started.txt'), false);
      await folder.remove('node_modules');
      await folder.write('atomic-index.json', before);
      await run('check');
      await eventually(() => assert.deepEqual(problemsOf(folder.uri('docs/other.md')), []));
    });

    it('shows the problems of the project file', async () => {
      const before = await folder.read('atomic-index.json');
      await folder.write('atomic-index.json', '{ "targets": 3 }');
      await eventually(() => assert.equal(problemsOf(folder.uri('atomic-index.json')).length, 1));
      await folder.write('atomic-index.json', before);
      await eventually(() => assert.deepEqual(problemsOf(folder.uri('atomic-index.json')), []));
    });
  });
}
