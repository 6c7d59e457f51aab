import type { Answer } from './contenderProcess.ts';
import { type Contender, findContender } from './contenders.ts';
import { type Environment, Participant } from './participant.ts';
import { ratioOfPairs, type Spread, shuffled, spreadOf } from './statistics.ts';
import { prepare, type Work } from './work.ts';

/** What one contender does in a comparison. */
export type Task = { readonly name: string; readonly contender: string; readonly work: Omit<Work, 'folder'> };

/** How one task did against the yardstick's task in the same rounds. */
export type Row = {
  readonly name: string;
  readonly syncs: Contender['syncs'];
  /** Processor time against the yardstick's: less is better. */
  readonly cpu: Spread;
  /** Speed against the yardstick's: more is better. */
  readonly rate: Spread;
  /** For one write. */
  readonly cpuMicroseconds: number;
  readonly microseconds: number;
};

/**
 * Does all tasks once a round, in a new order each time and in folders of their own, and compares each with the first
 * one's. A first round warms up caches and compilers and does not count.
 */
export async function compare(
  root: string,
  tasks: readonly Task[],
  rounds: number,
  env: Environment = {},
): Promise<Row[]> {
  const runs = tasks.map((task, number) => ({
    task,
    participant: new Participant(findContender(task.contender), [], env),
    work: { ...task.work, folder: `${root}/${number}` },
    answers: [] as Answer[],
  }));
  try {
    for (const { work } of runs) prepare(work);
    for (let round = -1; round < rounds; round++) {
      for (const { participant, work, answers } of shuffled(runs)) {
        const answer = await participant.do(work);
        if (round >= 0) answers.push(answer);
      }
    }
  } finally {
    for (const { participant } of runs) await participant.end();
  }
  const [first] = runs;
  if (first === undefined) return [];
  return runs.map(({ task, participant, answers }) => {
    const perWrite = 1000 / (task.work.files * task.work.repeats);
    const cpu = answers.map(({ cpuMs }) => cpuMs * perWrite);
    const time = answers.map(({ wallMs }) => wallMs * perWrite);
    const perYardstickWrite = 1000 / (first.task.work.files * first.task.work.repeats);
    return {
      name: task.name,
      syncs: participant.contender.syncs,
      cpu: ratioOfPairs(
        cpu,
        first.answers.map(({ cpuMs }) => cpuMs * perYardstickWrite),
      ),
      rate: ratioOfPairs(
        first.answers.map(({ wallMs }) => wallMs * perYardstickWrite),
        time,
      ),
      cpuMicroseconds: spreadOf(cpu).median,
      microseconds: spreadOf(time).median,
    };
  });
}
