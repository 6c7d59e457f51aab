import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { regenerate } from '../../../src/core/regenerate.ts';
import type { Report } from '../../../src/core/types.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { readTree, writeTree } from '../../support/tree.ts';

describe('regenerating barrels', () => {
  const folder = useTempFolder();
  const read = (name: string) => fs.readFileSync(folder.at(name), 'utf8');
  const exportsOf = (name: string) => read(name).split('\n').slice(1, -1);
  const kinds = (report: Report) =>
    Object.fromEntries(report.targets.map(({ target, outcome }) => [target.output, outcome.kind]));
  const run = (changed: 'all' | readonly string[] = 'all') =>
    regenerate({
      absoluteRoot: folder.path,
      mode: 'write',
      triggers: [{ kind: 'external', relativePaths: changed }],
    });
  const project = (...targets: readonly object[]) => ({ 'atomic-index.json': JSON.stringify({ targets }) });

  it('follows the compiler settings, also when only they change', async () => {
    writeTree(folder.path, {
      ...project({ generator: 'barrel', folder: 'src' }),
      'tsconfig.json': '{ "extends": "./config/tsconfig.base.json" } // one of many',
      'config/tsconfig.base.json': '{ "compilerOptions": { "module": "nodenext" } }',
      'src/one.ts': 'export const one = 1;\n',
    });
    await run();
    assert.deepEqual(exportsOf('src/index.ts'), ["export { one } from './one.js';"]);
    fs.writeFileSync(
      folder.at('config', 'tsconfig.base.json'),
      '{ "compilerOptions": { "module": "preserve" } }',
    );
    assert.deepEqual(kinds(await run(['config/tsconfig.base.json'])), { 'src/index.ts': 'updated' });
    assert.deepEqual(exportsOf('src/index.ts'), ["export { one } from './one';"]);
    assert.deepEqual(kinds(await run(['src/notes.json'])), {});
  });

  it('reads no settings from outside the workspace folder', async () => {
    writeTree(folder.path, {
      'tsconfig.json': '{ "compilerOptions": { "module": "nodenext" } }',
      'inner/atomic-index.json': JSON.stringify({ targets: [{ generator: 'barrel', folder: 'src' }] }),
      'inner/src/one.ts': 'export const one = 1;\n',
    });
    fs.symlinkSync('../tsconfig.json', folder.at('inner', 'tsconfig.json'));
    await regenerate({
      absoluteRoot: folder.at('inner'),
      mode: 'write',
      triggers: [{ kind: 'command', relativePaths: 'all' }],
    });
    assert.deepEqual(exportsOf('inner/src/index.ts'), ["export { one } from './one';"]);
  });

  it('leaves an index that is only to be reported on as it is, and tells what it lacks', async () => {
    writeTree(folder.path, {
      ...project({ generator: 'barrel', folder: 'src', options: { reportOnly: true } }),
      'src/one.ts': 'export const one = 1, two = 2;\n',
      'src/index.ts': "// By hand.\nexport { one } from './one';\n",
    });
    const before = readTree(folder.path);
    const report = await run();
    assert.deepEqual(kinds(report), { 'src/index.ts': 'unchanged' });
    assert.deepEqual(readTree(folder.path), before);
    assert.deepEqual(
      report.problems.map(({ code, relativePath }) => `${code} ${relativePath}`),
      ['barrel-incomplete src/index.ts'],
    );
    fs.rmSync(folder.at('src', 'index.ts'));
    assert.equal((await run()).problems[0]?.code, 'barrel-unchecked');
    assert.ok(!fs.existsSync(folder.at('src', 'index.ts')));
  });

  it('leaves a barrel as it was when names collide and that is an error', async () => {
    writeTree(folder.path, {
      ...project({ generator: 'barrel', folder: 'src', options: { collisions: 'error' } }),
      'src/one.ts': 'export const same = 1;\n',
    });
    await run();
    const old = read('src/index.ts');
    fs.writeFileSync(folder.at('src', 'two.ts'), 'export const same = 2;\n');
    const report = await run();
    assert.deepEqual(kinds(report), { 'src/index.ts': 'failed' });
    assert.equal(read('src/index.ts'), old);
    assert.match(report.problems[0]?.message ?? '', /"same" is exported by one\.ts and, .* by two\.ts/);
  });

  it('makes a barrel for each folder that passes on those of its subfolders, at once and for good', async () => {
    writeTree(folder.path, {
      ...project({ generator: 'barrel', folders: 'src/**', options: { nested: 'barrels' } }),
      'src/one.ts': 'export const one = 1;\n',
      'src/deep/two.ts': 'export const two = 2;\n',
      'src/deep/deeper/three.ts': 'export const three = 3;\n',
    });
    const { problems } = await run();
    assert.deepEqual(
      problems.filter(({ severity }) => severity !== 'information'),
      [],
    );
    assert.deepEqual(exportsOf('src/index.ts'), [
      "export * from './deep/index';",
      "export { one } from './one';",
    ]);
    assert.deepEqual(exportsOf('src/deep/index.ts'), [
      "export * from './deeper/index';",
      "export { two } from './two';",
    ]);
    assert.deepEqual(exportsOf('src/deep/deeper/index.ts'), ["export { three } from './three';"]);
    const before = readTree(folder.path);
    await run();
    assert.deepEqual(readTree(folder.path), before);
  });
});
