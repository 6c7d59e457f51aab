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
// Each turn of the event loop once: one of these comes when the folder is open and its sync has been asked for.
while (!isFirstOver) {
  all.push(syncAndTell());
  await setImmediate();
}
console.log(JSON.stringify([...(await Promise.all(all)), await syncAndTell()]));
