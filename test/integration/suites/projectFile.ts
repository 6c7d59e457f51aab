import * as assert from 'node:assert/strict';
import { editAndSave, problemsOf } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { outcomesIn, run, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import { freshWorkspace, smallProject, startAutomaticRuns } from '../support/freshWorkspace.ts';

const wrongGenerator = `{
  // a comment is welcome
  "targets": [
    { "generator": "markdown-index", "folder": "docs" },
    { "generator": "no-such-thing", "folder": "src" },
  ],
}
`;

/** About project files that are wrong. */
export function projectFileSuite(): void {
  describe('a bad project file', () => {
    let folder: Folder;
    const problemsAre = (pattern: RegExp) =>
      eventually(() => assert.match(problemsOf(folder.uri('atomic-index.json')).join('\n'), pattern));
    const noProblems = () =>
      eventually(() => assert.deepEqual(problemsOf(folder.uri('atomic-index.json')), []));

    beforeEach(async () => {
      folder = await freshWorkspace();
      await startAutomaticRuns(folder);
    });

    it('has an entry in Problems at its line, which goes when it is mended', async () => {
      await editAndSave(folder.uri('atomic-index.json'), '{\n  "targets": [\n    {]\n}\n');
      await problemsAre(/^3: .*not valid JSON/);
      await editAndSave(folder.uri('atomic-index.json'), smallProject['atomic-index.json'] ?? '');
      await noProblems();
      assert.deepEqual(shown.notices, []);
    });

    it('with one wrong entry lets the other targets run', async () => {
      await folder.write('atomic-index.json', wrongGenerator);
      await problemsAre(/^5: .*generator/);
      const reports = await run('regenerateAll');
      assert.deepEqual(outcomesIn(reports), ['docs/index.md: unchanged']);
      assert.equal(shown.notices.length, 1);
      assert.match(shown.notices[0]?.message ?? '', /atomic-index\.json:5/);
    });

    it('shows its problems while runs are paused', async () => {
      await run('pause');
      await folder.write('atomic-index.json', wrongGenerator);
      await problemsAre(/^5: /);
    });

    it('whose target can not be written is told of at the target', async () => {
      await folder.remove('src/index.ts');
      await folder.write('src/index.ts/inside.ts', 'export const inside = 1;\n');
      const reports = await run('regenerateAll');
      assert.ok(outcomesIn(reports).includes('src/index.ts: conflict'));
      await problemsAre(/^1: .*src\/index\.ts/);
      await folder.remove('src/index.ts');
      await run('regenerateAll');
      await noProblems();
    });

    it('that cannot be read as a whole leaves all targets as they are', async () => {
      const before = await folder.stamp('docs/index.md');
      await folder.write('docs/apple.md', '# Unlisted apple\n');
      await folder.write('atomic-index.json', '{ "targets": [');
      await problemsAre(/not valid JSON/);
      assert.deepEqual(outcomesIn(await run('regenerateAll')), []);
      assert.match(shown.notices[0]?.message ?? '', /not valid JSON/);
      assert.equal(shown.notices.length, 1);
      assert.equal(await folder.stamp('docs/index.md'), before);
    });

    it('leaves no entry behind when it is deleted', async () => {
      await folder.write('atomic-index.json', '{');
      await problemsAre(/./);
      await folder.remove('atomic-index.json');
      await noProblems();
    });
  });
}
