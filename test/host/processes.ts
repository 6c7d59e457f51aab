import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface ProcessEntry {
  readonly pid: number;
  readonly parentPid: number;
  readonly commandLine: string;
}

/** Lists the running processes of this machine from /proc, leaving out dead ones that nobody has waited for yet. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(names.map(readProcess));
  return entries.filter((entry) => entry !== undefined);
}

/** Lists the children, grandchildren and so on of a process. */
export async function descendantsOf(pid: number): Promise<ProcessEntry[]> {
  const all = await listProcesses();
  const found: ProcessEntry[] = [];
  const parents = [pid];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    for (const entry of all) {
      if (entry.parentPid !== parent) continue;
      found.push(entry);
      parents.push(entry.pid);
    }
  }
  return found;
}

/** Waits until none of the given processes is left and kills the ones that are after the time limit. */
export async function ensureGone(entries: readonly ProcessEntry[], limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const left = await stillRunning(entries);
    if (left.length === 0) return;
    if (Date.now() > deadline) {
      for (const entry of left) killProcess(entry.pid);
      return;
    }
    await delay(50);
  }
}

/** Sends a signal, SIGKILL unless told otherwise; a process (or group) that is gone already is fine. */
export function killProcess(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

// The command line is compared too: the number may have been given to a new process meanwhile.
async function stillRunning(entries: readonly ProcessEntry[]): Promise<ProcessEntry[]> {
  const now = await Promise.all(entries.map((entry) => readProcess(String(entry.pid))));
  return entries.filter((entry, index) => now[index]?.commandLine === entry.commandLine);
}

async function readProcess(name: string): Promise<ProcessEntry | undefined> {
  try {
    const status = await readFile(`/proc/${name}/stat`, 'utf8');
    const commandLine = await readFile(`/proc/${name}/cmdline`, 'utf8');
    // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
    const [state, parentPid] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    return {
      pid: Number(name),
      parentPid: Number(parentPid),
      commandLine: commandLine.replaceAll('\0', ' ').trim(),
    };
  } catch {
    // It ended between the listing and the reading (ENOENT, ESRCH), or belongs to someone else (EACCES).
    return undefined;
  }
}
