import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryFile } from '../support/repository.ts';

/**
 * Copies the pages of all installed packages: the documentation of npm and of Bun, guides, changelogs, and some hundred
 * README files in as many hands' styles. Bundled packages get another folder name, since `node_modules` is never listed.
 * Returns their paths from the folder, sorted.
 */
export function copyRealPages(to: string): string[] {
  const root = repositoryFile('node_modules');
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(?:md|markdown|html?)$/i.test(name))
    .sort();
  assert.ok(pages.length >= 1000, `only ${pages.length} pages are installed`);
  return pages.map((page, index) => {
    const copy = nameOf(page, index);
    mkdirSync(dirname(join(to, copy)), { recursive: true });
    cpSync(join(root, page), join(to, copy));
    return copy;
  });
}

/** Packages have plain names only; some pages get such as people give, which links must escape in one way or another. */
const awkwardNames = [
  'a b',
  '(c) [d]',
  '100%',
  'ü, é & ñ',
  "it's #1?",
  '日本語',
  'e`f`',
  '<g>',
  'h+i=j',
  'k|l',
  '_m_ *n*',
];

function nameOf(page: string, index: number): string {
  const name = awkwardNames[index % 40];
  const visible = page.replace(/(?<=^|\/)node_modules(?=\/)/g, 'bundled');
  return name === undefined ? visible : visible.replace(/[^/]*(\.\w+)$/, `${name} ${index}$1`);
}

/** Tells whether a scan goes there: not to hidden files, and not into hidden folders. */
export function isVisible(page: string): boolean {
  return !page.split('/').some((part) => part.startsWith('.'));
}
