import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import type { Page } from 'playwright-core';

/** Writes a PNG of the window as it is once everything that moves or fades has come to its end. */
export async function takePicture(page: Page, file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  // Over an empty part of the status bar the mouse makes no tooltip appear.
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await page.mouse.move(width * 0.6, height - 5);
  await page.locator('.workbench-hover').first().waitFor({ state: 'hidden' });
  await page.screenshot({ path: file, animations: 'disabled', caret: 'initial' });
}
