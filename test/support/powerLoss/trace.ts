import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { buildLayer } from '../faultLayer.ts';

/** A file system call that succeeded. */
export type Call = {
  /** Its place in the whole trace; kept when calls are left out, since syncs refer to it. */
  readonly index: number;
  readonly path: string;
} & (
  | { readonly name: 'open'; readonly fd: number; readonly how: string }
  | { readonly name: 'write'; readonly fd: number; readonly offset: number; readonly bytes: Buffer }
  /** `since` is the index of the first call that it doesn't cover: those may have run beside it. */
  | { readonly name: 'fsync' | 'fdatasync'; readonly fd: number; readonly since: number }
  | { readonly name: 'rename' | 'link'; readonly to: string }
  | { readonly name: 'close' | 'fchmod' | 'fchown' | 'fstat'; readonly fd: number }
  | { readonly name: 'unlink' | 'mkdir' | 'rmdir' | 'lstat' | 'stat' | 'access' }
);

export type Trace = readonly Call[];

function parseCall(line: string, index: number): Call | null {
  const [name, result, descriptor, path = '', first = '', second = ''] = line.split('\t');
  if (Number(result) < 0) return null;
  const fd = Number(descriptor);
  switch (name) {
    case 'open':
      return { index, name, path, fd, how: first };
    case 'write':
      return { index, name, path, fd, offset: Number(first), bytes: Buffer.from(second, 'hex') };
    case 'fsync':
    case 'fdatasync':
      return { index, name, path, fd, since: Number(first) };
    case 'rename':
    case 'link':
      return { index, name, path, to: first };
    case 'close':
    case 'fchmod':
    case 'fchown':
    case 'fstat':
      return { index, name, path, fd };
    case 'unlink':
    case 'mkdir':
    case 'rmdir':
    case 'lstat':
    case 'stat':
    case 'access':
      return { index, name, path };
    default:
      throw new Error(`unknown call: ${line.slice(0, 80)}`);
  }
}

export type Recording = {
  /** The calls that succeeded. */
  readonly trace: Trace;
  /** All calls in their order, those that failed too. */
  readonly attempts: readonly { readonly name: string; readonly path: string }[];
  readonly output: string;
};

/** Runs Node on `args` and records its file system calls on a folder and below it (Linux). */
export function record(args: readonly string[], folder: string): Recording {
  const file = `${folder}.trace`;
  try {
    const child = spawnSync(process.execPath, args, {
      env: { ...process.env, LD_PRELOAD: buildLayer('trace'), TRACE_FOLDER: folder, TRACE_FILE: file },
      encoding: 'utf8',
    });
    assert.equal(child.status, 0, child.stderr);
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    return {
      trace: lines.map(parseCall).filter((call) => call !== null),
      attempts: lines.map((line) => {
        const [name = '', , , path = ''] = line.split('\t');
        return { name, path };
      }),
      output: child.stdout,
    };
  } finally {
    rmSync(file, { force: true });
  }
}
