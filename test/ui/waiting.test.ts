import assert from 'node:assert/strict';
import { acquireLock, lockKeyOf } from '../../src/lock/index.ts';
import { writeTree } from '../support/tree.ts';
import { runCommand, statusBarItem } from './driver/driver.ts';
import { readIfThere, waitForText } from './support/files.ts';
import { takePicture } from './support/picture.ts';
import {
  expectNoToast,
  onlyCommands,
  screenshotFile,
  smallProject,
  statusItemId,
  useWindows,
} from './support/windows.ts';

describe('waiting for another program', function () {
  this.timeout(120_000);
  const windows = useWindows();

  it('is shown in the status bar with who that is and since when, and ends by itself', async () => {
    writeTree(windows.folder, { ...smallProject, ...onlyCommands });
    const page = await windows.open();
    const lock = await acquireLock(await lockKeyOf(windows.at('docs/index.md')), {
      program: 'Some other editor',
      timeoutMs: 10_000,
    });
    await runCommand(page, 'Atomic Index: Regenerate All');
    const { text, ariaLabel } = await statusBarItem(page, statusItemId, 'waiting');
    await takePicture(page, screenshotFile('waiting'));
    assert.equal(text, 'Atomic Index: waiting');
    assert.match(
      ariaLabel,
      new RegExp(
        `Some other editor \\(process ${process.pid}\\) has been at work on docs/index\\.md since \\d`,
      ),
    );
    assert.equal(readIfThere(windows.at('docs/index.md')), undefined);
    await lock.release();
    await waitForText(windows.at('docs/index.md'), 'Apple');
    await expectNoToast(page);
  });
});
