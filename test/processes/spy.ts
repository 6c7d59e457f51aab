/**
 * Looks into a folder all the time and tries to read what is there, as nobody when it is root: `node spy.js <folder>`.
 * Prints a line when it has begun, and a `SpyReport` as JSON when its input ends.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

export type SpyReport = {
  /** Names whose permissions let the group or others do anything. */
  readonly open: readonly string[];
  /** Names that could be read although the reader is not the owner. */
  readonly read: readonly string[];
  readonly looks: number;
  /** How often another file than `a.txt` was met. */
  readonly tempFiles: number;
};

const [folder = ''] = process.argv.slice(2);
const isRoot = process.getuid?.() === 0;
if (isRoot) {
  process.setgroups?.([]);
  process.setgid?.(65_534);
  process.setuid?.(65_534);
}

const open = new Set<string>();
const read = new Set<string>();
let looks = 0;
let tempFiles = 0;

function look(): void {
  looks++;
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    try {
      const stats = fs.lstatSync(file);
      if (name !== 'a.txt') tempFiles++;
      if ((stats.mode & 0o077) !== 0) open.add(name);
      if (!isRoot) continue;
      fs.readFileSync(file);
      read.add(name);
    } catch {
      // Gone meanwhile, or closed to us as it should be.
    }
  }
}

let isEnded = false;
process.stdin.resume().on('end', () => {
  isEnded = true;
});
console.log('looking');
while (!isEnded) {
  for (let n = 0; n < 50; n++) look();
  await new Promise((resolve) => setImmediate(resolve));
}
const report: SpyReport = { open: [...open], read: [...read], looks, tempFiles };
console.log(JSON.stringify(report));
