import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Prints one progress line to stderr, so that stdout stays free for what a command was asked to print. */
export function logStep(version: string, text: string): void {
  console.error(`[vscode-host ${version}] ${text}`);
}

/** Runs a program to its end and returns what it printed; rejects with the end of its output when it fails. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}) {
  const spawnOptions: SpawnOptions = { ...options, stdio: ['ignore', 'pipe', 'pipe'] };
  const child = spawn(program, args, spawnOptions);
  let stdout = '';
  let all = '';
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
    all += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    all += String(chunk);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Error(
      `${program} ${args.join(' ')} ended with ${code}:\n${all.split('\n').slice(-30).join('\n')}`,
    );
  }
  return stdout;
}

/** Runs npm with up to three attempts, because downloads fail now and then for reasons that pass. */
export async function runNpm(
  version: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const env = withoutNpmRunVariables(options.env ?? process.env);
  for (let attempt = 1; ; attempt++) {
    try {
      return await runProgram('npm', [...args, '--no-audit', '--no-fund'], { ...options, env });
    } catch (error) {
      if (attempt === 3) throw error;
      logStep(version, `npm ${args[0]} failed, trying again (${attempt} of 3)`);
      await delay(2000 * attempt);
    }
  }
}

/** Returns the full path of a program on PATH, or undefined. */
export function findOnPath(program: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, program))
    .find((candidate) => existsSync(candidate));
}

// Started by `npm run`, the environment describes this project (its prefix, its omit list, ...), and an npm inside
// would apply that to the folder of the host.
function withoutNpmRunVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const aboutThisProject =
    /^npm_(package_|lifecycle_|config_(local_prefix|prefix|global|workspaces?|omit|include|ignore_scripts|engine_strict)$)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !aboutThisProject.test(name)));
}
