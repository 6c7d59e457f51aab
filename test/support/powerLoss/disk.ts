/**
 * What may be found on a disk after a power cut.
 *
 * Only what was synced is sure. Of a file's other bytes any part may be there, as may zeros or garbage in their place.
 * Names come in one of three models. `ordered`, like a journal (ext4, data=ordered, but without its help for renames):
 * what is there is the changes up to some moment. `by folder`: the same for each folder by itself. `reordered`: any set of
 * changes that were not synced may be missing, even the half of a rename that takes the old name away. POSIX promises no
 * more than that.
 */
import {
  type Changes,
  changesOf,
  folderInode,
  folderOf,
  type Image,
  type Inode,
  isSynced,
} from './changes.ts';
import type { Trace } from './trace.ts';

export type Model = 'ordered' | 'by folder' | 'reordered';

/** More combinations than this are not tried all, but one file at a time. */
const maxCombinations = 256;
/** Sets of missing names: all of them up to so many unsynced changes, then each one and each pair. */
const maxFreeChanges = 10;

/** Gives every disk that a power cut may leave when the calls before the index `end` had returned. */
export function* imagesAfterPowerLoss(
  trace: Trace,
  before: Image,
  end: number,
  model: Model,
): Generator<Image> {
  const changes = changesOf(
    trace.filter(({ index }) => index < end),
    before,
  );
  for (const isMissing of missingNames(changes, end, model)) {
    const names = new Map(changes.names);
    changes.nameChanges.forEach(({ path, inode }, n) => {
      if (isMissing(n)) return;
      if (inode === null) names.delete(path);
      else names.set(path, inode);
    });
    yield* withContents(visibleFiles(names, changes), changes, end);
  }
}

/** Ways in which changes of names can be missing: functions that tell of a change's number whether it is. */
function* missingNames(changes: Changes, end: number, model: Model): Generator<(n: number) => boolean> {
  const all = changes.nameChanges;
  const isSafe = all.map(({ index, path }) => isSynced(changes, index, folderOf(path), end));
  if (model !== 'reordered') {
    yield* missingEnds(changes, isSafe, (path) => (model === 'ordered' ? '' : folderOf(path)));
    return;
  }
  const free = all.map((_, n) => n).filter((n) => isSafe[n] !== true);
  for (const missing of subsets(free)) {
    // The new name is there before the old one goes.
    const isHalf = (n: number) => all[n]?.inode === null && all[n - 1]?.index === all[n]?.index;
    yield (n) => missing.has(n) || (isHalf(n) && missing.has(n - 1) && isSafe[n] !== true);
  }
}

function* subsets(free: readonly number[]): Generator<ReadonlySet<number>> {
  if (free.length <= maxFreeChanges) {
    for (let set = 0; set < 1 << free.length; set++)
      yield new Set(free.filter((_, bit) => (set & (1 << bit)) !== 0));
    return;
  }
  yield new Set();
  yield new Set(free);
  for (const first of free)
    for (const second of free) {
      yield new Set([first, second]);
      yield new Set(free.filter((n) => n !== first && n !== second));
    }
}

/** A journal holds whole calls in their order, so what is safe takes all before it along. One journal for each group. */
function* missingEnds(
  changes: Changes,
  isSafe: readonly boolean[],
  groupOf: (path: string) => string,
): Generator<(n: number) => boolean> {
  const all = changes.nameChanges;
  const groups = [...new Set(all.map(({ path }) => groupOf(path)))];
  const momentsOf = (group: string): number[] => {
    const own = all.flatMap((change, n) =>
      groupOf(change.path) === group ? [{ ...change, isSafe: isSafe[n] }] : [],
    );
    const lastSafe = own.findLast((change) => change.isSafe === true)?.index ?? -1;
    return [lastSafe, ...new Set(own.map(({ index }) => index).filter((index) => index > lastSafe))];
  };
  let ends: readonly ReadonlyMap<string, number>[] = [new Map()];
  for (const group of groups)
    ends = ends.flatMap((end) => momentsOf(group).map((moment) => new Map([...end, [group, moment]])));
  for (const end of ends)
    yield (n) => {
      const change = all[n];
      return change !== undefined && change.index > (end.get(groupOf(change.path)) ?? -1);
    };
}

/** Files whose folders are there too. */
function visibleFiles(names: ReadonlyMap<string, Inode>, changes: Changes): [string, Inode][] {
  const made = new Set(
    changes.nameChanges.filter(({ inode }) => inode === folderInode).map(({ path }) => path),
  );
  const isReachable = (path: string): boolean => {
    const folder = folderOf(path);
    return folder === path || ((!made.has(folder) || names.has(folder)) && isReachable(folder));
  };
  return [...names].filter(([path, inode]) => inode !== folderInode && isReachable(path));
}

/** All that may be in one file. */
function contentsOf(inode: Inode, changes: Changes, end: number): Buffer[] {
  const done = changes.dataChanges.get(inode) ?? [];
  const isFree = (index: number) => !isSynced(changes, index, inode, end);
  const firstFree = done.findIndex(({ index }) => isFree(index));
  const states = [changes.contents.get(inode) ?? Buffer.alloc(0)];
  for (const { apply } of done) states.push(apply(states.at(-1) ?? Buffer.alloc(0)));
  if (firstFree === -1) return states.slice(-1);
  const found = states.slice(firstFree);
  const base = states[firstFree] ?? Buffer.alloc(0);
  const full = states.at(-1) ?? Buffer.alloc(0);
  const grown = full.length - base.length;
  for (const length of [1, 4096, Math.floor(grown / 2), grown - 1])
    if (length > 0 && length < grown) found.push(full.subarray(0, base.length + length));
  // The new length may be there before the bytes, and later blocks before earlier ones.
  const start = Math.min(base.length, full.length);
  const middle = Math.floor((start + full.length) / 2);
  for (const [from, to] of [
    [start, full.length],
    [middle, full.length],
    [start, middle],
  ])
    for (const filling of [0, 0xa5]) found.push(Buffer.from(full).fill(filling, from, to));
  return found.filter((one, n) => found.findIndex((other) => other.equals(one)) === n);
}

function* withContents(files: readonly [string, Inode][], changes: Changes, end: number): Generator<Image> {
  const inodes = [...new Set(files.map(([, inode]) => inode))];
  const choices = inodes.map((inode) => contentsOf(inode, changes, end));
  const show = (chosen: readonly (Buffer | undefined)[]): Image =>
    new Map(files.map(([path, inode]) => [path, chosen[inodes.indexOf(inode)] ?? Buffer.alloc(0)]));
  const count = choices.reduce((product, one) => product * one.length, 1);
  if (count <= maxCombinations) {
    for (let n = 0; n < count; n++) {
      let rest = n;
      yield show(
        choices.map((one) => {
          const chosen = one[rest % one.length];
          rest = Math.floor(rest / one.length);
          return chosen;
        }),
      );
    }
    return;
  }
  // The first is the least that may be there; each file is then varied beside others of the least and of the most.
  for (const others of [0, -1])
    for (const [varied, one] of choices.entries())
      for (const content of one)
        yield show(choices.map((choice, n) => (n === varied ? content : choice.at(others))));
}
