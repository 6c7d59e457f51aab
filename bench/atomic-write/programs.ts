import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { repositoryFile } from '../../test/support/repository.ts';

function compile(source: string, program: string, args: readonly string[]): string {
  const made = repositoryFile('out', 'bench', program);
  mkdirSync(path.dirname(made), { recursive: true });
  execFileSync('cc', [...args, '-O1', '-o', made, repositoryFile('bench', 'atomic-write', source), '-ldl'], {
    stdio: 'inherit',
  });
  return made;
}

/** Compiles the program that prints raw file events, and gives its path. Needs Linux and a C compiler. */
export function buildWatcher(): string {
  return compile('inotify.c', 'inotify', []);
}

/** Compiles the library that slows syncs down, and gives its path. Needs Linux and a C compiler. */
export function buildSlowSync(): string {
  return compile('slowSync.c', 'slowSync.so', ['-shared', '-fPIC']);
}
