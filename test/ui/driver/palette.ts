import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const attemptLimitMs = 5_000;
const attempts = 12;
const rows = '.quick-input-list .monaco-list-row';

/** Opens the quick input with the given text in it and waits until `row` is listed; command texts begin with `>`. */
export async function openPalette(page: Page, text: string, row: Locator): Promise<void> {
  const input = page.locator('.quick-input-widget:visible .quick-input-box input');
  for (let attempt = 1; ; attempt++) {
    try {
      await page.keyboard.press('F1');
      await input.fill(text, { timeout: attemptLimitMs });
      await row.waitFor({ timeout: attemptLimitMs });
      return;
    } catch (error) {
      // A command is listed only after its extension is known, and a busy window may close the palette again.
      if (attempt === attempts) throw new Error(`The palette never listed ${text}.`, { cause: error });
      await page.keyboard.press('Escape');
    }
  }
}

/** Runs a command by its full title, with or without its category, through the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const name = page.locator('.label-name', { hasText: new RegExp(`^(.+: )?${escapePattern(title)}$`) });
  const row = page.locator(rows).filter({ has: name }).first();
  await openPalette(page, `>${title}`, row);
  await row.click();
}

/**
 * Opens a file through quick open and waits for its editor. A bare name takes the first match, `docs/README.md` the
 * file in that folder, `./README.md` the one at the top.
 */
export async function openFile(page: Page, file: string): Promise<void> {
  const name = path.posix.basename(file);
  const folder = path.posix.dirname(path.posix.normalize(file));
  const label = page.locator('.label-name', { hasText: new RegExp(`^${escapePattern(name)}$`) });
  const description = page.locator('.label-description');
  let row = page.locator(rows).filter({ has: label });
  if (folder !== '.') {
    row = row.filter({
      has: description.filter({ hasText: new RegExp(`(^|[/ ])${escapePattern(folder)}$`) }),
    });
  } else if (file.startsWith('./')) {
    row = row.filter({ hasNot: description.filter({ hasText: /./ }) });
  }
  await openPalette(page, path.posix.normalize(file), row.first());
  await row.first().click();
  const tab = page.locator('.editor-group-container.active .tabs-container .tab.active');
  const place = folder === '.' ? name : `${folder}/${name}`;
  await tab.locator(`.tab-label[aria-label*="/${place}"]`).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().waitFor();
}

/** Chooses a row of an open quick pick by a part of its text. */
export async function choose(page: Page, rowText: string): Promise<void> {
  await page.locator(rows, { hasText: rowText }).first().click();
}

/** Types into an open input box and accepts it. */
export async function answerInput(page: Page, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible .quick-input-box input');
  await input.fill(text);
  await input.press('Enter');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
