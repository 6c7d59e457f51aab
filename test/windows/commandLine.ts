import { spawn } from 'node:child_process';
import { commandLineTool } from './fresh.ts';

export type CommandLineLoop = {
  readonly runs: number;
  /** What ended otherwise than it may, since the last call. */
  takeFailures(): readonly string[];
  stop(): Promise<void>;
};

/** Runs `regenerate` and `check` on a folder in turn, until it is stopped. */
export function loopCommandLine(folder: string): CommandLineLoop {
  const failures: string[] = [];
  let runs = 0;
  let isStopped = false;
  const loop = (async () => {
    while (!isStopped) {
      for (const [command, exitCodes] of [
        ['regenerate', [0]],
        ['check', [0, 1]],
      ] as const) {
        const { code, printed } = await runTool(command, folder);
        runs++;
        if (!exitCodes.some((allowed) => allowed === code))
          failures.push(`${command} ended with ${code}: ${printed}`);
      }
    }
  })();
  return {
    get runs() {
      return runs;
    },
    takeFailures: () => failures.splice(0),
    stop: async () => {
      isStopped = true;
      await loop;
    },
  };
}

/** Runs the command-line tool to its end. */
export async function runTool(
  command: string,
  folder: string,
): Promise<{ readonly code: number | null; readonly printed: string }> {
  const child = spawn(process.execPath, [commandLineTool, command, folder], { stdio: 'pipe' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, printed };
}
