import { createHash } from 'node:crypto';
import { hostname, networkInterfaces } from 'node:os';
import { codeOf } from './errors.ts';
import { readFileSync, readlinkSync } from './fs.ts';

/**
 * Who made a temp file, in a form that another process can check years later.
 *
 * A process id alone proves nothing: it is reused, and every container has a process 1. So it comes with the space in
 * which it means something (this boot of this machine and its pid namespace) and the time at which the process began.
 */
export type Owner = {
  /** Eight characters that stand for machine, boot and pid namespace. */
  readonly space: string;
  readonly pid: number;
  /** Clock ticks between boot and the start of the process on Linux, else 0, which tells nothing. */
  readonly startTime: number;
};

/** No `l`, `i`, `o` or `u`, and one case only: names must stay different on file systems that fold case. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Writes bytes in base 32, five bits a character, lower case. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((value >> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet.charAt((value << (5 - bits)) & 31) : text;
}

/**
 * A process that may open no more files for the moment must not take another identity for good: nobody could prove its
 * temp files dead. The write fails, as it would at the next step, and the next write asks again.
 */
function throwIfOutOfDescriptors(error: unknown): void {
  if (['EMFILE', 'ENFILE'].includes(codeOf(error))) throw error;
}

function describeSpace(): string {
  if (process.platform === 'linux') {
    try {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return `linux ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
    } catch (error) {
      throwIfOutOfDescriptors(error);
      // A sandbox without /proc. The name below then stands for the machine, and liveness rests on the pid alone.
    }
  }
  // Hosts of the same name on one network share are told apart by their hardware addresses. Should those change, our
  // own leftovers look like a stranger's and stay: the wrong answer that deletes nothing.
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal)
    .map((entry) => entry.mac)
    .sort();
  return `${process.platform} ${hostname()} ${[...new Set(addresses)].join(' ')}`;
}

type ProcessStatus = { readonly state: string; readonly startTime: number };

/** Reads state and start time from `/proc/<pid>/stat` (man 5 proc_pid_stat, fields 3 and 22). */
function readStatus(pid: number | 'self'): ProcessStatus | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const startTime = Number(fields[19]);
    return Number.isSafeInteger(startTime) ? { state: fields[0] ?? '?', startTime } : undefined;
  } catch (error) {
    throwIfOutOfDescriptors(error);
    return undefined;
  }
}

let own: Owner | undefined;

/** Gives the identity of this process; read once. Throws Node's error when no more files can be opened. */
export function ownOwner(): Owner {
  own ??= {
    space: toBase32(createHash('sha256').update(describeSpace()).digest().subarray(0, 5)),
    pid: process.pid,
    startTime: readStatus('self')?.startTime ?? 0,
  };
  return own;
}

/**
 * Tells whether a process has certainly ended. False when in doubt: alive, stopped, a stranger's, or hidden from us.
 * Throws Node's error when no more files can be opened.
 */
export function isProvablyDead(owner: Owner): boolean {
  if (owner.space !== ownOwner().space) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // ESRCH alone is proof. EPERM means that the process lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  const status = readStatus(owner.pid);
  if (status === undefined) return false;
  // A zombie has run its last instruction; another start time means that the number was given to a new process.
  const isOther = owner.startTime !== 0 && status.startTime !== owner.startTime;
  return isOther || status.state === 'Z' || status.state === 'X';
}

/**
 * Tells a process that has certainly ended, one that may be at work, and one of another machine, boot or container,
 * of which nothing can be known from here.
 *
 * Another boot is no proof of death: a virtual machine or a container host that shares this folder has its own, and
 * the identity of a machine is copied with its image.
 */
export function judgeOwner(owner: Owner): 'dead' | 'alive' | 'stranger' {
  if (owner.space !== ownOwner().space) return 'stranger';
  return isProvablyDead(owner) ? 'dead' : 'alive';
}
