import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import type { Participant } from './participant.ts';
import { filesOf, prepare, type Work } from './work.ts';

export type Events = {
  /** Events of the name that is written, per write. */
  readonly target: number;
  /** Events of any other name, per write. */
  readonly temp: number;
  /** Events of other names than the target's that no glob of one temp file pattern would exclude. */
  readonly tempNames: readonly string[];
};

/** Counts the raw events that the kernel tells about a piece of work in its folder. */
export async function countEvents(watcher: string, participant: Participant, work: Work): Promise<Events> {
  prepare(work);
  const child = spawn(watcher, [work.folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const isReady = once(reader, 'line');
  reader.on('line', (line) => lines.push(line));
  await isReady;
  await participant.do(work);
  const ended = once(reader, 'close');
  child.stdin.end();
  await ended;
  const targets = new Set(filesOf(work).map((file) => path.basename(file)));
  const names = lines.filter((line) => line !== 'ready').map((line) => line.slice(line.indexOf(' ') + 1));
  const writes = work.files * work.repeats;
  const temps = names.filter((name) => !targets.has(name));
  return {
    target: (names.length - temps.length) / writes,
    temp: temps.length / writes,
    tempNames: [...new Set(temps)],
  };
}
