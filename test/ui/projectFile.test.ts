import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { writeTree } from '../support/tree.ts';
import { editorText, openFile, problems, runCommand, statusBarItem } from './driver/driver.ts';
import { waitForText } from './support/files.ts';
import { takePicture } from './support/picture.ts';
import {
  copyExamples,
  expectNoToast,
  screenshotFile,
  smallProject,
  statusItemId,
  useWindows,
} from './support/windows.ts';

describe('the project file', function () {
  this.timeout(120_000);
  const windows = useWindows();

  it('is created by the palette, filled in and opened, and nothing is written by it', async () => {
    copyExamples(windows.folder);
    rmSync(windows.at('atomic-index.json'));
    const page = await windows.open({ waitFor: 'workbench' });
    await runCommand(page, 'Atomic Index: Create Project File');
    await page.locator('.tabs-container .tab.active[data-resource-name="atomic-index.json"]').waitFor();
    await waitForText(windows.at('atomic-index.json'), '"markdown-index"', '"docs"', '"barrel"');
    assert.match(await editorText(page), /"targets"/);
    await statusBarItem(page, statusItemId);
    await takePicture(page, screenshotFile('create-project-file'));
    await expectNoToast(page);
    assert.equal(existsSync(windows.at('docs/index.md')), false);
  });

  it('with a mistake is marked at its place by the schema and by the extension', async () => {
    const before = smallProject['atomic-index.json'];
    writeTree(windows.folder, {
      ...smallProject,
      'atomic-index.json': before.replace('markdown-index', 'markdown'),
    });
    const page = await windows.open();
    await openFile(page, './atomic-index.json');
    await page.locator('.squiggly-error').first().waitFor();
    await problems(page, 'Valid values:');
    const rows = await problems(page, 'Atomic Index');
    await statusBarItem(page, statusItemId, '1 error');
    await takePicture(page, screenshotFile('project-file-mistake'));
    assert.ok(
      rows.some((row) => row.includes('markdown-index')),
      rows.join('\n'),
    );
    await expectNoToast(page);
    assert.equal(readFileSync(windows.at('docs/apple.md'), 'utf8'), smallProject['docs/apple.md']);
    assert.equal(existsSync(windows.at('docs/index.md')), false);
  });
});
