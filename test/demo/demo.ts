/**
 * Shows the extension at work in a real VS Code, on a copy of the example project: `npm run demo`.
 *
 * With a desktop VS Code (`VSCODE_EXECUTABLE_PATH`, or `code` on the path) and a display that one is opened and stays
 * open; otherwise the offline host is driven as a user would, and a screenshot is left.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { repositoryFile } from '../support/repository.ts';
import { readTree } from '../support/tree.ts';
import { findDesktop, runInDesktop } from './desktop.ts';
import { runOffline } from './offline.ts';

const outputs = [
  'docs/index.md',
  'packages/chart/src/index.ts',
  'packages/tides/src/index.ts',
  'site/index.html',
];

const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'atomic-index-demo-')));
const folder = path.join(scratch, 'harbour');

/** Prints what was written since `before`, and tells whether every output is there and up to date. */
function isAsItShouldBe(before: Readonly<Record<string, string>>): boolean {
  const after = readTree(folder);
  const written = Object.keys(after).filter((name) => after[name] !== before[name]);
  console.log('\nWritten:');
  for (const name of written) {
    console.log(`  ${name.padEnd(32)} ${String(statSync(path.join(folder, name)).size).padStart(6)} bytes`);
  }
  const missing = outputs.filter((name) => !written.includes(name));
  if (missing.length > 0) {
    console.error(`Not written: ${missing.join(', ')}`);
    return false;
  }
  try {
    // The command-line tool looks at the same project: it finds nothing more to do.
    execFileSync(process.execPath, [repositoryFile('dist', 'cli.mjs'), 'check', folder], { stdio: 'pipe' });
    return true;
  } catch (error) {
    console.error('`atomic-index check` does not agree:', error instanceof Error ? error.message : error);
    return false;
  }
}

try {
  cpSync(repositoryFile('examples'), folder, { recursive: true });
  const before = readTree(folder);
  const desktop = findDesktop();
  const run = desktop === undefined ? runOffline(folder) : runInDesktop(desktop, folder, scratch, outputs);
  await run;
  process.exitCode = isAsItShouldBe(before) ? 0 : 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
