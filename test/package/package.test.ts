import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { repositoryFile } from '../support/repository.ts';
import { listPublished, packageVsix } from './vsix.ts';

const readJson = (name: string): unknown => JSON.parse(readFileSync(repositoryFile(name), 'utf8'));

/** All strings in a JSON value, at any depth. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** A value inside a JSON value, by the names that lead to it. */
function valueAt(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([key]) => key === name)?.[1];
  }
  return found;
}

const manifest = readJson('package.json');
const sourceFiles = readdirSync(repositoryFile('src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({
    name: name.split(path.sep).join('/'),
    text: readFileSync(repositoryFile('src', name), 'utf8'),
  }));
const bundles = ['dist/extension.cjs', 'dist/fullParser.cjs', 'dist/liquid.cjs', 'dist/cli.mjs'];

describe('the package', () => {
  it('holds these files and no others', async function () {
    this.timeout(60_000);
    assert.deepEqual(await listPublished(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/cli.mjs',
      'dist/extension.cjs',
      'dist/fullParser.cjs',
      'dist/liquid.cjs',
      'l10n/bundle.l10n.json',
      'media/icon.png',
      'media/walkthrough/create.md',
      'media/walkthrough/preview.md',
      'media/walkthrough/save.md',
      'package.json',
      'package.nls.json',
      'schemas/atomic-index.schema.json',
    ]);
  });

  it('is made by vsce, and its bundle is small', async function () {
    this.timeout(60_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'atomic-index-package-'));
    try {
      const vsix = await packageVsix(path.join(folder, 'extension.vsix'));
      const size = (file: string) => `${(statSync(file).size / 1000).toFixed(1)} kB`;
      console.log(`      VSIX ${size(vsix)}, extension.cjs ${size(repositoryFile('dist', 'extension.cjs'))}`);
      assert.ok(statSync(vsix).size < 1_000_000, `the VSIX has ${size(vsix)}`);
      assert.ok(statSync(repositoryFile('dist', 'extension.cjs')).size < 500_000);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('needs nothing at run time, and only the editor that it was compiled for', () => {
    assert.equal(valueAt(manifest, 'dependencies'), undefined);
    assert.equal(valueAt(manifest, 'optionalDependencies'), undefined);
    const types = valueAt(manifest, 'devDependencies', '@types/vscode');
    assert.equal(valueAt(manifest, 'engines', 'vscode'), `^${types}`);
  });

  it('is activated only by a project file and by its commands', () => {
    assert.deepEqual(valueAt(manifest, 'activationEvents'), ['workspaceContains:atomic-index.json']);
  });

  it('names no module of the network; only the lock names local sockets', () => {
    for (const bundle of bundles) {
      const text = readFileSync(repositoryFile(bundle), 'utf8');
      const modules = [
        ...text.matchAll(/\b(?:require|import)\("(?:node:)?([\w/]+)"\)|\bfrom"(?:node:)?([\w/]+)"/g),
      ].map(([, required, imported]) => required ?? imported ?? '');
      assert.ok(modules.length > 0 || bundle.includes('fullParser'), `no import was seen in ${bundle}`);
      const ofNetwork = modules.filter((name) =>
        /^(http|https|http2|tls|dns|dgram|inspector|undici)\b/.test(name),
      );
      assert.deepEqual(ofNetwork, [], bundle);
      assert.doesNotMatch(text, /\b(fetch|WebSocket|XMLHttpRequest|EventSource)\(/, bundle);
    }
    const usersOfSockets = sourceFiles
      .filter(({ text }) => text.includes("'node:net'"))
      .map(({ name }) => name);
    assert.deepEqual(usersOfSockets, ['lock/socketLock.ts']);
  });

  it('gives the language of templates no way to the disk', () => {
    const text = readFileSync(repositoryFile('dist', 'liquid.cjs'), 'utf8');
    assert.doesNotMatch(
      text,
      /require\("(?:node:)?(?:fs|fs\/promises|module|child_process|vm|worker_threads)"\)/,
    );
    assert.doesNotMatch(text, /\beval\(|\bnew Function\b/);
  });

  it('offers the commands that it registers, all of them', () => {
    const offered = valueAt(manifest, 'contributes', 'commands');
    assert.ok(Array.isArray(offered));
    const text = sourceFiles.find(({ name }) => name === 'extension/commands/commands.ts')?.text ?? '';
    const registered = [...text.matchAll(/^ {2}'(atomicIndex\.\w+)': /gm)].map(([, id]) => id);
    assert.ok(registered.length > 10);
    assert.deepEqual(offered.map((command) => valueAt(command, 'command')).sort(), registered.sort());
  });

  it('has every text that the manifest refers to, and no other', () => {
    const used = stringsIn(manifest).flatMap((text) => /^%(.+)%$/.exec(text)?.[1] ?? []);
    const texts = readJson('package.nls.json');
    assert.ok(typeof texts === 'object' && texts !== null);
    assert.deepEqual(Object.keys(texts).sort(), [...new Set(used)].sort());
  });

  it('has every text of the program for translators, and no other', () => {
    const used = new Set<string>();
    for (const { name, text } of sourceFiles.filter((file) => file.name.startsWith('extension/'))) {
      const calls = [...text.matchAll(/\bt\(/g)].length;
      const literals = [...text.matchAll(/\bt\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"([^"\\\n]*)")/g)];
      assert.equal(literals.length, calls, `${name} has a text that is no plain string`);
      for (const [, single, double] of literals)
        used.add((single ?? double ?? '').replaceAll(/\\(.)/g, '$1'));
    }
    const bundle = readJson('l10n/bundle.l10n.json');
    assert.ok(typeof bundle === 'object' && bundle !== null);
    assert.deepEqual(Object.keys(bundle).sort(), [...used].sort());
  });

  it('has every file that the manifest names', () => {
    const named = stringsIn(manifest).filter((text) => /^(\.\/)?(dist|schemas|media|l10n)(\/|$)/.test(text));
    assert.ok(named.length > 5);
    for (const name of named) assert.ok(existsSync(repositoryFile(name)), `${name} is missing`);
  });
});
