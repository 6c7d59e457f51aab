import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Report } from '../../../src/core/types.ts';
import { editAndSave, open, problemsOf, setText } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { outcomesIn, run, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import { freshWorkspace, startAutomaticRuns } from '../support/freshWorkspace.ts';

const markers = '<!-- atomic-index:begin generator=toc -->\n<!-- atomic-index:end -->\n';
const page = `# Page\n\n${markers}\n## One\n\nby hand\n`;

/** About files of which only a region is ours. */
export function regionsSuite(): void {
  describe('regions', () => {
    let folder: Folder;

    it('of an open file are filled by command without any project file', async () => {
      folder = await freshWorkspace({ 'README.md': page });
      const document = await open(folder.uri('README.md'));
      const reports = await run('regenerate', folder.uri('README.md'));
      assert.deepEqual(outcomesIn(reports), ['README.md: updated']);
      assert.match(await folder.read('README.md'), /- \[One\]\(#one\)\n[\s\S]*by hand\n$/);
      await eventually(() => assert.match(document.getText(), /\[One\]/));
      assert.deepEqual(shown.notices, []);
    });

    it('are told about when a file has none', async () => {
      folder = await freshWorkspace({ 'README.md': '# Page\n' });
      await run('regenerate', folder.uri('README.md'));
      assert.match(shown.notices.map(({ message }) => message).join(), /no region in README\.md/);
    });

    it('that a project file looks for follow each save of their page', async () => {
      folder = await freshWorkspace({ 'atomic-index.json': '{ "regions": "**/*.md" }', 'README.md': page });
      await startAutomaticRuns(folder);
      const text = await folder.read('README.md');
      await editAndSave(folder.uri('README.md'), `${text}\n## Two\n`);
      await eventually(async () => assert.match(await folder.read('README.md'), /- \[Two\]\(#two\)/));
      const document = await open(folder.uri('README.md'));
      await eventually(() => assert.match(document.getText(), /\[Two\]/));
      assert.equal(document.isDirty, false);
    });

    it('wait while their page has unsaved changes', async () => {
      folder = await freshWorkspace({ 'README.md': page });
      const document = await open(folder.uri('README.md'));
      await setText(document, `${page}\n## Two\n`);
      const reports = await run('regenerate', folder.uri('README.md'));
      assert.deepEqual(outcomesIn(reports), ['README.md: skipped']);
      assert.equal(await folder.read('README.md'), page);
    });

    it('with markers that do not pair up are an error at the line, which goes when it is mended', async () => {
      folder = await freshWorkspace({ 'atomic-index.json': '{ "regions": "**/*.md" }', 'README.md': page });
      await startAutomaticRuns(folder);
      const text = await folder.read('README.md');
      await folder.write('README.md', text.replace(/<!-- atomic-index:end.*-->\n/, ''));
      await eventually(() =>
        assert.match(problemsOf(folder.uri('README.md')).join(), /^3: The region "toc" has no end/),
      );
      await folder.write('README.md', text);
      await eventually(() => assert.deepEqual(problemsOf(folder.uri('README.md')), []));
    });

    it('that were edited by hand are a conflict at their line, and one is overwritten alone', async () => {
      const two = `${page}\n<!-- atomic-index:begin id=again generator=toc -->\n<!-- atomic-index:end -->\n`;
      folder = await freshWorkspace({ 'atomic-index.json': '{ "regions": "**/*.md" }', 'README.md': two });
      await run('regenerateAll');
      const text = await folder.read('README.md');
      await folder.write('README.md', text.replaceAll('[One]', '[Won]'));
      await run('regenerateAll');
      await eventually(() =>
        assert.deepEqual(
          problemsOf(folder.uri('README.md')).map((problem) => /^\d+: The region "\w+"/.exec(problem)?.[0]),
          ['3: The region "toc"', '13: The region "again"'],
        ),
      );
      const uri = folder.uri('README.md').with({ fragment: 'again' });
      const report = await run<Report>('overwriteConflict', uri);
      assert.deepEqual(outcomesIn([report]), ['README.md: conflict', 'README.md: updated']);
      assert.match(await folder.read('README.md'), /\[Won\][\s\S]*\[One\]/);
    });

    it('are offered quick fixes for the conflict at the cursor only', async () => {
      folder = await freshWorkspace({ 'atomic-index.json': '{ "regions": "**/*.md" }', 'README.md': page });
      await run('regenerateAll');
      await folder.write('README.md', (await folder.read('README.md')).replace('[One]', '[Won]'));
      await run('regenerateAll');
      const document = await open(folder.uri('README.md'));
      await eventually(async () => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          new vscode.Range(2, 0, 2, 1),
        );
        const titles = actions.map(({ title }) => title);
        assert.ok(titles.includes('Take it over: no longer regenerate this text'), titles.join());
        assert.ok(!titles.includes('Take it over, and regenerate only a region of it'), titles.join());
      });
    });
  });
}
