import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { writeTree } from '../support/tree.ts';
import { waitForText, watchFile } from './support/files.ts';
import { expectNoToast, smallProject, useWindows } from './support/windows.ts';

const pages = 200;
const run = promisify(execFile);

describe('changes from outside', function () {
  this.timeout(120_000);
  const windows = useWindows();

  it(`of ${pages} files at once by git become few writes, and the last one is right`, async () => {
    const git = (...args: string[]) => run('git', args, { cwd: windows.folder });
    const commit = async (message: string) => {
      await git('add', 'docs');
      await git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '-q', '-m', message);
    };
    await git('init', '-q', '-b', 'main');
    // VS Code's own git would now and then hold the lock that the checkout needs.
    const withoutGit = { '.vscode/settings.json': '{ "git.enabled": false }\n' };
    writeTree(windows.folder, { ...smallProject, ...withoutGit, ...pagesOf('Old') });
    await commit('old');
    await git('checkout', '-q', '-b', 'new');
    writeTree(windows.folder, pagesOf('New'));
    await commit('new');
    await git('checkout', '-q', 'main');

    const page = await windows.open();
    const index = windows.at('docs/index.md');
    await waitForText(index, '[Old 1]', `[Old ${pages}]`);
    for (const [branch, word] of [
      ['new', 'New'],
      ['main', 'Old'],
    ] as const) {
      const { writes, broken } = await watchFile(index, async () => {
        await git('checkout', '-q', branch);
        await waitForText(index, ...Object.values(pagesOf(word)).map((text) => `[${text.slice(2, -1)}]`));
      });
      assert.deepEqual(broken, []);
      assert.ok(writes <= 3, `${writes} writes`);
    }
    await expectNoToast(page);
  });
});

function pagesOf(word: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (let number = 1; number <= pages; number++) files[`docs/page-${number}.md`] = `# ${word} ${number}\n`;
  return files;
}
