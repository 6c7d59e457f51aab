import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { BatchEntry } from '../../src/atomic-write/index.ts';

const old: Readonly<Record<string, string>> = {
  'a.md': 'old a',
  'sub/c.md': 'old c '.repeat(2000),
  'sub/d.md': '',
};

/** Five files in two folders: three that exist, one that doesn't, and one to be created exclusively. */
export function batchOfFive(folder: string): BatchEntry[] {
  return [
    { path: path.join(folder, 'a.md'), content: 'new a '.repeat(3000) },
    { path: path.join(folder, 'b.md'), content: 'new b' },
    { path: path.join(folder, 'sub', 'c.md'), content: 'new c' },
    { path: path.join(folder, 'sub', 'd.md'), content: 'new d', expected: new Uint8Array() },
    { path: path.join(folder, 'sub', 'e.md'), content: 'new e', exclusive: true },
  ];
}

/** Writes the old files. */
export function putOldFiles(folder: string): void {
  mkdirSync(path.join(folder, 'sub'), { recursive: true });
  for (const [name, text] of Object.entries(old)) writeFileSync(path.join(folder, name), text);
}

/** Tells of each file whether it is `old` or `new`, whole; anything else is shown. */
export function viewOf(folder: string): string[] {
  return batchOfFive(folder).map(({ path: file, content }) => {
    const before = old[path.relative(folder, file).split(path.sep).join('/')];
    if (!existsSync(file)) return before === undefined ? 'old' : 'missing';
    const text = readFileSync(file, 'utf8');
    if (text === content) return 'new';
    return text === before ? 'old' : `torn: ${text.slice(0, 40)}`;
  });
}

export const allOld = ['old', 'old', 'old', 'old', 'old'];
export const allNew = ['new', 'new', 'new', 'new', 'new'];
