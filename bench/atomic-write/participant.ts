import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import type { Answer } from './contenderProcess.ts';
import type { Contender } from './contenders.ts';
import type { Work } from './work.ts';

export type Environment = Readonly<Record<string, string>>;

/** A contender's process, as its parent sees it. */
export class Participant {
  readonly contender: Contender;
  readonly #child: ChildProcess;

  /** `tracer` is a program and its arguments before `node`, such as strace. */
  constructor(contender: Contender, tracer: readonly string[] = [], env: Environment = {}) {
    this.contender = contender;
    const script = path.join(import.meta.dirname, 'contenderProcess.js');
    const [program = '', ...args] = [...tracer, process.execPath, script, contender.name];
    const stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'ipc'];
    this.#child = spawn(program, args, { stdio, env: { ...process.env, ...env } });
  }

  /** Sends work and awaits its costs. Rejects when the process ends instead. */
  async do(work: Work): Promise<Answer> {
    const abandon = new AbortController();
    const { signal } = abandon;
    try {
      const answer = once(this.#child, 'message', { signal });
      const end = once(this.#child, 'exit', { signal });
      this.#child.send(work);
      const [message]: Answer[] = await Promise.race([
        answer,
        end.then(([code]) => {
          throw new Error(`${this.contender.name} ended with exit code ${code}.`);
        }),
      ]);
      if (message === undefined) throw new Error(`${this.contender.name} gave no answer.`);
      return message;
    } finally {
      abandon.abort();
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
