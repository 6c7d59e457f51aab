import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { offlineVersions } from '../../host/install.ts';
import { packageVsix } from '../../package/vsix.ts';
import { leftoversIn } from '../../support/leftovers.ts';
import { repositoryFile } from '../../support/repository.ts';
import { writeTree } from '../../support/tree.ts';
import { toasts, waitReady } from '../driver/driver.ts';
import { startUiSession, type UiSession } from '../driver/session.ts';
import { takePicture } from './picture.ts';

/** The VS Code that the tests of this process drive. */
export const vscodeVersion = process.env['ATOMIC_INDEX_VSCODE_VERSION'] || offlineVersions[1];

/** The status bar item of the extension, as VS Code names it. */
export const statusItemId = 'atomic-index.atomic-index.atomicIndex.status';

/** Workspace settings by which nothing runs but commands. */
export const onlyCommands = { '.vscode/settings.json': '{ "atomicIndex.enabled": false }\n' };

/** A project of a few pages, for tests that bring their own. */
export const smallProject = {
  'atomic-index.json': '{ "targets": [{ "generator": "markdown-index", "folder": "docs" }] }\n',
  'docs/apple.md': '# Apple\n',
  'docs/pear.md': '# Pear\n',
};

export type Windows = {
  /** The folder of this test; empty at first. */
  readonly folder: string;
  at(...parts: string[]): string;
  /** Opens the folder in one more window, and waits for the extension if it has a project file. */
  open(options?: { readonly waitFor?: 'extension' | 'workbench' }): Promise<Page>;
};

const shared = new Map<string, Promise<UiSession>>();
let scratch = '';
let vsix: Promise<string> | undefined;

before(() => {
  scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'atomic-index-ui-')));
});

after(async function () {
  this.timeout(60_000);
  for (const session of shared.values()) await (await session).close();
  shared.clear();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
});

/**
 * Gives each test of the enclosing `describe` an empty folder and windows with the packaged extension, all of one
 * server. Afterwards the windows are closed and no temp file may be left; a failed test leaves screenshots.
 */
export function useWindows(options: { readonly trust?: 'off' | 'on' } = {}): Windows {
  let folder = '';
  const pages: Page[] = [];
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(scratch, 'test-')), 'harbour');
    mkdirSync(folder);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      const name = this.currentTest.fullTitle().replaceAll(/\W+/g, '-').slice(0, 100);
      for (const [index, page] of pages.entries())
        await takePicture(page, screenshotFile(`failed-${name}-${index + 1}`));
    }
    for (const page of pages.splice(0)) await page.context().close();
    assert.deepEqual(leftoversIn(folder), [], 'temp files were left');
  });
  return {
    get folder() {
      return folder;
    },
    at: (...parts) => path.join(folder, ...parts),
    open: async ({ waitFor = 'extension' } = {}) => {
      const session = await sharedSession(options.trust ?? 'off');
      const { page } = await session.openWindow({ folder });
      pages.push(page);
      await waitReady(page, waitFor === 'extension' ? statusItemId : undefined);
      return page;
    },
  };
}

/** Fills the folder of a test with the example project, and more files if given. */
export function copyExamples(folder: string, files: Readonly<Record<string, string>> = {}): void {
  cpSync(repositoryFile('examples'), folder, { recursive: true });
  writeTree(folder, files);
}

/** The file of a screenshot that people may look at. */
export function screenshotFile(name: string): string {
  return repositoryFile('test-results', vscodeVersion, `${name}.png`);
}

/** Fails when a notification is on the screen; the progress of a run that a busy machine makes long is none. */
export async function expectNoToast(page: Page): Promise<void> {
  const shown = await toasts(page);
  assert.deepEqual(
    shown.filter((text) => !text.startsWith('Regenerating')),
    [],
  );
}

function sharedSession(trust: 'off' | 'on'): Promise<UiSession> {
  vsix ??= Promise.resolve(
    process.env['ATOMIC_INDEX_VSIX'] || packageVsix(path.join(scratch, 'extension.vsix')),
  );
  const session =
    shared.get(trust) ??
    vsix.then((file) => startUiSession({ version: vscodeVersion, installVsix: [file], trust }));
  shared.set(trust, session);
  return session;
}
