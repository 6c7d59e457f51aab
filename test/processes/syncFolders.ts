/**
 * Syncs a folder again and again while the first sync is going on, and once more after all have ended. Prints as JSON
 * how each ended: `node syncFolders.js <folder>`.
 */
import { setImmediate } from 'node:timers/promises';
import { codeOf } from '../../src/atomic-write/errors.ts';
import { syncFolder } from '../../src/atomic-write/syncFolder.ts';

const [folder = ''] = process.argv.slice(2);
const syncAndTell = () => syncFolder(folder).catch(codeOf);
let isFirstOver = false;
const first = syncAndTell().finally(() => {
  isFirstOver = true;
});
const all: Promise<boolean | string>[] = [first];
// One of these comes when the folder is open and its sync has been asked for: where it is opened at once, after some
// steps in the same turn of the event loop, in which no sync can end; else in a later turn.
while (!isFirstOver) {
  all.push(syncAndTell());
  for (let step = 0; step < 20; step++) await null;
  all.push(syncAndTell());
  await setImmediate();
}
console.log(JSON.stringify([...(await Promise.all(all)), await syncAndTell()]));
