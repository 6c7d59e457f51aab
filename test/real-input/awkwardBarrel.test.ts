import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'ts5';
import { barrel } from '../../src/core/generators/barrel/barrel.ts';
import type { Rendered } from '../../src/core/types.ts';
import { awkwardTree } from './awkwardTree.ts';
import { compile, compiledExports, typeOnlyNames } from './compiler.ts';
import { listModules, makeFolder, writeTree } from './moduleTree.ts';

const common = {
  strict: true,
  target: 'es2022',
  jsx: 'preserve',
  allowJs: true,
  types: [],
  isolatedModules: true,
  verbatimModuleSyntax: true,
  noEmit: true,
};
const modes = [
  { suffix: 'none', compilerOptions: { ...common, module: 'esnext', moduleResolution: 'bundler' } },
  { suffix: '.js', compilerOptions: { ...common, module: 'esnext', moduleResolution: 'bundler' } },
  { suffix: '.js', compilerOptions: { ...common, module: 'nodenext', moduleResolution: 'nodenext' } },
  {
    suffix: 'source',
    compilerOptions: {
      ...common,
      module: 'nodenext',
      moduleResolution: 'nodenext',
      allowImportingTsExtensions: true,
    },
  },
];

describe('a barrel of an awkward tree', function () {
  this.timeout(60_000);
  const temp = makeFolder();
  const lib = join(temp.path, 'lib');
  const paths = Object.keys(awkwardTree);

  before(() => {
    writeTree(lib, awkwardTree);
    writeTree(temp.path, {
      'package.json': '{ "type": "module" }',
      'outside.ts': 'export const outside = 1;\n',
    });
  });
  after(() => temp.remove());

  async function render(output: string, options: Readonly<Record<string, unknown>>): Promise<Rendered> {
    const { listing, problems } = await listModules(lib, paths, output);
    assert.deepEqual(
      problems.map(({ code, relativePath }) => `${code} ${relativePath}`),
      ['module-not-es common.cts'],
    );
    return barrel.render(listing, options);
  }

  for (const { suffix, compilerOptions } of modes) {
    it(`compiles with suffix ${suffix} and module resolution ${compilerOptions.moduleResolution}`, async () => {
      const { body } = await render('index.ts', { moduleSuffix: suffix });
      writeFileSync(join(lib, 'index.ts'), body);
      assert.equal(compile(temp.path, compilerOptions), '');
    });
  }

  it('has the union of what the modules export, values as values and types as types', async () => {
    const { body } = await render('index.ts', { moduleSuffix: '.js' });
    writeFileSync(join(lib, 'index.ts'), body);
    const modules = paths.filter((path) => path !== 'twin.js' && path !== 'common.cts');
    const exports = compiledExports(lib, [...modules, 'index.ts'], {
      ...common,
      target: ts.ScriptTarget.ES2022,
      jsx: ts.JsxEmit.Preserve,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    });
    assert.deepEqual(exports.diagnosticsOf('index.ts'), []);
    const found = exports.of('index.ts');
    const union = new Set(modules.flatMap((path) => [...exports.of(path).keys()]));
    union.delete('default');
    for (const name of [
      'defaultClass',
      'defaultFunction',
      'defaultType',
      'defaultInterface',
      'script',
      'sub',
    ]) {
      assert.ok(!union.has(name));
      union.add(name);
    }
    assert.deepEqual([...found.keys()].sort(), [...union].sort());
    const typeOnly = typeOnlyNames(body);
    for (const [name, { isValue }] of found) {
      // Nothing of these is emitted, although the compiler counts them as values.
      const isErased = ['injected', 'ambient', 'justTypes'].includes(name);
      assert.equal(typeOnly.has(name), !isValue || isErased, name);
    }
  });

  it('reports each name that two modules want, each default without a name and each star it can not follow', async () => {
    const { problems } = await render('index.ts', {});
    const told = problems.map(
      ({ code, relativePath, message }) => `${code} ${relativePath} ${message.split(' ')[0]}`,
    );
    assert.deepEqual(told.sort(), [
      'default-export-unnamed 2fa.ts The',
      'default-export-unnamed clash.ts The',
      'default-export-unnamed class.ts The',
      'export-collision collideB.ts "same"',
      'export-star-unresolved fromOutside.ts fromOutside.ts',
    ]);
  });

  it('has no types and still every value when the output is JavaScript', async () => {
    const { body } = await render('index.js', { moduleSuffix: '.js' });
    assert.doesNotMatch(body, /\btype\b/);
    assert.match(body, /^export \{ onlyInA, same \} from '\.\/collideA\.js';$/m);
    writeFileSync(join(lib, 'index.ts'), body);
    assert.equal(compile(temp.path, modes[2]?.compilerOptions ?? {}), '');
  });
});
