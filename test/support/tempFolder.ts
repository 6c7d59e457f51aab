import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { leftoversIn } from './leftovers.ts';

export type TempFolder = { readonly path: string; at(...parts: string[]): string };

/** Makes a folder outside the repository; the caller removes it. */
export function makeTempFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), 'atomic-index-test-')));
}

/**
 * Gives each test of the enclosing `describe` a fresh folder and removes it afterwards. A test that leaves a temp file
 * in it fails, unless leaving one is what it is about.
 */
export function useTempFolder(options: { readonly mayLeaveTempFiles?: boolean } = {}): TempFolder {
  let folder = '';
  beforeEach(() => {
    folder = makeTempFolder();
  });
  afterEach(() => {
    const leftovers = leftoversIn(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    if (options.mayLeaveTempFiles !== true) assert.deepEqual(leftovers, [], 'temp files were left');
  });
  return {
    get path() {
      return folder;
    },
    at: (...parts) => path.join(folder, ...parts),
  };
}
