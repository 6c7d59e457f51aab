import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';
import type { FormatterName } from '../types.ts';

export type FormatterRequest = {
  readonly name: FormatterName;
  /** A file for Node. */
  readonly absoluteProgram: string;
  readonly absoluteRoot: string;
  /** Relative to the root; by it the formatter finds its language and configuration. The file is not touched. */
  readonly output: string;
  readonly text: string;
  readonly limitMs: number;
  readonly signal: AbortSignal | undefined;
};

/** `failure` follows the formatter's name: "gave no text within 30 seconds". */
export type Formatted = { readonly text: string } | { readonly failure: string; readonly cause?: Error };

const argumentsOf: Readonly<Record<FormatterName, (output: string) => readonly string[]>> = {
  prettier: (output) => ['--no-color', '--ignore-unknown', `--stdin-filepath=${output}`],
  biome: (output) => ['format', '--colors=off', `--stdin-file-path=${output}`],
};

/** More than any text that people or generators write, in characters. */
const maxLength = 32 * 1024 * 1024;

/**
 * Has a text formatted by a program of the workspace, in a process of its own that is ended after the limit, when the
 * signal says so, and when it talks without end. What the formatter doesn't know or is told to ignore comes back as it
 * was. Throws only the signal's reason.
 */
export async function runFormatter(request: FormatterRequest): Promise<Formatted> {
  const { absoluteProgram, absoluteRoot, limitMs, name, output, signal, text } = request;
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [absoluteProgram, ...argumentsOf[name](output)], {
    cwd: absoluteRoot,
    // In the editor the program that runs us is Electron, which is Node only when it is told so.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, to be ended as a whole: what npm installs of biome starts the true program as its child.
    detached: !isWindows,
    windowsHide: true,
  });
  const limit = AbortSignal.timeout(limitMs);
  let stopWaiting = (): void => undefined;
  const ended = new Promise<Formatted>((resolve) => {
    const stop = (): void => resolve({ failure: `gave no text within ${limitMs / 1000} seconds` });
    for (const one of [limit, signal]) one?.addEventListener('abort', stop);
    stopWaiting = () => {
      for (const one of [limit, signal]) one?.removeEventListener('abort', stop);
    };
  });
  try {
    const formatted = await Promise.race([talk(child, text), ended]);
    signal?.throwIfAborted();
    return formatted;
  } finally {
    stopWaiting();
    endGroup(child);
  }
}

type Talking = ChildProcess & {
  readonly stdin: NonNullable<ChildProcess['stdin']>;
  readonly stdout: NonNullable<ChildProcess['stdout']>;
  readonly stderr: NonNullable<ChildProcess['stderr']>;
};

async function talk(child: Talking, text: string): Promise<Formatted> {
  let answer = '';
  let complaint = '';
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve({ failure: `can't be started: ${error.message}`, cause: error }));
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
      if (answer.length > maxLength) resolve({ failure: 'gave more than 32 MB' });
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      complaint = `${complaint}${part}`.slice(0, 4000);
    });
    child.once('close', (code) => resolve(readAnswer(text, answer, code, complaint)));
    // Who doesn't read to the end has its reason, and tells it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(text);
  });
}

function readAnswer(text: string, answer: string, code: number | null, complaint: string): Formatted {
  // Of a file of a kind that it doesn't know, prettier says nothing, and biome gives it back with an error.
  if (code === 0) return { text: answer === '' ? text : answer };
  if (answer === text) return { text };
  const lines = complaint.split('\n').map((line) => line.trim());
  const [line] = [...lines.filter((one) => one.startsWith('×')), ...lines.filter((one) => one !== '')];
  const what = line?.replace(/^(?:×|\[error\])\s*/, '').replace(/\.$/, '') ?? `it ended with ${code}`;
  return { failure: `says: ${what}`, cause: new Error(complaint) };
}

const isWindows = path.sep === '\\';

/** Ends a process that is still at work, and those that it started. */
function endGroup(child: ChildProcess): void {
  // Once it has ended, its number may be another's.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
  try {
    if (isWindows) child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone in this very moment.
  }
}
