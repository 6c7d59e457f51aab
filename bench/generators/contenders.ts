import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFile } from '../../test/support/repository.ts';
import type { Tree } from './trees.ts';

/** A program that does the same work, with how it is told to. */
export type Contender = {
  readonly name: string;
  readonly does: string;
  readonly kind: Tree['kind'];
  /** Writes its settings into the folder and gives the arguments for Node.js. */
  prepare(folder: string): readonly string[];
};

/** Pinned; installed into a scratch folder, since some bring a hundred packages that nothing else here needs. */
const packages = {
  ctix: '2.8.2',
  barrelsby: '2.8.1',
  'adr-log': '2.2.0',
  doctoc: '2.5.0',
  typescript: '5.9.3',
};

export const versions = Object.entries(packages)
  .filter(([name]) => name !== 'typescript')
  .map(([name, version]) => `${name} ${version}`)
  .join(', ');

/** Installs the others and returns the folder of their packages. */
export function installContenders(scratch: string): string {
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, 'package.json'), '{ "private": true }');
  const specs = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', scratch, ...specs];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(scratch, 'node_modules');
}

export function contenders(installed: string): Contender[] {
  const ours = repositoryFile('dist', 'cli.mjs');
  const project = (folder: string, ...targets: readonly object[]) =>
    writeFileSync(join(folder, 'atomic-index.json'), JSON.stringify({ targets }));
  const regenerate = (folder: string, ...targets: readonly object[]) => {
    project(folder, ...targets);
    return [ours, 'regenerate', folder];
  };
  const tsconfig = (folder: string) => {
    const compilerOptions = { strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2022' };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['src/**/*.ts'] }),
    );
  };
  return [
    {
      name: 'Atomic Index, one barrel',
      does: 'named exports',
      kind: 'modules',
      prepare: (folder) => regenerate(folder, { generator: 'barrel', folder: 'src' }),
    },
    {
      name: 'Atomic Index, a barrel in each folder',
      does: 'named exports',
      kind: 'modules',
      prepare: (folder) =>
        regenerate(folder, { generator: 'barrel', folders: 'src/**', options: { nested: 'barrels' } }),
    },
    {
      name: 'ctix build (bundle)',
      does: 'type-checks',
      kind: 'modules',
      prepare: (folder) => {
        tsconfig(folder);
        const options = ['--mode', 'bundle', '--overwrite', '--output', 'src', '--project', 'tsconfig.json'];
        return [join(installed, 'ctix/dist/cjs/cli.cjs'), 'build', ...options];
      },
    },
    {
      name: 'barrelsby (flat)',
      does: 'stars, reads no module',
      kind: 'modules',
      prepare: () => [join(installed, 'barrelsby/bin/cli.js'), '--delete', '-d', 'src'],
    },
    {
      name: 'barrelsby (all folders)',
      does: 'stars, reads no module',
      kind: 'modules',
      prepare: () => [join(installed, 'barrelsby/bin/cli.js'), '--delete', '-d', 'src', '-l', 'all'],
    },
    {
      name: 'Atomic Index, Markdown index',
      does: 'titles, order, descriptions',
      kind: 'pages',
      prepare: (folder) => regenerate(folder, { generator: 'markdown-index', folder: 'src' }),
    },
    {
      name: 'adr-log',
      does: 'titles',
      kind: 'pages',
      prepare: (folder) => {
        writeFileSync(join(folder, 'src', 'log.md'), '<!-- adrlog -->\n<!-- adrlogstop -->\n');
        return [join(installed, 'adr-log/cli.js'), '-d', 'src', '-i', 'src/log.md'];
      },
    },
    {
      name: 'Atomic Index, tables of contents',
      does: 'a table of contents in each page',
      kind: 'marked pages',
      prepare: (folder) => {
        writeFileSync(join(folder, 'atomic-index.json'), JSON.stringify({ regions: ['src/**/*.md'] }));
        return [ours, 'regenerate', folder];
      },
    },
    {
      name: 'doctoc',
      does: 'a table of contents in each page',
      kind: 'marked pages',
      prepare: () => [join(installed, 'doctoc/doctoc.js'), 'src'],
    },
  ];
}
