import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { repositoryFile } from './repository.ts';

/** One system call that shall fail: see `test/processes/faults.c`. */
export type Fault = {
  readonly operation:
    | 'open'
    | 'write'
    | 'fstat'
    | 'fchown'
    | 'fchmod'
    | 'fsync'
    | 'close'
    | 'rename'
    | 'link'
    | 'unlink'
    | 'opendir'
    | 'fsyncdir'
    | 'mkdir'
    | 'any';
  readonly what: keyof typeof constants.errno | 'SHORT' | 'LIE' | 'KILL' | 'KILLAFTER';
  readonly skip?: number;
  readonly times?: number;
};

/** Compiles a layer below Node once and gives the library's path. Needs a C compiler, as every Linux test machine has. */
export function buildLayer(name: 'faults' | 'trace'): string {
  const source = repositoryFile('test', 'processes', `${name}.c`);
  const library = repositoryFile('out', `${name}.so`);
  if (existsSync(library) && statSync(library).mtimeMs > statSync(source).mtimeMs) return library;
  mkdirSync(repositoryFile('out'), { recursive: true });
  const made = `${library}.${process.pid}`;
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', made, source, '-ldl'], { stdio: 'inherit' });
  renameSync(made, library);
  return library;
}

/** The layer that makes calls fail. */
export const buildFaultLayer = (): string => buildLayer('faults');

/** Writes faults in the form that the layer reads. */
export function toFaultList(faults: readonly Fault[]): string {
  return faults
    .map(({ operation, what, skip = 0, times = -1 }) => {
      const number = Object.entries(constants.errno).find(([name]) => name === what)?.[1] ?? what;
      return `${operation}:${number}:${skip}:${times}`;
    })
    .join(';');
}

/** Gives the layer, in a process that runs under it, other faults than before. */
export function setFaults(faults: readonly Fault[]): void {
  assert.ok(process.env['FAULT_FOLDER'], 'this process does not run under the fault layer');
  mkdirSync(`/dev/null/FAULTS=${toFaultList(faults)}`);
}

export type ChildResult = {
  readonly signal: string | null;
  readonly exitCode: number | null;
  readonly output: string;
};

/** Gives the variables that put a process under the layer. */
export function faultEnvironment(
  faults: readonly Fault[],
  folder: string,
  logFile: string,
): Record<string, string> {
  return {
    LD_PRELOAD: buildFaultLayer(),
    FAULTS: toFaultList(faults),
    FAULT_FOLDER: folder,
    ...(logFile === '' ? {} : { FAULT_LOG: logFile }),
  };
}

/** Runs a compiled script of `test/processes` under faults and gives how it ended and what it printed. */
export function runUnderFaults(
  script: string,
  args: readonly string[],
  faults: readonly Fault[],
  folder: string,
  logFile = '',
): Promise<ChildResult> {
  const child = spawn(process.execPath, [repositoryFile('out', 'test', 'processes', script), ...args], {
    env: { ...process.env, ...faultEnvironment(faults, folder, logFile) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += String(data);
  });
  return new Promise((resolve) => {
    child.on('close', (exitCode, signal) => resolve({ signal, exitCode, output }));
  });
}
