import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { closeBrowser } from '../host/browser.ts';
import { startServer } from '../host/server.ts';
import { extensionPayload, openWindow } from '../host/window.ts';
import { prepareWorkspace } from '../integration/workspaces.ts';
import type { SuiteCounts } from '../support/countingReporter.ts';
import { repositoryFolder } from '../support/repository.ts';
import { addCounts, integrationBundle, readResult } from './integrationTests.ts';

const limitMs = 10 * 60_000;

/** Runs the tests for two windows in windows of one offline server, as the windows of one program are. */
export async function runInOneServer(
  version: string,
  windows: readonly string[],
  folder: string,
): Promise<SuiteCounts> {
  const workspace = await prepareWorkspace('two-windows', folder);
  const barriers = path.join(folder, 'barriers');
  await mkdir(barriers);
  const server = await startServer({
    version,
    userDataDir: path.join(folder, 'server'),
    smokeTestDriver: true,
    env: { ATOMIC_INDEX_SUITE: 'two-windows', BARRIER_FOLDER: barriers },
  });
  try {
    const runs = windows.map(async (window) => {
      const resultFile = path.join(folder, `result-${window}.json`);
      // The windows share the server's environment, so what differs comes with the file that each loads.
      const testsPath = path.join(folder, `window-${window}.cjs`);
      const env = JSON.stringify({ WINDOW: window, TEST_RESULTS: resultFile });
      await writeFile(
        testsPath,
        `Object.assign(process.env, ${env});\nmodule.exports = require(${JSON.stringify(integrationBundle)});\n`,
      );
      const payload = extensionPayload(server, [repositoryFolder], testsPath);
      const { page, testsEnded, consoleLines } = await openWindow(server, { folder: workspace, payload });
      const exitCode = await withLimit(testsEnded);
      if (exitCode !== 0) {
        console.error(`The last console lines of window ${window}:\n${consoleLines.slice(-50).join('\n')}`);
      }
      await page.close();
      return readResult(resultFile, exitCode);
    });
    return addCounts(await Promise.all(runs));
  } finally {
    await server.close();
    await closeBrowser();
  }
}

async function withLimit(testsEnded: Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<number>((resolve) => {
    timer = setTimeout(resolve, limitMs, 124);
  });
  try {
    return await Promise.race([testsEnded, limit]);
  } finally {
    clearTimeout(timer);
  }
}
