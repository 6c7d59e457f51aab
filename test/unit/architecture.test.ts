import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { repositoryFile } from '../support/repository.ts';

/**
 * The house's rules, read from the import lines themselves. With `verbatimModuleSyntax` every import is written as it
 * runs, so a regular expression sees all of them.
 */
const source = repositoryFile('src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(path.sep).join('/'))
  .filter((name) => name.endsWith('.ts'))
  .sort();
const textOf = (file: string) => readFileSync(path.join(source, file), 'utf8');

type Import = { readonly specifier: string; readonly isTypeOnly: boolean };

function importsOf(file: string): Import[] {
  const pattern =
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)';|\bimport\('([^']+)'\)/gm;
  return [...textOf(file).matchAll(pattern)].map(([, type, specifier, dynamic]) => ({
    specifier: specifier ?? dynamic ?? '',
    isTypeOnly: type !== undefined,
  }));
}

/** The file of ours that an import names, relative to `src`, or `null` for a package. */
function fileOf(from: string, { specifier }: Import): string | null {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : null;
}

/** The one file that loads code of a workspace: packages that its project file names, and only with --allow-plugins. */
const plugins = 'cli/plugins.ts';

/** Whoever waits for code of others must stop waiting some day. */
const renderContributed = 'core/run/renderContributed.ts';

/** The files that run a program, and that must know the environment for it: git, and a formatter of the workspace. */
const gitDates = 'core/scan/gitDates.ts';
const runFormatter = 'core/run/runFormatter.ts';

const layerOf = (file: string) => file.split('/')[0] ?? '';

/** The files of the lock that look at the disk, and those of them that write their own entries. */
const lockEntries = ['lock/fileLock.ts', 'lock/volumeEntries.ts'];
const lockDoors = [...lockEntries, 'lock/lockKey.ts', 'lock/card.ts', 'lock/sharesVolume.ts'];

const mayImport: Readonly<Record<string, readonly string[]>> = {
  'atomic-write': ['atomic-write'],
  lock: ['lock', 'atomic-write'],
  core: ['core', 'atomic-write', 'lock'],
  extension: ['extension', 'core'],
  cli: ['cli', 'core'],
};

describe('the architecture', () => {
  it('is seen by this test: it reads many files with many imports', () => {
    assert.ok(files.length > 50, `${files.length} files`);
    assert.ok(files.flatMap(importsOf).length > 150);
  });

  it('has no layer but those with rules', () => {
    assert.deepEqual([...new Set(files.map(layerOf))].sort(), Object.keys(mayImport).sort());
  });

  it('lets layers import only what is below them', () => {
    for (const file of files) {
      for (const one of importsOf(file)) {
        const target = fileOf(file, one);
        if (target === null) continue;
        assert.ok(files.includes(target), `${file} imports ${one.specifier}, which is no file`);
        const allowed = mayImport[layerOf(file)] ?? [];
        assert.ok(allowed.includes(layerOf(target)), `${file} must not import ${target}`);
      }
    }
  });

  it('enters another layer only by its index, where it has one', () => {
    for (const file of files) {
      for (const one of importsOf(file)) {
        const target = fileOf(file, one);
        if (target === null || layerOf(target) === layerOf(file)) continue;
        // Who a process is, and whether it is dead, both leaves must say in the same words.
        if (layerOf(file) === 'lock' && target === 'atomic-write/owner.ts') continue;
        if (layerOf(target) !== 'core')
          assert.equal(path.posix.basename(target), 'index.ts', `${file}: ${target}`);
      }
    }
  });

  it('lets only the extension see the editor', () => {
    for (const file of files) {
      const seesEditor = importsOf(file).some(({ specifier }) => specifier === 'vscode');
      assert.ok(!seesEditor || layerOf(file) === 'extension', `${file} imports vscode`);
    }
  });

  it('keeps the atomic write and the lock free of packages', () => {
    for (const file of files.filter((name) => ['atomic-write', 'lock'].includes(layerOf(name)))) {
      for (const { specifier } of importsOf(file)) assert.match(specifier, /^(node:|\.)/, file);
    }
  });

  it('opens one door to the disk in each layer', () => {
    const isDisk = /^node:fs(\/promises)?$/;
    for (const file of files) {
      const usesDisk = importsOf(file).some(
        ({ specifier, isTypeOnly }) => isDisk.test(specifier) && !isTypeOnly,
      );
      if (!usesDisk) continue;
      const isDoor =
        file === 'atomic-write/fs.ts' ||
        lockDoors.includes(file) ||
        file.startsWith('core/scan/') ||
        file === 'cli/main.ts';
      assert.ok(isDoor, `${file} reads the disk by itself`);
    }
  });

  it('writes by the atomic write alone; the lock may make its own entry', () => {
    const writing =
      /\b(writeFile|appendFile|copyFile|createWriteStream|rename|unlink|rmdir|mkdir|mkdtemp|truncate|symlink|chmod|chown|utimes|writev?|rm)(Sync)?\s*\(/;
    for (const file of files) {
      if (layerOf(file) === 'atomic-write' || lockEntries.includes(file)) continue;
      const imports =
        textOf(file)
          .match(/import[^;]*from 'node:fs(\/promises)?';/g)
          ?.join('\n') ?? '';
      assert.doesNotMatch(
        `${imports.replaceAll(/\b(\w+)\b/g, '$1(')}`,
        writing,
        `${file} imports a writing function`,
      );
      assert.doesNotMatch(textOf(file), /workspace\.fs\.(write|delete|rename|copy|createDirectory)/, file);
      assert.doesNotMatch(textOf(file), /\bfs\.(write|rename|unlink|rm|mkdir|append|copy|truncate)/, file);
    }
  });

  it('keeps core free of the environment, the console and timers outside the queue', () => {
    for (const file of files.filter((name) => layerOf(name) === 'core')) {
      const forbidden =
        file === gitDates || file === runFormatter
          ? /\bprocess\.(cwd|argv|exit)|\bconsole\./
          : /\bprocess\.(env|cwd|argv|exit)|\bconsole\./;
      assert.doesNotMatch(textOf(file), forbidden, file);
      if (file !== 'core/queue.ts' && file !== renderContributed)
        assert.doesNotMatch(textOf(file), /\b(setTimeout|setInterval)\(/, file);
    }
  });

  it('keeps what decides and renders pure: no disk, no clock, no locale', () => {
    const pure = files.filter((name) =>
      /^core\/((generators|facts|formatting|regions)\/|(plan|compare|checksum|order|escape|provenance|textStyle|summarize|types)\.ts|project\/(parse|expand|entry|position))/.test(
        name,
      ),
    );
    assert.ok(pure.length > 20);
    for (const file of pure) {
      assert.doesNotMatch(textOf(file), /'node:(fs|os|child_process|timers)/, file);
      assert.doesNotMatch(
        textOf(file),
        /Date\.now|new Date\(\)|Math\.random|performance\.|localeCompare|Intl\./,
        file,
      );
    }
  });

  it('runs no code from the workspace and opens no connection', () => {
    for (const file of files) {
      assert.doesNotMatch(
        textOf(file),
        /\beval\(|new Function\(|'node:(vm|http|https|http2|tls|dgram)'/,
        file,
      );
      // What is imported by a name that is only known at run time may be anybody's.
      const loads = /\bcreateRequire\b|\brequire\((?!')|\bimport\((?!')/.test(textOf(file));
      assert.ok(!loads || file === plugins, `${file} loads code that is not ours`);
      // Git is run with all that a repository's configuration may name to be run switched off; a formatter is code of
      // the workspace, as the next test has it.
      const runs = textOf(file).includes("'node:child_process'");
      assert.ok(!runs || file === gitDates || file === runFormatter, `${file} runs programs`);
      const usesNet = importsOf(file).some(({ specifier }) => specifier === 'node:net');
      assert.ok(!usesNet || file === 'lock/socketLock.ts', `${file} uses sockets`);
    }
  });

  it('runs a formatter of the workspace by one way alone, and only by trust or by the flag', () => {
    const importersOf = (wanted: string) =>
      files.filter((file) => importsOf(file).some((one) => fileOf(file, one) === wanted && !one.isTypeOnly));
    const importing = importersOf(runFormatter);
    assert.deepEqual(importing, ['core/run/formatText.ts']);
    assert.deepEqual(importersOf('core/run/formatText.ts'), ['core/regenerate.ts']);
    const mayRun: Readonly<Record<string, RegExp>> = {
      'extension/root.ts': /formatters: vscode\.workspace\.isTrusted \? \('run' as const\) :/,
      'cli/main.ts': /formatters: args\.allowsPlugins \? 'run' :/,
    };
    for (const file of files.filter((name) => ['extension', 'cli'].includes(layerOf(name)))) {
      const says = textOf(file).match(/\bformatters\b|\bFormatterUse\b/) !== null;
      assert.equal(says, mayRun[file] !== undefined, file);
      if (!says) continue;
      assert.match(textOf(file), mayRun[file] ?? /^/);
      assert.equal(textOf(file).match(/'run'/g)?.length, 1, file);
    }
  });

  it('has no circles of imports', () => {
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): void => {
      assert.ok(!trail.includes(file), `circle: ${[...trail, file].join(' -> ')}`);
      if (done.has(file)) return;
      for (const one of importsOf(file)) {
        const target = fileOf(file, one);
        if (target !== null && !one.isTypeOnly) visit(target, [...trail, file]);
      }
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it('lives in small files with telling names', () => {
    const lengths = files.map((file) => textOf(file).split('\n').length - 1).sort((a, b) => a - b);
    const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
    assert.ok(median <= 100, `median length ${median}`);
    for (const file of files) {
      const length = textOf(file).split('\n').length - 1;
      assert.ok(length <= 300, `${file} has ${length} lines`);
      assert.doesNotMatch(file, /util|helper|manager|service|interface/i, file);
    }
  });
});
