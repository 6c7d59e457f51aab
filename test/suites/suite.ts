import { spawn } from 'node:child_process';
import { endWithParent } from '../host/endWithParent.ts';
import type { SuiteCounts } from '../support/countingReporter.ts';
import { repositoryFolder } from '../support/repository.ts';

/** A group of tests that runs in one host. */
export type Suite = {
  readonly name: string;
  /** Where it runs, for people: `Node 20.20.2` or `VS Code 1.139.1 (offline host)`. */
  readonly host: string;
  /** `scratch` is a folder for files of this run. */
  run(scratch: string): Promise<SuiteCounts>;
};

export type SuiteResult = SuiteCounts & { readonly suite: Suite; readonly seconds: number };

/** Runs a program in the repository and gives its exit code; what it prints is shown. */
export function runProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = spawn(...endWithParent(command, args), {
    cwd: repositoryFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
