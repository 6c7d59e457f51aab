import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { recoverBatches, sweepTempFiles } from '../../src/atomic-write/index.ts';
import { allNew, allOld, batchOfFive, putOldFiles, viewOf } from '../support/batchOfFive.ts';
import { leftoversIn } from '../support/leftovers.ts';
import type { Image } from '../support/powerLoss/changes.ts';
import { imagesAfterPowerLoss } from '../support/powerLoss/disk.ts';
import { type Recording, record, type Trace } from '../support/powerLoss/trace.ts';
import { repositoryFile } from '../support/repository.ts';
import { makeTempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;

/** Memory instead of a disk where it is there: the power is cut in the model, and recoveries sync much. */
const makeWorkFolder = () =>
  fs.existsSync('/dev/shm') ? fs.mkdtempSync('/dev/shm/atomic-index-test-') : makeTempFolder();

const endOf = (trace: Trace) => (trace.at(-1)?.index ?? 0) + 1;

linuxOnly('a power cut in the middle of a batch of five files (a model of the disk, Linux)', function () {
  this.timeout(60_000);
  let recorded: { readonly folder: string; readonly before: Image; readonly recording: Recording };

  before(() => {
    const folder = makeTempFolder();
    putOldFiles(folder);
    const files = batchOfFive(folder).map((entry) => entry.path);
    const before = new Map(
      files.filter((file) => fs.existsSync(file)).map((file) => [file, fs.readFileSync(file)]),
    );
    const recording = record([repositoryFile('out/test/processes/batchOnce.js'), folder], folder);
    assert.deepEqual(viewOf(folder), allNew);
    recorded = { folder, before, recording };
    fs.rmSync(folder, { recursive: true });
  });

  /**
   * Every disk that a power cut may leave, each once, with the last call before it. Names of one folder keep their order,
   * as in every file system with a journal; without that, a file that is created exclusively, by link and unlink, could
   * lose both its names.
   */
  function allDisks(): { readonly image: Image; readonly last: number }[] {
    const { folder, before, recording } = recorded;
    const { trace } = recording;
    const disks = new Map<string, { image: Image; last: number }>();
    for (let moment = 0; moment <= endOf(trace); moment++) {
      for (const image of imagesAfterPowerLoss(trace, before, moment, 'by folder')) {
        // Without a journal nobody reads what is in temp files.
        const isFinal = [...image.keys()].some((file) => file.endsWith('-j.tmp'));
        const key = [...image]
          .map(([file, bytes]) => {
            const isRead = isFinal || !file.includes('.~ai-');
            return `${path.relative(folder, file)}:${isRead ? bytes.toString('latin1') : ''}`;
          })
          .sort()
          .join('\n');
        disks.set(key, { image, last: moment });
      }
    }
    return [...disks.values()];
  }

  /** Puts a disk into a real folder, with one file for names that share one. */
  function put(image: Image, work: string): void {
    fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(path.join(work, 'sub'), { recursive: true });
    const done = new Map<Buffer, string>();
    for (const [file, bytes] of image) {
      const copy = path.join(work, path.relative(recorded.folder, file));
      const twin = done.get(bytes);
      if (twin === undefined) fs.writeFileSync(copy, bytes);
      else fs.linkSync(twin, copy);
      done.set(bytes, copy);
    }
  }

  it('leaves, after a recovery, all files old or all new, and all new once the call has returned', async () => {
    const work = makeWorkFolder();
    const views = new Set<string>();
    const disks = allDisks();
    try {
      for (const { image, last } of disks) {
        put(image, work);
        await recoverBatches(work);
        await sweepTempFiles(work);
        await sweepTempFiles(`${work}/sub`);
        const view = viewOf(work).join();
        const names = [...image.keys()].map((file) => path.relative(recorded.folder, file)).sort();
        const isEnd = last === endOf(recorded.recording.trace);
        const allowed = isEnd ? [allNew.join()] : [allOld.join(), allNew.join()];
        assert.ok(allowed.includes(view), `${view} from ${names} after the call ${last}`);
        assert.deepEqual(leftoversIn(work), []);
        views.add(view);
      }
    } finally {
      fs.rmSync(work, { recursive: true, force: true });
    }
    assert.deepEqual([...views].sort(), [allNew.join(), allOld.join()]);
    assert.ok(disks.length > 20, `only ${disks.length} disks`);
  });
});
