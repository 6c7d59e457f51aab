import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  clickToastButton,
  diffTexts,
  problems,
  runCommand,
  statusBarItem,
  waitForToast,
} from './driver/driver.ts';
import { waitForText } from './support/files.ts';
import { takePicture } from './support/picture.ts';
import { copyExamples, expectNoToast, screenshotFile, statusItemId, useWindows } from './support/windows.ts';

const byHand = '# Handbook\n\nWritten by hand.\n';

describe('a file written by hand where an index should be', function () {
  this.timeout(120_000);
  const windows = useWindows();

  it('is left alone and shown, as a diff too, until the user overwrites it', async () => {
    copyExamples(windows.folder, { 'docs/index.md': byHand });
    const page = await windows.open();
    const index = windows.at('docs/index.md');

    await statusBarItem(page, statusItemId, '1 conflict');
    const rows = await problems(page, 'was not made by Atomic Index');
    assert.ok(rows.some((row) => row.includes('index.md')));
    await expectNoToast(page);

    await runCommand(page, 'Atomic Index: Regenerate All');
    await waitForToast(page, 'was not made by Atomic Index');
    await takePicture(page, screenshotFile('conflict'));
    assert.equal(readFileSync(index, 'utf8'), byHand);

    await clickToastButton(page, 'was not made by Atomic Index', 'Show Diff');
    const { original, modified } = await diffTexts(page);
    assert.match(original, /Written by hand/);
    assert.match(modified, /Harbour handbook/);
    await takePicture(page, screenshotFile('conflict-diff'));
    assert.equal(readFileSync(index, 'utf8'), byHand);

    await page.locator('.editor-group-container.active .editor-actions a[aria-label^="Overwrite"]').click();
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Overwrite docs/index.md?').waitFor();
    await takePicture(page, screenshotFile('conflict-question'));
    assert.equal(readFileSync(index, 'utf8'), byHand);
    await dialog.locator('.monaco-button', { hasText: /^Overwrite$/ }).click();
    await waitForText(index, 'Harbour handbook');
    await page.locator('.markers-panel').getByText('No problems').waitFor();
    await page.locator(`.statusbar-item[id="${statusItemId}"]`, { hasText: /^\s*Atomic Index$/ }).waitFor();
    await expectNoToast(page);
  });
});
