import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const startLimitMs = 120_000;

export interface StatusBarItem {
  readonly text: string;
  readonly ariaLabel: string;
}

/** Waits until the workbench is drawn and, if given, the status bar item of an extension is there. */
export async function waitReady(page: Page, statusBarItemId?: string): Promise<void> {
  await page.locator('.part.statusbar').waitFor({ timeout: startLimitMs });
  if (statusBarItemId) await statusBarLocator(page, statusBarItemId).waitFor({ timeout: startLimitMs });
}

/** Returns the locator of a status bar item by its id, `<publisher>.<extension>.<item>` for one of an extension. */
export function statusBarLocator(page: Page, id: string): Locator {
  return page.locator(`.statusbar-item[id="${id}"]`);
}

/** Returns text and label of a status bar item, waiting for it and, if given, for a text it should contain. */
export async function statusBarItem(page: Page, id: string, expectedText?: string): Promise<StatusBarItem> {
  const item = statusBarLocator(page, id).filter(expectedText ? { hasText: expectedText } : {});
  await item.waitFor();
  return { text: (await item.innerText()).trim(), ariaLabel: (await item.getAttribute('aria-label')) ?? '' };
}

/** Clicks a status bar item. */
export async function clickStatusBarItem(page: Page, id: string): Promise<void> {
  await statusBarLocator(page, id).locator('a').first().click();
}

/** Returns the texts of the rows of the Problems view, opening it and waiting, if given, for a row with a text. */
export async function problems(page: Page, expectedText?: string): Promise<string[]> {
  const panel = page.locator('.markers-panel');
  if (!(await panel.isVisible())) {
    await page.keyboard.press('Control+Shift+M');
    await panel.waitFor();
  }
  const rows = panel.locator('.monaco-list-row');
  if (expectedText) await rows.filter({ hasText: expectedText }).first().waitFor();
  return await rows.allInnerTexts();
}

/** Writes a PNG of the window, creating the folder. */
export async function screenshot(page: Page, file: string): Promise<void> {
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  await page.screenshot({ path: file });
}
