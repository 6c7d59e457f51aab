import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { repositoryFile } from '../support/repository.ts';

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** A process that enters once and stays. */
export type HolderProcess = { readonly child: Child; askFence(): Promise<string> };

/** A process that enters once for each call. */
export type WaiterProcess = { readonly child: Child; enter(): Promise<string> };

/** Starts processes that want one lock. */
export class LockProcesses {
  readonly #file: () => string;
  readonly #tier: 'host' | 'volume';
  readonly #leaseMs: number;
  readonly #children: Child[] = [];

  constructor(file: () => string, tier: 'host' | 'volume', leaseMs = 10_000) {
    this.#file = file;
    this.#tier = tier;
    this.#leaseMs = leaseMs;
  }

  /** Starts one that enters so many times, or does what the task says. */
  start(task: string): Child {
    const script = repositoryFile('out', 'test', 'processes', 'lockHolder.js');
    const args = [script, this.#file(), this.#tier, task, `${this.#leaseMs}`];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#children.push(child);
    return child;
  }

  /** Starts one that enters and stays; settles when it is inside. */
  async startHolder(): Promise<HolderProcess> {
    const { child, ask } = await this.#startTalking('stay');
    return { child, askFence: ask };
  }

  /** Starts one that enters when it is told to; settles when it can hear. */
  async startWaiter(): Promise<WaiterProcess> {
    const { child, ask } = await this.#startTalking('wait');
    return { child, enter: ask };
  }

  killAll(): void {
    for (const child of this.#children.splice(0)) child.kill('SIGKILL');
  }

  async #startTalking(task: string): Promise<{ child: Child; ask: () => Promise<string> }> {
    const child = this.start(task);
    const lines = createInterface(child.stdout);
    const nextLine = async (): Promise<string> => {
      const [line] = await once(lines, 'line');
      return String(line);
    };
    await nextLine();
    const ask = (): Promise<string> => {
      const answer = nextLine();
      child.stdin.write('\n');
      return answer;
    };
    return { child, ask };
  }
}
