import type { Page } from 'playwright-core';
import { runCommand } from './palette.ts';

const toast = '.notifications-toasts .notification-list-item';

/** Returns the texts of the toasts on the screen, newest first; waits for none. */
export async function toasts(page: Page): Promise<string[]> {
  return await page.locator(`${toast}-message`).allInnerTexts();
}

/** Waits for a toast that contains the text and returns its whole text. */
export async function waitForToast(page: Page, text: string): Promise<string> {
  const message = page.locator(`${toast}-message`, { hasText: text }).first();
  await message.waitFor();
  return await message.innerText();
}

/** Clicks a button of the toast that contains the text, and waits until that toast is gone. */
export async function clickToastButton(page: Page, text: string, button: string): Promise<void> {
  const item = page.locator(toast, { hasText: text }).first();
  await item.locator('.monaco-button', { hasText: button }).first().click();
  await item.waitFor({ state: 'detached' });
}

/** Removes all notifications, so that a later wait can't find a toast of an earlier step. */
export async function clearToasts(page: Page): Promise<void> {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await page.locator(toast).first().waitFor({ state: 'detached' });
}
