import { readFileSync, rmSync } from 'node:fs';
import type { Contender } from './contenders.ts';
import { Participant } from './participant.ts';
import { prepare, type Work } from './work.ts';

export type SystemCalls = {
  /** Calls that name a file in the folder, or an open one, per write. */
  readonly ofFiles: number;
  /** Calls that name the folder itself, per write. */
  readonly ofFolder: number;
  /** Each call by its name, per write. */
  readonly byName: Readonly<Record<string, number>>;
};

/** Counts system calls with strace. */
export async function countSystemCalls(contender: Contender, work: Work): Promise<SystemCalls> {
  const log = `${work.folder}.strace`;
  prepare(work);
  // -y prints the path behind each descriptor, so that calls on open files are told from those of Node itself.
  const participant = new Participant(contender, ['strace', '-f', '-y', '-qq', '-o', log]);
  await participant.do(work);
  await participant.end();
  const each = 1 / (work.files * work.repeats);
  const byName: Record<string, number> = {};
  let ofFiles = 0;
  let ofFolder = 0;
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    // `123 rename("/folder/a", …`, but not `123 <... rename resumed>`, the end of a call that was counted before.
    const name = /^\d+ +(\w+)\(/.exec(line)?.[1];
    if (name === undefined || !line.includes(work.folder)) continue;
    byName[name] = (byName[name] ?? 0) + each;
    if (line.includes(`${work.folder}/`)) ofFiles += each;
    else ofFolder += each;
  }
  rmSync(log);
  return { ofFiles, ofFolder, byName };
}
