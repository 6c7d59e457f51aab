/**
 * Compares the atomic write with others and with the bare system calls: `npm run bench:write`.
 *
 *   --rounds <n>       rounds of the comparison in memory, a third of those on disk; default 11
 *   --disk <folder>    a folder on the disk to measure; default the system's folder for temporary files
 *   --sync-ms <n>      instead of the real disk, one in memory whose syncs take so long
 *   --memory <folder>  a folder in memory; default /dev/shm
 *
 * Prints tables in Markdown, and the same numbers as one line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import * as atomicWrite from '../../src/atomic-write/index.ts';
import { compare, type Task } from './compare.ts';
import { batch, contenders, ifChanged } from './contenders.ts';
import { countEvents, type Events } from './events.ts';
import { judge } from './goals.ts';
import { type Environment, Participant } from './participant.ts';
import { buildSlowSync, buildWatcher } from './programs.ts';
import { type Results, toMarkdown } from './report.ts';
import { countSystemCalls, type SystemCalls } from './systemCalls.ts';
import { prepare, type Work } from './work.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '11' },
    disk: { type: 'string', default: tmpdir() },
    'sync-ms': { type: 'string' },
    memory: { type: 'string', default: '/dev/shm' },
  },
});
const rounds = Number(values.rounds);
// Time is noisier than processor time. Short pieces of work in many rounds keep what is compared close together.
const roundsOnDisk = rounds * 3;
const names = contenders.map(({ name }) => name).filter((name) => name !== ifChanged && name !== batch);
const kilobyte = 1024;

/** The same work for every contender that replaces files one at a time. */
function forAll(work: Omit<Work, 'folder' | 'bytesPerFile' | 'isSameContent'>): Task[] {
  return names.map((name) => ({
    name,
    contender: name,
    work: { ...work, bytesPerFile: kilobyte, isSameContent: false },
  }));
}

/** 64 files of 10 KB, as a run of the generators might write: the yardstick here is one durable write after another. */
function manyFiles(hasBatch: boolean): Task[] {
  const all = { files: 64, repeats: 1, bytesPerFile: 10 * kilobyte, isSameContent: false };
  const durable = 'atomic-index full';
  const tasks: Task[] = [
    { name: 'durable, one by one', contender: durable, work: { ...all, order: 'one by one' } },
    { name: 'durable, at once', contender: durable, work: { ...all, order: 'at once' } },
    { name: 'durable, as one batch', contender: batch, work: { ...all, order: 'at once' } },
    {
      name: 'without the folder sync, at once',
      contender: 'atomic-index data',
      work: { ...all, order: 'at once' },
    },
    {
      name: 'unchanged, one by one',
      contender: ifChanged,
      work: { ...all, order: 'one by one', isSameContent: true },
    },
    {
      name: 'unchanged, at once',
      contender: ifChanged,
      work: { ...all, order: 'at once', isSameContent: true },
    },
  ];
  return tasks.filter(({ contender }) => hasBatch || contender !== batch);
}

async function countAllSystemCalls(root: string): Promise<Record<string, SystemCalls>> {
  const counts: Record<string, SystemCalls> = {};
  for (const contender of contenders) {
    if (contender.name === batch) continue;
    const isSameContent = contender.name === ifChanged;
    const work: Work = {
      folder: root,
      files: 1,
      repeats: 40,
      bytesPerFile: kilobyte,
      order: 'one by one',
      isSameContent,
    };
    counts[contender.name] = await countSystemCalls(contender, work);
  }
  return counts;
}

async function countAllEvents(root: string): Promise<Record<string, Events>> {
  const watcher = buildWatcher();
  const counts: Record<string, Events> = {};
  for (const [number, contender] of contenders.entries()) {
    if (contender.name === batch) continue;
    const isSameContent = contender.name === ifChanged;
    const work: Work = {
      folder: `${root}/${number}`,
      files: 1,
      repeats: 20,
      bytesPerFile: kilobyte,
      order: 'one by one',
      isSameContent,
    };
    const participant = new Participant(contender);
    counts[contender.name] = await countEvents(watcher, participant, work);
    await participant.end();
  }
  return counts;
}

/** The most memory, in megabytes, of a new process that overwrites 64 files of 10 KB at once, five times. */
async function measureMemory(root: string): Promise<Record<string, number>> {
  const megabytes: Record<string, number> = {};
  for (const [number, contender] of contenders.entries()) {
    if (contender.name === batch) continue;
    const participant = new Participant(contender);
    const work: Work = {
      folder: `${root}/${number}`,
      files: 64,
      repeats: 5,
      bytesPerFile: 10 * kilobyte,
      order: 'at once',
      isSameContent: false,
    };
    prepare(work);
    megabytes[contender.name] = (await participant.do(work)).maxRssKb / 1024;
    await participant.end();
  }
  return megabytes;
}

const syncMs = values['sync-ms'];
const env: Environment = syncMs === undefined ? {} : { LD_PRELOAD: buildSlowSync(), SYNC_MS: syncMs };
const disk = mkdtempSync(
  path.join(syncMs === undefined ? values.disk : values.memory, 'atomic-index-bench-'),
);
const memory = mkdtempSync(path.join(values.memory, 'atomic-index-bench-'));
try {
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${process.platform} ${cpus().length} cores, Node ${process.versions.node}`,
    rounds,
    disk: syncMs === undefined ? 'the real disk' : `a disk in memory whose syncs take ${syncMs} ms`,
    inMemory: await compare(
      `${memory}/alone`,
      forAll({ files: 1, repeats: 300, order: 'one by one' }),
      rounds,
    ),
    alone: await compare(
      `${disk}/alone`,
      forAll({ files: 1, repeats: 10, order: 'one by one' }),
      roundsOnDisk,
      env,
    ),
    atOnce: await compare(
      `${disk}/once`,
      forAll({ files: 64, repeats: 1, order: 'at once' }),
      roundsOnDisk,
      env,
    ),
    manyFiles: await compare(`${disk}/many`, manyFiles('atomicWriteBatch' in atomicWrite), roundsOnDisk, env),
    systemCalls: await countAllSystemCalls(`${memory}/calls`),
    events: await countAllEvents(`${memory}/events`),
    megabytes: await measureMemory(`${memory}/memory`),
  };
  console.log(toMarkdown(results, judge(results)));
  console.log(JSON.stringify(results));
} finally {
  rmSync(disk, { recursive: true, force: true });
  rmSync(memory, { recursive: true, force: true });
}
