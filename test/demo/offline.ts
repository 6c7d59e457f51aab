import { copyFileSync, existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { offlineVersions } from '../host/install.ts';
import { testResultsFolder } from '../host/paths.ts';
import { poll } from '../host/poll.ts';
import { packageVsix } from '../package/vsix.ts';
import { repositoryFile } from '../support/repository.ts';
import { explorerRow, openFile, runCommand, statusBarItem, toasts, waitReady } from '../ui/driver/driver.ts';
import { startUiSession } from '../ui/driver/session.ts';
import { takePicture } from '../ui/support/picture.ts';
import { demoSettings } from './settings.ts';

const statusItemId = 'atomic-index.atomic-index.atomicIndex.status';
const limitMs = 60_000;
const largestPictureBytes = 200_000;

/** Regenerates the folder through the palette of the newest offline VS Code, and leaves a screenshot. */
export async function runOffline(folder: string): Promise<void> {
  const version = process.env['ATOMIC_INDEX_VSCODE_VERSION'] || offlineVersions[1];
  console.log('Packaging the extension');
  const vsix = await packageVsix(path.join(folder, '..', 'atomic-index.vsix'));
  console.log(`Starting VS Code ${version} (offline host) with the extension installed`);
  const session = await startUiSession({ version, installVsix: [vsix], userSettings: demoSettings });
  try {
    const { page } = await session.openWindow({ folder });
    await page.setViewportSize({ width: 1280, height: 600 });
    await waitReady(page, statusItemId);
    await openFile(page, 'docs/README.md');
    for (const name of ['guide', 'reference']) await explorerRow(page, name).click();
    await runCommand(page, 'View: Split Editor Right');
    console.log('Running "Atomic Index: Regenerate All" through the palette');
    await runCommand(page, 'Atomic Index: Regenerate All');
    await poll('the last output is written', limitMs, async () =>
      existsSync(path.join(folder, 'packages', 'tides', 'src', 'index.ts')),
    );
    await statusBarItem(page, statusItemId);
    // A slow machine shows the progress for a moment.
    const progress = page.locator('.notifications-toasts .notification-list-item', {
      hasText: 'Regenerating',
    });
    await progress.first().waitFor({ state: 'hidden' });
    await showResult(page);
    const shown = await toasts(page);
    if (shown.length > 0) throw new Error(`VS Code shows a notification: ${shown.join(', ')}`);
  } finally {
    await session.close();
  }
}

async function showResult(page: Page): Promise<void> {
  await openFile(page, 'docs/index.md');
  await runCommand(page, 'View: Close Other Editors in Group');
  // Coloured headings: the editors are drawn to the end.
  const heading = page.locator('.view-line', { hasText: 'Harbour handbook' }).locator('span[class*="mtkb"]');
  await heading.first().waitFor();
  const picture = path.join(testResultsFolder(), 'demo.png');
  await takePicture(page, picture);
  console.log(`Screenshot: ${picture}`);
  if (process.env['ATOMIC_INDEX_UPDATE_MEDIA'] !== '1') return;
  const { size } = statSync(picture);
  if (size > largestPictureBytes)
    throw new Error(`The screenshot has ${size} bytes, too many for the README.`);
  copyFileSync(picture, repositoryFile('media', 'screenshot.png'));
  console.log('Copied to media/screenshot.png');
}
