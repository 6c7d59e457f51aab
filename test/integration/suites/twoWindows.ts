import * as assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { provenanceOf } from '../../../src/core/provenance.ts';
import { eventually } from '../support/eventually.ts';
import { outcomesIn, run, shown } from '../support/extensionUnderTest.ts';
import type { Folder } from '../support/folder.ts';
import { workspaceFolder } from '../support/freshWorkspace.ts';

const rounds = 50;
const barrierLimitMs = 60_000;

/** About two windows on one folder that regenerate at once; runs in both of them. */
export function twoWindowsSuite(): void {
  describe('two windows on one folder', () => {
    const own = process.env['WINDOW'] ?? '';
    const other = own === '1' ? '2' : '1';
    const barriers = process.env['BARRIER_FOLDER'] ?? '';

    const meet = async (place: string): Promise<void> => {
      writeFileSync(path.join(barriers, `${place}-${own}`), '');
      await eventually(() => {
        assert.ok(
          existsSync(path.join(barriers, `${place}-${other}`)),
          `window ${other} never came to ${place}`,
        );
      }, barrierLimitMs);
    };

    before(async () => {
      assert.ok((own === '1' || own === '2') && barriers !== '', 'WINDOW and BARRIER_FOLDER are not set');
      await meet('start');
    });

    it(`regenerate ${rounds} times at once, and every file is whole and right`, async function () {
      this.timeout(8 * 60_000);
      const folder = workspaceFolder();
      const reading = readAllTheTime(folder, 'docs/index.md');
      try {
        for (let round = 1; round <= rounds; round++) {
          await folder.write(`docs/window-${own}.md`, `# Round ${round} of window ${own}\n`);
          await folder.write(`docs/more-${own}-${round}.md`, `# More ${round}\n`);
          await meet(`written-${round}`);
          const reports = await run('regenerateAll');
          for (const line of outcomesIn(reports)) assert.match(line, /: (created|updated|unchanged)$/);
          await meet(`regenerated-${round}`);
          const text = await folder.read('docs/index.md');
          for (const window of [1, 2]) {
            assert.ok(
              text.includes(`Round ${round} of window ${window}`),
              `round ${round} lacks window ${window}`,
            );
            assert.ok(text.includes(`](more-${window}-${round}.md)`), `round ${round} lacks the new page`);
          }
          assert.deepEqual(outcomesIn(await run('check')), ['docs/index.md: unchanged']);
          await meet(`checked-${round}`);
        }
      } finally {
        reading.stop();
      }
      assert.deepEqual(await reading.broken, []);
      assert.ok((await reading.count) > rounds, 'the file was hardly ever read');
      await meet('end');
      assert.deepEqual(await folder.tempFiles(), []);
      assert.deepEqual(shown.notices, []);
    });
  });
}

/** Reads a file over and over and keeps every text that is not exactly one that was written. */
function readAllTheTime(folder: Folder, relativePath: string) {
  let isStopped = false;
  let count = 0;
  const broken = (async () => {
    const found: string[] = [];
    while (!isStopped) {
      const text = folder.has(relativePath) ? await folder.read(relativePath).catch(String) : undefined;
      if (text !== undefined) {
        count++;
        if (provenanceOf(text) !== 'generated') found.push(text);
      }
      await nextTurn();
    }
    return found;
  })();
  return {
    broken,
    count: broken.then(() => count),
    stop: () => {
      isStopped = true;
    },
  };
}
