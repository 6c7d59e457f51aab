import type { Locator, Page } from 'playwright-core';
import { poll } from '../../host/poll.ts';

const attempts = 5;
const attemptLimitMs = 5_000;

/** Returns the locator of a file or folder in the explorer by its name. */
export function explorerRow(page: Page, name: string): Locator {
  return page
    .locator('.explorer-folders-view .monaco-list-row')
    .filter({ has: page.getByText(name, { exact: true }) })
    .first();
}

/** Runs a command from the explorer's context menu of a file or folder. */
export async function explorerContextMenu(page: Page, name: string, commandTitle: string): Promise<void> {
  if (!(await page.locator('.explorer-folders-view').isVisible()))
    await page.keyboard.press('Control+Shift+E');
  const action = page.locator('.monaco-menu .action-label').getByText(commandTitle, { exact: true }).first();
  for (let attempt = 1; ; attempt++) {
    try {
      await explorerRow(page, name).click({ button: 'right', timeout: attemptLimitMs });
      await clickUntilGone(action);
      return;
    } catch (error) {
      // The list is redrawn when the folder changes, and that closes the menu.
      if (attempt === attempts) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

// A menu is deaf to clicks for its first 100 ms, and closes with the click it has heard.
async function clickUntilGone(action: Locator): Promise<void> {
  await action.waitFor({ timeout: attemptLimitMs });
  await poll('the menu takes the click', attemptLimitMs, async () => {
    if (!(await action.isVisible())) return true;
    await action.click({ timeout: attemptLimitMs });
    return await action.waitFor({ state: 'hidden', timeout: 500 }).then(
      () => true,
      () => false,
    );
  });
}
