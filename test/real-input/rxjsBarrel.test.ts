import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'ts5';
import { barrel } from '../../src/core/generators/barrel/barrel.ts';
import type { Problem } from '../../src/core/types.ts';
import { type CompiledExport, compile, compiledExports, typeOnlyNames } from './compiler.ts';
import { listFiles, listModules, makeFolder } from './moduleTree.ts';

const rxjs = join(dirname(createRequire(import.meta.url).resolve('rxjs/package.json')), 'src');

/** Lenient where RxJS is older than these compilers; about the barrel nothing is relaxed. */
const compilerOptions = {
  strict: true,
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: [],
  isolatedModules: true,
  useDefineForClassFields: false,
};

describe('a barrel of the sources of RxJS', function () {
  this.timeout(60_000);
  const temp = makeFolder();
  const root = join(temp.path, 'internal');
  let messagesBefore = '';
  const files: string[] = [];
  const bodies = new Map<string, string>();
  const problems = new Map<string, readonly Problem[]>();

  /** Renders the barrel of one folder with all that stands in it, also the barrels that were written before. */
  async function writeBarrel(folder: string): Promise<void> {
    const absoluteFolder = join(root, folder);
    const paths = listFiles(absoluteFolder, (path) => path.endsWith('.ts') && path !== 'index.ts');
    const { listing, problems: unreadable } = await listModules(absoluteFolder, paths, 'index.ts');
    assert.deepEqual(unreadable, []);
    const { body, problems: found } = barrel.render(listing, {});
    assert.equal(barrel.render(listing, {}).body, body);
    writeFileSync(join(absoluteFolder, 'index.ts'), body);
    bodies.set(folder, body);
    problems.set(folder, found);
  }

  const folders = ['operators', 'observable', 'observable/dom', 'scheduler', 'util', ''];

  before(async () => {
    cpSync(rxjs, temp.path, { recursive: true });
    files.push(...listFiles(root, (path) => path.endsWith('.ts')));
    messagesBefore = compile(temp.path, compilerOptions);
    for (const folder of folders) await writeBarrel(folder);
  });
  after(() => temp.remove());

  it('adds nothing to what TypeScript 7 says of the sources', () => {
    assert.equal(compile(temp.path, compilerOptions), messagesBefore);
  });

  it('exports exactly what its modules export', () => {
    const exports = compiledExports(root, [...files, ...folders.map((folder) => join(folder, 'index.ts'))], {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      isolatedModules: true,
      verbatimModuleSyntax: true,
    });
    for (const folder of folders) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const inside = files.filter((path) => path.startsWith(prefix));
      checkUnion(
        folder,
        inside.map((path) => exports.of(path)),
        exports.of(`${prefix}index.ts`),
      );
      assert.deepEqual(exports.diagnosticsOf(`${prefix}index.ts`), []);
    }
  });

  function checkUnion(
    folder: string,
    modules: readonly Map<string, CompiledExport>[],
    found: Map<string, CompiledExport>,
  ) {
    const union = new Map<string, CompiledExport[]>();
    for (const exports of modules) {
      assert.ok(!exports.has('default'), 'RxJS has no default exports to name');
      for (const [name, one] of exports) union.set(name, [...(union.get(name) ?? []), one]);
    }
    assert.deepEqual([...found.keys()].sort(), [...union.keys()].sort(), `names in ${folder}`);
    const typeOnly = typeOnlyNames(bodies.get(folder) ?? '');
    const collisions: string[] = [];
    for (const [name, all] of union) {
      if (new Set(all.map((one) => one.meaning)).size > 1) collisions.push(name);
      assert.ok(
        all.some((one) => one.meaning === found.get(name)?.meaning),
        `${name} is one of the modules' own`,
      );
      assert.equal(
        typeOnly.has(name),
        found.get(name)?.isValue === false,
        `${name} in ${folder} is a type or a value`,
      );
    }
    const reported = (problems.get(folder) ?? [])
      .filter((problem) => problem.code === 'export-collision')
      .map((problem) => /^"(.+?)"/.exec(problem.message)?.[1]);
    assert.deepEqual(reported.sort(), collisions.sort(), `collisions in ${folder}`);
  }
});
