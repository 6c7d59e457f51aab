/**
 * One contender in a process of its own: no library shares a heap, a thread pool or compiled code with another. It
 * does nothing until it is told to, so many of them can wait while one is measured.
 *
 *   node contenderProcess.js <contender>
 */
import { findContender, type WriteAll } from './contenders.ts';
import { type Cost, measure, type Work } from './work.ts';

export type Answer = Cost & {
  /** The most memory that the process has had so far, in kilobytes. */
  readonly maxRssKb: number;
};

const contender = findContender(process.argv[2] ?? '');
const write = await contender.load();
const writeEach: WriteAll = async (contents) => {
  await Promise.all(contents.map(({ file, bytes }) => write(file, bytes)));
};
const writeAll = (await contender.loadAll?.()) ?? writeEach;

process.on('message', async (work: Work) => {
  const cost = await measure(work, write, writeAll);
  const answer: Answer = { ...cost, maxRssKb: process.resourceUsage().maxRSS };
  process.send?.(answer);
});
