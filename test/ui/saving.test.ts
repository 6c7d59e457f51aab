import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { poll } from '../host/poll.ts';
import { editorText, openFile, replaceAll, runCommand, save, statusBarItem, type } from './driver/driver.ts';
import { stampOf, waitForText } from './support/files.ts';
import { takePicture } from './support/picture.ts';
import { copyExamples, expectNoToast, screenshotFile, statusItemId, useWindows } from './support/windows.ts';

describe('saving by Ctrl+S', function () {
  this.timeout(120_000);
  const windows = useWindows();

  /** Opens the examples with the generated handbook in an editor. */
  async function openHandbook(): Promise<{ page: Page; index: string }> {
    copyExamples(windows.folder);
    const page = await windows.open();
    const index = windows.at('docs/index.md');
    await waitForText(index, 'Harbour handbook');
    await openFile(page, 'docs/index.md');
    return { page, index };
  }

  it('regenerates the index of a page, and an open editor of the index shows it', async () => {
    const { page, index } = await openHandbook();
    await runCommand(page, 'View: Split Editor Right');
    await openFile(page, 'docs/reference/berth-10.md');
    await replaceAll(page, '# The big berth');
    await save(page);
    await waitForText(index, '[The big berth](reference/berth-10.md)');
    await runCommand(page, 'View: Focus First Editor Group');
    await waitForEditor(page, '[The big berth]');
    await takePicture(page, screenshotFile('save'));
    await expectNoToast(page);
  });

  it('never writes an index with unsaved changes; it is done once they are saved or reverted', async () => {
    const { page, index } = await openHandbook();
    await leaveUnsaved(page, index, 'The small berth');
    await page.keyboard.press('Backspace');
    await save(page);
    await waitForText(index, '[The small berth]');
    await waitForEditor(page, '[The small berth]');

    await leaveUnsaved(page, index, 'The berth by the crane');
    await runCommand(page, 'File: Revert File');
    await waitForText(index, '[The berth by the crane]');
    await waitForEditor(page, '[The berth by the crane]');
    await expectNoToast(page);
  });

  /** Types into the index, changes the title of a page, and sees that a run leaves the index alone and says so. */
  async function leaveUnsaved(page: Page, index: string, title: string): Promise<void> {
    await type(page, 'x');
    const before = { text: readFileSync(index, 'utf8'), stamp: stampOf(index) };
    writeFileSync(windows.at('docs/reference/berth-2.md'), `# ${title}\n`);
    await runCommand(page, 'Atomic Index: Regenerate All');
    const { ariaLabel } = await statusBarItem(page, statusItemId, '1 unsaved');
    assert.match(ariaLabel, /once its editor is saved or reverted/);
    await page.locator('.statusbar-item', { hasText: '1 file waits for its save' }).waitFor();
    await takePicture(page, screenshotFile('unsaved'));
    await expectNoToast(page);
    assert.deepEqual({ text: readFileSync(index, 'utf8'), stamp: stampOf(index) }, before);
  }
});

async function waitForEditor(page: Page, text: string): Promise<void> {
  await poll(`the editor shows ${text}`, 30_000, async () => (await editorText(page)).includes(text));
}
