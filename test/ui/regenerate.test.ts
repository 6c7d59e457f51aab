import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { repositoryFile } from '../support/repository.ts';
import { explorerContextMenu, openFile, runCommand } from './driver/driver.ts';
import { waitForText } from './support/files.ts';
import { takePicture } from './support/picture.ts';
import { copyExamples, expectNoToast, onlyCommands, screenshotFile, useWindows } from './support/windows.ts';

const outputs = [
  'docs/index.md',
  'site/index.html',
  'packages/chart/src/index.ts',
  'packages/tides/src/index.ts',
] as const;

describe('regenerating by hand', function () {
  this.timeout(120_000);
  const windows = useWindows();

  it('writes the targets of a folder by its menu in the Explorer, and all by the palette, without a notification', async () => {
    copyExamples(windows.folder, onlyCommands);
    const page = await windows.open();
    const mention = (text: string) => page.locator('.statusbar-item', { hasText: `Atomic Index: ${text}` });
    await explorerContextMenu(page, 'docs', 'Regenerate This Folder');
    await waitForText(windows.at('docs/index.md'), 'Harbour handbook');
    await mention('1 file written').waitFor();
    await takePicture(page, screenshotFile('regenerate-folder'));
    assert.deepEqual(
      outputs.filter((output) => existsSync(windows.at(output))),
      ['docs/index.md'],
    );

    await runCommand(page, 'Atomic Index: Regenerate All');
    await waitForText(windows.at('packages/tides/src/index.ts'), 'export {');
    await mention('3 files written').waitFor();
    await openFile(page, 'docs/index.md');
    // A heading in bold: the editor is drawn to the end.
    await page.locator('.view-line span[class*="mtkb"]').first().waitFor();
    await takePicture(page, screenshotFile('regenerate-all'));
    await expectNoToast(page);
    assert.match(readFileSync(windows.at('docs/index.md'), 'utf8'), /\]\(guide\/leaving%20%28early%29\.md\)/);
    expectSameAsByCommandLine();
  });

  function expectSameAsByCommandLine(): void {
    const other = windows.at('..', 'by-command-line');
    copyExamples(other);
    execFileSync(process.execPath, [repositoryFile('dist', 'cli.mjs'), 'regenerate', other]);
    for (const output of outputs) {
      const [here, there] = [windows.at(output), `${other}/${output}`].map((file) =>
        readFileSync(file, 'utf8'),
      );
      assert.equal(here, there, output);
    }
  }
});
