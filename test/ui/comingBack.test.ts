import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { writeTree } from '../support/tree.ts';
import { readIfThere, waitForText } from './support/files.ts';
import { expectNoToast, smallProject, useWindows } from './support/windows.ts';

/** Longer than a window must have been away for its watcher not to be believed. */
const awayMs = 31_000;

describe('coming back to a window', function () {
  this.timeout(180_000);
  const windows = useWindows();

  it('finds what its watcher was not told of, after a while', async () => {
    const settings = JSON.stringify({ 'files.watcherExclude': { '**/docs/**': true } });
    writeTree(windows.folder, { ...smallProject, '.vscode/settings.json': settings });
    const page = await windows.open();
    const index = windows.at('docs/index.md');
    await waitForText(index, '[Apple]', '[Pear]');

    await setFocus(page, false);
    writeTree(windows.folder, { 'docs/apple.md': '# Unheard-of apple\n' });
    await delay(awayMs);
    // Else the watcher has told of it, and there is nothing to be shown here.
    assert.match(readIfThere(index) ?? '', /\[Apple\]/);
    await setFocus(page, true);
    await waitForText(index, '[Unheard-of apple]', '[Pear]');
    await expectNoToast(page);
  });
});

/** Tells the page what a browser does when its window loses or gets the focus; without a screen no window has any. */
async function setFocus(page: Page, hasFocus: boolean): Promise<void> {
  const event = hasFocus ? 'focus' : 'blur';
  await page.evaluate(
    `document.hasFocus = () => ${hasFocus}; window.dispatchEvent(new Event('${event}')); document.dispatchEvent(new Event('visibilitychange'));`,
  );
}
