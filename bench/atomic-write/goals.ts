import picomatch from 'picomatch';
import { tempFileGlob } from '../../src/atomic-write/index.ts';
import type { Row } from './compare.ts';
import { ifChanged } from './contenders.ts';
import type { Results } from './report.ts';

export type Verdict = {
  readonly goal: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean;
};

const ours = 'atomic-index full';

function rowOf(rows: readonly Row[], name: string): Row {
  const row = rows.find((one) => one.name === name);
  if (row === undefined) throw new Error(`${name} was not measured.`);
  return row;
}

function atMost(goal: string, limit: number, measured: number, unit = ''): Verdict {
  return {
    goal,
    wanted: `<= ${limit}${unit}`,
    measured: `${round(measured)}${unit}`,
    isMet: measured <= limit,
  };
}

function atLeast(goal: string, limit: number, measured: number, unit = 'x'): Verdict {
  return {
    goal,
    wanted: `>= ${limit}${unit}`,
    measured: `${round(measured)}${unit}`,
    isMet: measured >= limit,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Holds the results against what the atomic write is meant to reach. */
export function judge(results: Results): Verdict[] {
  const { inMemory, alone, atOnce, manyFiles, systemCalls, events } = results;
  const ownEvents = events[ours];
  const isTemp = picomatch(tempFileGlob, { dot: true });
  const stray = ownEvents?.tempNames.filter((name) => !isTemp(name)) ?? [];
  const rateOf = (name: string) => rowOf(manyFiles, name).rate.median;
  const folderRate = rowOf(alone, 'raw callbacks + folder').rate.median;
  const unchangedEvents = (events[ifChanged]?.temp ?? 1) + (events[ifChanged]?.target ?? 1);
  return [
    atMost(
      'CPU of one write in memory, file synced',
      1.5,
      rowOf(inMemory, 'atomic-index data').cpu.median,
      'x',
    ),
    atMost(
      'CPU of one write in memory, file and folder synced, against raw callbacks without the folder',
      1.5,
      rowOf(inMemory, ours).cpu.median,
      'x',
    ),
    atMost(
      'system calls of one overwrite, without the folder’s',
      8,
      systemCalls[ours]?.ofFiles ?? Number.NaN,
    ),
    atLeast('rate alone, file synced', 0.9, rowOf(alone, 'atomic-index data').rate.median),
    atLeast(
      'rate alone, file and folder synced, against the same by hand',
      0.9,
      rowOf(alone, ours).rate.median / folderRate,
    ),
    atLeast(
      '64 at once with the folder sync, against raw callbacks without',
      0.95,
      rowOf(atOnce, ours).rate.median,
    ),
    atLeast(
      '64 unchanged files of 10 KB against durable writes one by one',
      20,
      rateOf('unchanged, one by one'),
    ),
    atMost('watcher events of an unchanged file', 0, unchangedEvents),
    atMost('watcher events of the temp file', 3, ownEvents?.temp ?? Number.NaN),
    atMost('watcher events of the target', 1, ownEvents?.target ?? Number.NaN),
    atMost('temp files that the one glob doesn’t match', 0, stray.length),
    ...judgeBatch(manyFiles),
  ];
}

function judgeBatch(rows: readonly Row[]): Verdict[] {
  const rateOf = (name: string) => rowOf(rows, name).rate.median;
  if (!rows.some(({ name }) => name === 'durable, as one batch')) return [];
  return [
    atLeast('64 files as one batch against durable writes one by one', 4, rateOf('durable, as one batch')),
    atMost(
      '64 files as one batch against 64 at once without the folder sync, time',
      1.3,
      rateOf('without the folder sync, at once') / rateOf('durable, as one batch'),
      'x',
    ),
  ];
}
