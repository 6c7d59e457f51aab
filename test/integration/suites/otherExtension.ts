import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AtomicIndexApi, PageGenerator, RegenerateReport } from '../../../src/core/publicApi.ts';
import { editAndSave, problemsOf } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { findExtension, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import { fillFolder, startAutomaticRuns, workspaceFolder } from '../support/freshWorkspace.ts';

const sampleId = 'sample.tag-index';

const words: PageGenerator = {
  id: 'sample.words',
  description: 'Lists the titles of pages.',
  defaultOutput: 'words.md',
  defaultInclude: ['**/*.md'],
  reads: 'pages',
  render: ({ sources }) => sources.map(({ facts }) => facts.title).join(', '),
};

const wordsProject = {
  'atomic-index.json': JSON.stringify({
    targets: [{ generator: 'sample.words', folder: 'docs', output: 'words.md' }],
  }),
  'docs/apple.md': '# Apple\n',
};

/** About a window with another extension that gives a generator: the sample in `examples/extension`. */
export function otherExtensionSuite(): void {
  describe('another extension', () => {
    let folder: Folder;
    let api: AtomicIndexApi;
    before(() => {
      folder = workspaceFolder();
      api = findExtension().exports;
    });
    const hasText = (file: string, text: RegExp): Promise<void> =>
      eventually(async () => assert.match(await folder.read(file), text));
    const hasProblem = (text: RegExp): Promise<void> =>
      eventually(() => assert.match(problemsOf(folder.uri('atomic-index.json')).join('\n'), text));
    const hasNoProblem = (): Promise<void> =>
      eventually(() => assert.deepEqual(problemsOf(folder.uri('atomic-index.json')), []));

    it('brings its target up to date when the window opens, without a word', async () => {
      await hasText('docs/tags.md', /## harbour\n\n- \[First page\]\(first\.md\)/);
      await hasNoProblem();
      assert.deepEqual(shown.notices, []);
    });

    it('has its target updated on save', async () => {
      await editAndSave(folder.uri('docs/first.md'), '---\ntags: [quay]\n---\n# Saved page\n');
      await hasText('docs/tags.md', /## quay\n\n- \[Saved page\]\(first\.md\)/);
    });

    it('says at its line in the project file which of its options is wrong', async () => {
      const before = await folder.read('atomic-index.json');
      const target = { generator: sampleId, folder: 'docs', output: 'tags.md', options: { titel: 'x' } };
      await folder.write('atomic-index.json', JSON.stringify({ targets: [target] }));
      await hasProblem(/^1: Unknown option "titel"/);
      await folder.write('atomic-index.json', before);
      await hasNoProblem();
    });

    it('regenerates by a command of its own, and hears of the run', async () => {
      const heard: RegenerateReport[] = [];
      const listening = api.onDidRegenerate((report) => heard.push(report));
      try {
        await folder.remove('docs/tags.md');
        const targets = await vscode.commands.executeCommand<RegenerateReport['targets']>(
          'sample.tagIndex.regenerate',
        );
        assert.deepEqual(
          targets.map(({ output, generator }) => [output, generator]),
          [['docs/tags.md', sampleId]],
        );
        assert.equal(folder.has('docs/tags.md'), true);
        assert.ok(
          heard.some(({ counts, mode }) => mode === 'write' && counts.created + counts.unchanged === 1),
        );
      } finally {
        listening.dispose();
      }
      const [around] = await api.regenerate(folder.uri('docs'));
      assert.equal(around?.counts.unchanged, 1);
    });

    it('comes and goes: its target waits with a problem, runs by itself, and its file stays', async () => {
      await fillFolder(folder, wordsProject);
      await hasProblem(/^1: Nobody has registered the generator "sample\.words"/);
      await startAutomaticRuns(folder);
      assert.equal(folder.has('docs/words.md'), false);
      const first = api.registerGenerator(words);
      await hasText('docs/words.md', /\nApple\n$/);
      await hasNoProblem();
      assert.throws(() => api.registerGenerator(words), /There is a generator "sample\.words" already/);
      first.dispose();
      await hasProblem(/Nobody has registered/);
      assert.match(await folder.read('docs/words.md'), /\nApple\n$/);
      // Though its file is as the first one left it.
      const second = api.registerGenerator({ ...words, render: () => 'anew' });
      await hasText('docs/words.md', /\nanew\n$/);
      second.dispose();
      assert.deepEqual(shown.notices, []);
    });

    it('that throws fails its own target, with a problem at its entry', async () => {
      await fillFolder(folder, wordsProject);
      await startAutomaticRuns(folder);
      const throwing = api.registerGenerator({
        ...words,
        render: () => {
          throw new Error('no words today');
        },
      });
      try {
        await hasProblem(/the generator "sample\.words" failed: no words today/);
        assert.equal(folder.has('docs/words.md'), false);
      } finally {
        throwing.dispose();
      }
    });

    it('writes files in one step', async () => {
      const result = await api.atomicWriteText(folder.path('own.txt'), 'whole', { expected: 'absent' });
      assert.deepEqual([result.outcome, result.isNew], ['written', true]);
      const file = await api.AtomicFile.open(folder.path('own.txt'));
      await file.write('in pieces');
      await file.commit();
      assert.equal(await folder.read('own.txt'), 'in pieces');
      await assert.rejects(api.atomicWriteText(folder.path('own.txt'), '', { expected: 'absent' }), {
        code: 'CONFLICT',
      });
      assert.deepEqual(await folder.tempFiles(), []);
    });
  });
}
