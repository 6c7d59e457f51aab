import type { Page } from 'playwright-core';

const activeEditor = '.editor-group-container.active .monaco-editor';

/** Types text at the cursor of the active editor; auto indent and bracket closing apply as for a person. */
export async function type(page: Page, text: string): Promise<void> {
  await focusEditor(page);
  await page.keyboard.type(text);
  await page.locator('.tabs-container .tab.active.dirty').waitFor();
}

/** Selects everything in the active editor and types text over it. */
export async function replaceAll(page: Page, text: string): Promise<void> {
  await focusEditor(page);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** Saves the active editor by Ctrl+S and waits until it is no longer dirty. */
export async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+S');
  await page.locator('.tabs-container .tab.active:not(.dirty)').waitFor();
}

/** Tells whether the active editor has unsaved changes. */
export async function isDirty(page: Page): Promise<boolean> {
  return await page.locator('.tabs-container .tab.active.dirty').isVisible();
}

/** Returns the visible text of the active editor, one line after the other. */
export async function editorText(page: Page): Promise<string> {
  return await linesOf(page, activeEditor);
}

/** Returns the visible texts of both sides of the active diff editor, once both have text. */
export async function diffTexts(page: Page): Promise<{ original: string; modified: string }> {
  const side = (name: string) => `.editor-group-container.active .monaco-diff-editor .editor.${name}`;
  await page
    .locator(`${side('original')} .view-line`)
    .first()
    .waitFor();
  await page
    .locator(`${side('modified')} .view-line`)
    .first()
    .waitFor();
  return { original: await linesOf(page, side('original')), modified: await linesOf(page, side('modified')) };
}

async function focusEditor(page: Page): Promise<void> {
  await page.locator(`${activeEditor} .view-lines`).last().click();
  await page.locator(`${activeEditor}.focused`).first().waitFor();
}

// Lines are drawn in any order and placed by their top; spaces are drawn as no-break spaces.
async function linesOf(page: Page, editor: string): Promise<string> {
  const lines = await page.locator(`${editor} .view-lines .view-line`).evaluateAll((elements) =>
    elements.map((element) => ({
      top: element.getBoundingClientRect().top,
      text: element.textContent ?? '',
    })),
  );
  return lines
    .sort((left, right) => left.top - right.top)
    .map((line) => line.text.replaceAll('\u00a0', ' '))
    .join('\n');
}
