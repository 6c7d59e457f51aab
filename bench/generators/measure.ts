import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What one run of a program took. */
export type Measurement = {
  /** User and system time of the process and its children, in seconds (`getrusage`). */
  readonly cpuSeconds: number;
  /** The most memory that it held at once (`ru_maxrss`). */
  readonly peakBytes: number;
  /** Files that are new or have another time, inode or size than before. */
  readonly filesWritten: number;
  /** Empty when it ended well. */
  readonly error: string;
};

/** Runs a Node.js program in a folder to its end under GNU time, which asks the kernel. */
export function measure(args: readonly string[], folder: string, timeoutMs: number): Measurement {
  const answer = join(folder, '..', 'usage.txt');
  rmSync(answer, { force: true });
  const before = stateOf(folder);
  const timed = ['-f', '%U %S %M', '-o', answer, process.execPath, ...args];
  const { status, signal, stderr } = spawnSync('/usr/bin/time', timed, {
    cwd: folder,
    encoding: 'utf8',
    timeout: timeoutMs,
    killSignal: 'SIGINT',
    maxBuffer: 1 << 30,
  });
  const changed = [...stateOf(folder)].filter(([name, state]) => before.get(name) !== state);
  const [user = Number.NaN, system = Number.NaN, kilobytes = Number.NaN] =
    status === null
      ? []
      : (readFileSync(answer, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? []);
  const error = status === 0 ? '' : `ended with ${status ?? signal}: ${stderr.trim().slice(-300)}`;
  return {
    cpuSeconds: user + system,
    peakBytes: kilobytes * 1024,
    filesWritten: changed.length,
    error,
  };
}

/** Counts the files of a folder that a program reads, in a run of its own: counting costs time. */
export function countReads(args: readonly string[], folder: string, timeoutMs: number): number {
  const answer = join(folder, '..', 'reads.txt');
  rmSync(answer, { force: true });
  const probe = fileURLToPath(new URL('countReads.js', import.meta.url));
  spawnSync(process.execPath, ['--import', probe, ...args], {
    cwd: folder,
    stdio: 'ignore',
    timeout: timeoutMs,
    env: { ...process.env, BENCH_READS: answer, BENCH_FOLDER: folder },
  });
  return Number(readFileSync(answer, 'utf8'));
}

function stateOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    names.flatMap((name) => {
      const stats = statSync(join(folder, name), { bigint: true });
      return stats.isFile() ? [[name, `${stats.ino} ${stats.mtimeNs} ${stats.size}`] as const] : [];
    }),
  );
}
