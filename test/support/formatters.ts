import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import * as path from 'node:path';
import { formatterPackages } from '../../src/core/scan/findFormatter.ts';
import type { FormatterName } from '../../src/core/types.ts';
import { repositoryFile } from './repository.ts';
import { writeTree } from './tree.ts';

const programs: Readonly<Record<FormatterName, string>> = {
  prettier: 'bin/prettier.cjs',
  biome: 'bin/biome',
};

/** Installs a formatter in a folder: this repository's own, by a link, as some package managers do. */
export function installFormatter(folder: string, name: FormatterName): void {
  const link = path.join(folder, 'node_modules', formatterPackages[name]);
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(repositoryFile('node_modules', formatterPackages[name]), link, 'junction');
}

/** Installs a program of ours under a formatter's name. */
export function installInstead(folder: string, name: FormatterName, code: string): void {
  writeTree(path.join(folder, 'node_modules', formatterPackages[name]), {
    'package.json': '{ "bin": "./main.cjs" }',
    'main.cjs': code,
  });
}

/** Runs a formatter on files as a project's own checks do; gives what it complains of, or nothing. */
export function complaintsOf(name: FormatterName, folder: string, ...files: readonly string[]): string {
  const program = repositoryFile('node_modules', formatterPackages[name], programs[name]);
  const args = name === 'prettier' ? ['--check', ...files] : ['format', ...files];
  const child = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
  return child.status === 0 ? '' : `${child.stdout}${child.stderr}` || `it ended with ${child.status}`;
}
