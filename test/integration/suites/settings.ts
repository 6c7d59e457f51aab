import * as assert from 'node:assert/strict';
import { editAndSave, open, setText } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { outcomesIn, run, runs, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import {
  eventsOf,
  freshWorkspace,
  startAutomaticRuns,
  untilWatched,
  withSetting,
} from '../support/freshWorkspace.ts';

/** About the settings, which are read when they are needed. */
export function settingsSuite(): void {
  describe('settings', () => {
    let folder: Folder;
    const indexShows = (pattern: RegExp) =>
      eventually(async () => assert.match(await folder.read('docs/index.md'), pattern));
    // Runs that were asked for begin at once then, so that one that didn't come would have come.
    const atOnce = (body: () => Promise<void>) => withSetting('atomicIndex.debounceMs', 0, body);

    beforeEach(async () => {
      folder = await freshWorkspace();
      await startAutomaticRuns(folder);
    });

    it('enabled: off leaves the commands only', async () => {
      await atOnce(() =>
        withSetting('atomicIndex.enabled', false, async () => {
          await editAndSave(folder.uri('docs/apple.md'), '# Quiet apple\n');
          await folder.write('docs/pear.md', '# Quiet pear\n');
          await untilWatched(folder);
          assert.deepEqual(runs, []);
          await run('regenerateAll');
          await indexShows(/Quiet apple/);
        }),
      );
    });

    it('runOn.save: off ignores saves, and their file events too', async () => {
      await atOnce(() =>
        withSetting('atomicIndex.runOn.save', 'off', async () => {
          await editAndSave(folder.uri('docs/apple.md'), '# Unnoticed apple\n');
          await eventually(() => assert.ok(eventsOf(folder.path('docs/apple.md')) > 0));
          await untilWatched(folder);
          assert.deepEqual(runs, []);
          await folder.write('docs/cherry.md', '# Noticed cherry\n');
          await indexShows(/Noticed cherry/);
        }),
      );
    });

    for (const runOn of ['manualSave', 'anySave']) {
      it(`runOn.save: ${runOn} ${runOn === 'anySave' ? 'follows' : 'ignores'} an automatic save`, async () => {
        await atOnce(() =>
          withSetting('atomicIndex.runOn.save', runOn, async () => {
            await withSetting('files.autoSaveDelay', 50, () =>
              withSetting('files.autoSave', 'afterDelay', async () => {
                const document = await open(folder.uri('docs/apple.md'));
                await setText(document, `# Automatic ${runOn}\n`);
                await eventually(() => assert.equal(document.isDirty, false));
              }),
            );
            assert.match(await folder.read('docs/apple.md'), /Automatic/);
            if (runOn === 'anySave') await indexShows(/Automatic anySave/);
            await untilWatched(folder);
            const count = runs.filter((report) => outcomesIn([report]).length > 0).length;
            if (runOn === 'manualSave') assert.equal(count, 0);
          }),
        );
      });
    }

    it('runOn.fileChange: off follows saves only', async () => {
      await atOnce(() =>
        withSetting('atomicIndex.runOn.fileChange', false, async () => {
          await folder.write('docs/cherry.md', '# Overlooked cherry\n');
          await untilWatched(folder);
          assert.deepEqual(runs, []);
          await editAndSave(folder.uri('docs/apple.md'), '# Followed apple\n');
          await indexShows(/Followed apple/);
        }),
      );
    });

    it('maxFilesPerScan: a scan of more files stops and says so', async () => {
      await withSetting('atomicIndex.maxFilesPerScan', 1, async () => {
        const reports = await run('regenerateAll');
        assert.ok(outcomesIn(reports).includes('docs/index.md: failed'));
        assert.match(shown.notices[0]?.message ?? '', /more than 1 files/);
      });
    });

    it('notify: never keeps even failures out of the way', async () => {
      await folder.remove('docs');
      await withSetting('atomicIndex.notify', 'never', async () => {
        await run('regenerateAll');
        assert.deepEqual(shown.notices, []);
      });
    });
  });
}
