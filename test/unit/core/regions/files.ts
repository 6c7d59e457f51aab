import assert from 'node:assert/strict';
import { compareRegion } from '../../../../src/core/regions/compareRegion.ts';

/** The markers of a region in a language, as somebody would type them. */
export type Markers = { readonly begin: string; readonly end: string };

/** Files of many languages, with the form of their comments. */
export const languages: Readonly<Record<string, Markers>> = Object.fromEntries(
  (
    [
      ['README.md', '<!--', ' -->'],
      ['page.html', '<!--', ' -->'],
      ['feed.xml', '<!--', ' -->'],
      ['App.vue', '<!--', ' -->'],
      ['App.svelte', '<!--', ' -->'],
      ['page.mdx', '{/*', ' */}'],
      ['index.ts', '//', ''],
      ['index.js', '/*', ' */'],
      ['main.go', '//', ''],
      ['style.css', '/*', ' */'],
      ['style.scss', '//', ''],
      ['config.yml', '#', ''],
      ['Cargo.toml', '#', ''],
      ['tool.py', '#', ''],
      ['run.sh', '#', ''],
      ['Rakefile', '#', ''],
      ['lib.rb', '#', ''],
      ['Dockerfile', '#', ''],
      ['schema.sql', '--', ''],
      ['init.lua', '--', ''],
      ['setup.ini', ';', ''],
      ['core.clj', ';', ''],
      ['book.tex', '%', ''],
      ['index.rst', '..', ''],
      ['page.php', '//', ''],
      ['.vimrc.vim', '"', ''],
      ['run.bat', 'REM', ''],
      ['a.ml', '(*', ' *)'],
      ['page.hbs', '{{!--', ' --}}'],
      ['page.njk', '{#', ' #}'],
    ] as const
  ).map(([name, open, close]) => [
    name,
    {
      begin: `${open} atomic-index:begin id=list${close}`,
      end: `${open} atomic-index:end${close}`,
    },
  ]),
);

/** Fills a region and gives the new bytes, or the old ones when nothing is to be written. */
export function fill(old: Uint8Array, body: string, output: string, id = 'list'): Uint8Array {
  const comparison = compareRegion(old, body, { output, region: { id } }, false);
  if (comparison.kind === 'unchanged') return old;
  assert.equal(comparison.kind, 'update', JSON.stringify(comparison));
  return comparison.kind === 'update' ? comparison.bytes : old;
}
