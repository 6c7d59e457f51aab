import * as path from 'node:path';
import { sweepTempFiles } from './sweep.ts';

type Look = { readonly at: number; readonly hasRecovered: Promise<boolean> };

/** A process that lives for days, such as an editor, must not miss what others leave in the meantime. */
const lookAgainAfterMs = 60_000;
const mostFolders = 1_000;
const looks = new Map<string, Look>();

/**
 * Removes the leftovers in a folder and finishes killed batches before this process's first write there, and once a
 * minute after that. Tells whether files were changed by that. Throws nothing: a write must not fail because of
 * somebody else's leftovers.
 *
 * Must not be awaited while holding a target's path queue, which recovery needs.
 */
export function sweepBeforeWrite(folder: string, options: { readonly sweep?: boolean }): Promise<boolean> {
  if (options.sweep === false) return Promise.resolve(false);
  const key = path.resolve(folder);
  const now = performance.now();
  const last = looks.get(key);
  if (last !== undefined && now - last.at < lookAgainAfterMs) return last.hasRecovered;
  if (looks.size >= mostFolders) looks.clear();
  // A folder that doesn't exist yet has no leftovers; one that can't be read keeps them.
  const hasRecovered = sweepTempFiles(folder).then(
    ({ recovered }) => recovered.length > 0,
    () => false,
  );
  looks.set(key, { at: now, hasRecovered });
  return hasRecovered;
}
