import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { leftoversIn } from '../support/leftovers.ts';
import { writeTree } from '../support/tree.ts';
import { openFile, runCommand } from './driver/driver.ts';
import { waitForText, watchFile } from './support/files.ts';
import { takePicture } from './support/picture.ts';
import { expectNoToast, screenshotFile, smallProject, useWindows } from './support/windows.ts';

const rounds = 5;

describe('two windows on one folder', function () {
  this.timeout(180_000);
  const windows = useWindows();

  it(`regenerate by the palette at once, ${rounds} times, beside their automatic runs`, async () => {
    writeTree(windows.folder, smallProject);
    const pages = [await windows.open(), await windows.open()];
    const index = windows.at('docs/index.md');
    await waitForText(index, '[Apple]');
    const { reads, writes, broken } = await watchFile(index, async () => {
      for (let round = 1; round <= rounds; round++) {
        writeTree(windows.folder, {
          [`docs/round-${round}.md`]: `# Round ${round}\n`,
          'docs/apple.md': `# Apple ${round}\n`,
        });
        await Promise.all(pages.map(regenerateAll));
        await waitForText(index, `[Round ${round}](round-${round}.md)`, `[Apple ${round}](apple.md)`);
        for (const page of pages) await expectNoToast(page);
      }
    });
    assert.deepEqual(broken, []);
    assert.ok(reads > rounds * 10, `${reads} reads`);
    assert.ok(writes >= rounds, `${writes} writes`);
    assert.deepEqual(leftoversIn(windows.folder), []);
    for (const [number, page] of pages.entries()) {
      await openFile(page, 'docs/index.md');
      await takePicture(page, screenshotFile(`two-windows-${number + 1}`));
      await expectNoToast(page);
    }
  });
});

async function regenerateAll(page: Page): Promise<void> {
  await runCommand(page, 'Atomic Index: Regenerate All');
  const mention = page.locator('.statusbar-item', { hasText: /Atomic Index: (nothing|\d+ files? written)/ });
  await mention.first().waitFor();
}
