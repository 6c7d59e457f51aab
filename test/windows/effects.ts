import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { poll } from '../host/poll.ts';
import { readIfThere } from '../ui/support/files.ts';
import { freshTexts } from './fresh.ts';
import type { Stage } from './round.ts';
import { projectsOf } from './scenarios.ts';
import type { Output } from './tree.ts';
import type { DrivenWindow } from './windows.ts';

/** A text that stands in a window's editor and not on the disk. */
export type Unsaved = { readonly window: DrivenWindow; readonly file: string; readonly text: string };

const limitMs = 60_000;
let fences = 0;

/** Waits until outputs are what a fresh run on a copy makes, and gives the texts by file. */
export async function untilFresh(
  { tree, scenario }: Pick<Stage, 'tree' | 'scenario'>,
  outputs: readonly Output[],
): Promise<ReadonlyMap<string, string>> {
  const fresh = await freshTexts(tree, projectsOf(scenario));
  const isFresh = ({ file }: Output): boolean => readIfThere(file) === fresh.get(file);
  await poll('the outputs are up to date', limitMs, async () => outputs.every(isFresh)).catch(
    () => undefined,
  );
  for (const { file } of outputs)
    assert.equal(readIfThere(file), fresh.get(file), `${file} differs from a fresh run`);
  return fresh;
}

/** Waits until every document of an output, in whatever window, shows what is on the disk. */
export async function expectEditorsShow({ windows, outputs }: Stage): Promise<void> {
  for (const window of windows) {
    for (const { file } of outputs) {
      let shown: string | undefined;
      await poll(`${window.name} shows ${file}`, limitMs, async () => {
        const found = await (await window.link()).request('read', { file });
        if (found === null) return true;
        shown = `${found.isDirty ? 'unsaved ' : ''}${found.text}`;
        return shown === readFileSync(file, 'utf8');
      }).catch(() => assert.equal(shown, readFileSync(file, 'utf8'), `${window.name} shows an old ${file}`));
    }
  }
}

/** Waits until the watchers of all windows have told of everything that was done before. */
export async function untilWatched({ windows, tree }: Stage): Promise<void> {
  // The product ignores this name, as one of its temp files.
  const fence = path.join(tree.pier, `.~ai-fence-${++fences}.tmp`);
  for (const window of windows) {
    await poll(`${window.name} watches ${tree.pier}`, limitMs, async () => {
      const { count } = await (await window.link()).request('events', { file: fence });
      if (count > 0) return true;
      writeFileSync(fence, String(Math.random()));
      return false;
    });
  }
  rmSync(fence, { force: true });
}
