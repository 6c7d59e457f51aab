import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeTree } from '../support/tree.ts';
import {
  diffTexts,
  openFile,
  openPalette,
  replaceAll,
  runCommand,
  save,
  statusBarItem,
} from './driver/driver.ts';
import { waitForText } from './support/files.ts';
import { takePicture } from './support/picture.ts';
import { expectNoToast, screenshotFile, smallProject, statusItemId, useWindows } from './support/windows.ts';

describe('Restricted Mode', function () {
  this.timeout(120_000);
  const windows = useWindows({ trust: 'on' });

  it('writes nothing until the user trusts the folder', async () => {
    writeTree(windows.folder, smallProject);
    const page = await windows.open();
    const { ariaLabel } = await statusBarItem(page, statusItemId);
    assert.match(ariaLabel, /Restricted Mode: nothing is written/);

    await openFile(page, 'docs/apple.md');
    await replaceAll(page, '# Saved apple');
    await save(page);
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Atomic Index: Show Log' });
    await openPalette(page, '>Atomic Index', row.first());
    await takePicture(page, screenshotFile('restricted-palette'));
    const offered = await page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    assert.deepEqual(
      offered.filter((text) => /Regenerate|Create Project/.test(text)),
      [],
    );
    await page.keyboard.press('Escape');

    await runCommand(page, 'Atomic Index: Preview Changes');
    const { modified } = await diffTexts(page);
    assert.match(modified, /\[Saved apple\]/);
    await takePicture(page, screenshotFile('restricted'));
    assert.equal(existsSync(windows.at('docs/index.md')), false);
    await expectNoToast(page);

    await runCommand(page, 'Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
    await waitForText(windows.at('docs/index.md'), '[Saved apple]');
    await expectNoToast(page);
  });
});
