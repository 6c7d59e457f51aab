import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'ts5';
import { barrel } from '../../src/core/generators/barrel/barrel.ts';
import { regenerate } from '../../src/core/regenerate.ts';
import type { Rendered } from '../../src/core/types.ts';
import { readTree } from '../support/tree.ts';
import { awkwardTree } from './awkwardTree.ts';
import { compile, compiledExports, typeOnlyNames } from './compiler.ts';
import { listModules, makeFolder, writeTree } from './moduleTree.ts';

const common = {
  strict: true,
  target: 'es2022',
  jsx: 'preserve',
  allowJs: true,
  resolveJsonModule: true,
  types: [],
  isolatedModules: true,
  verbatimModuleSyntax: true,
  noEmit: true,
};
const bundler = { ...common, module: 'esnext', moduleResolution: 'bundler' };
const node = { ...common, module: 'nodenext', moduleResolution: 'nodenext' };
const modes = [
  { suffixes: ['none', '.js', 'auto'], wanted: '', compilerOptions: bundler },
  { suffixes: ['.js', 'auto'], wanted: '.js', compilerOptions: node },
  {
    suffixes: ['source', '.js', 'auto'],
    wanted: '.ts',
    compilerOptions: { ...node, allowImportingTsExtensions: true },
  },
  {
    suffixes: ['source', 'none', 'auto'],
    wanted: '.ts',
    compilerOptions: { ...bundler, rewriteRelativeImportExtensions: true },
  },
];
const policies = ['first', 'namespace', 'rename'];

/** What stands beside the folder: types for what only bundlers know, and a module that is in no listing. */
const around = {
  'package.json': '{ "type": "module" }',
  'outside.ts': 'export const outside = 1;\n',
  'components.d.ts': ['vue', 'svelte']
    .map(
      (kind) =>
        `declare module '*.${kind}' {\n  const component: { kind: '${kind}' };\n  export default component;\n}\n`,
    )
    .join(''),
};

describe('a barrel of an awkward tree', function () {
  this.timeout(120_000);
  const temp = makeFolder();
  const lib = join(temp.path, 'lib');
  const paths = Object.keys(awkwardTree);

  before(() => {
    writeTree(lib, awkwardTree);
    writeTree(temp.path, around);
  });
  after(() => temp.remove());

  async function render(
    output: string,
    options: Readonly<Record<string, unknown>>,
    compilerOptions: object = bundler,
  ): Promise<Rendered> {
    const { listing, problems } = await listModules(lib, paths, output);
    assert.deepEqual(
      problems.map(({ code, relativePath }) => `${code} ${relativePath}`),
      ['module-not-es common.cts'],
    );
    const inputs = new Map([
      ['tsconfig.json', JSON.stringify({ compilerOptions })],
      ['package.json', around['package.json']],
    ]);
    return barrel.render({ ...listing, folder: 'lib', inputs }, options);
  }

  for (const { suffixes, compilerOptions, wanted } of modes) {
    const { moduleResolution } = compilerOptions;
    it(`compiles with all suffixes, policies and styles for ${moduleResolution} (${wanted || 'none'})`, async () => {
      const folder = makeFolder();
      try {
        writeTree(join(folder.path, 'lib'), awkwardTree);
        writeTree(folder.path, around);
        for (const moduleSuffix of suffixes) {
          for (const collisions of policies) {
            for (const exports of ['named', 'star']) {
              for (const nested of ['flat', 'barrels']) {
                const name = `index-${moduleSuffix}-${collisions}-${exports}-${nested}.ts`;
                const options = { moduleSuffix, collisions, exports, nested, defaultExports: 'declared' };
                const { body } = await render(name, options, compilerOptions);
                writeFileSync(join(folder.path, 'lib', name), body);
                if (moduleSuffix === 'auto') assert.ok(body.includes(`'./many${wanted}'`), body);
              }
            }
          }
        }
        assert.equal(compile(folder.path, compilerOptions), '');
      } finally {
        folder.remove();
      }
    });
  }

  it('has the union of what the modules export, values as values and types as types', async () => {
    const names: string[] = [];
    for (const exports of ['named', 'star']) {
      const name = exports === 'named' ? 'index.ts' : 'stars.ts';
      const { body } = await render(name, { moduleSuffix: '.js', exports });
      writeFileSync(join(lib, name), body);
      names.push(name);
    }
    const unlisted = ['twin.js', 'common.cts', 'ignored.ts'];
    const modules = paths.filter((path) => !unlisted.includes(path) && /\.[jt]sx?$|\.mts$/.test(path));
    const compiled = compiledExports(lib, [...modules, ...names, '../components.d.ts'], {
      ...common,
      target: ts.ScriptTarget.ES2022,
      jsx: ts.JsxEmit.Preserve,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    });
    const union = new Set(modules.flatMap((path) => [...compiled.of(path).keys()]));
    union.delete('default');
    for (const name of [
      'SailPlan',
      'defaultClass',
      'defaultFunction',
      'defaultInterface',
      'defaultType',
      'ports',
      'script',
      'sub',
      'windRose',
    ]) {
      assert.ok(!union.has(name));
      union.add(name);
    }
    for (const name of names) {
      assert.deepEqual(compiled.diagnosticsOf(name), []);
      assert.deepEqual([...compiled.of(name).keys()].sort(), [...union].sort(), name);
    }
    const typeOnly = typeOnlyNames(readFileSync(join(lib, 'index.ts'), 'utf8'));
    for (const [name, { isValue }] of compiled.of('index.ts')) {
      // Nothing of these is emitted, although the compiler counts them as values.
      const isErased = ['injected', 'ambient', 'justTypes'].includes(name);
      assert.equal(typeOnly.has(name), !isValue || isErased, name);
    }
  });

  it('reports each name that two modules want, each default without a name and each star it can not follow', async () => {
    const told = async (collisions: string) =>
      (await render('index.ts', { collisions })).problems.map(
        ({ severity, code, relativePath, message }) =>
          `${severity} ${code} ${relativePath} ${message.split(' ')[0]}`,
      );
    const others = [
      'information default-export-unnamed 2fa.ts The',
      'information default-export-unnamed clash.ts The',
      'information default-export-unnamed class.ts The',
      'information export-star-unresolved fromOutside.ts fromOutside.ts',
    ];
    for (const [collisions, severity] of [
      ['first', 'warning'],
      ['error', 'error'],
      ['namespace', 'information'],
      ['rename', 'information'],
    ] as const) {
      const expected = [...others, `${severity} export-collision collideB.ts "same"`];
      assert.deepEqual((await told(collisions)).sort(), expected.sort());
    }
  });

  it('gives every binding that collides a name that leads to it', async () => {
    const files = ['collideA.ts', 'collideB.ts', 'collideType.ts'];
    for (const [collisions, expected] of [
      ['namespace', ['collideB', 'collideType', 'same']],
      ['rename', ['collideBSame', 'collideTypeSame', 'same']],
    ] as const) {
      const { body } = await render('index.ts', { moduleSuffix: '.js', collisions });
      writeFileSync(join(lib, 'index.ts'), body);
      const compiled = compiledExports(lib, [...files, 'index.ts'], {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
      });
      const found = compiled.of('index.ts');
      const meanings = expected.map((name) => found.get(name)?.meaning.name);
      assert.ok(
        meanings.every((name) => name !== undefined && name !== 'unknown'),
        `${meanings}`,
      );
    }
  });

  it('has no types and still every value when the output is JavaScript', async () => {
    for (const exports of ['named', 'star']) {
      const { body } = await render('index.js', { moduleSuffix: '.js', exports });
      assert.doesNotMatch(body, /\btype\b(?!: 'json')/);
      if (exports === 'named') assert.match(body, /^export \{ onlyInA, same \} from '\.\/collideA\.js';$/m);
      writeFileSync(join(lib, 'index.ts'), body);
      writeFileSync(join(lib, 'stars.ts'), 'export {};\n');
      assert.equal(compile(temp.path, node), '');
    }
  });
});

describe('the engine in an awkward tree', function () {
  this.timeout(60_000);
  const temp = makeFolder();
  after(() => temp.remove());

  it('makes barrels that compile, changes nothing that is written by hand, and lists nothing that is not meant', async () => {
    const unlisted = {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': 'lib/dist/\n',
      'lib/dist/built.ts': 'export const built = 1;\n',
      'lib/many.test.ts': 'export const test = 1;\n',
      'lib/__mocks__/mock.ts': 'export const mock = 1;\n',
      'lib/many.stories.tsx': 'export const story = 1;\n',
      'lib/globals.d.ts': 'export declare const declared: 1;\n',
      'lib/.hidden.ts': 'export const hidden = 1;\n',
    };
    writeTree(temp.path, {
      ...around,
      ...unlisted,
      ...Object.fromEntries(Object.entries(awkwardTree).map(([name, text]) => [`lib/${name}`, text])),
      'tsconfig.json': JSON.stringify({ compilerOptions: node, include: ['.'] }),
      'lib/sub/kept/index.ts': '// Kept by hand.\nexport const kept = 1;\n',
      'atomic-index.json': JSON.stringify({
        targets: [
          { generator: 'barrel', folder: 'lib', include: ['**/*.{ts,tsx,js,mts,cts,vue,svelte,json}'] },
          {
            generator: 'barrel',
            folder: 'lib',
            output: 'stars.ts',
            options: { exports: 'star', nested: 'barrels' },
          },
          // There is a hand-written index in both: they are refused, not replaced.
          { generator: 'barrel', folders: 'lib/sub{,/kept}' },
        ],
      }),
    });
    const run = () =>
      regenerate({
        absoluteRoot: temp.path,
        mode: 'write',
        triggers: [{ kind: 'command', relativePaths: 'all' }],
      });
    const before = readTree(temp.path);
    const report = await run();
    assert.deepEqual(report.targets.map(({ target, outcome }) => `${target.output} ${outcome.kind}`).sort(), [
      'lib/index.ts created',
      'lib/stars.ts created',
      'lib/sub/index.ts conflict',
      'lib/sub/kept/index.ts conflict',
    ]);
    const { 'lib/index.ts': index, 'lib/stars.ts': stars, ...rest } = readTree(temp.path);
    assert.deepEqual(rest, before);
    assert.ok(index !== undefined && stars !== undefined);
    for (const text of [index, stars].map(String))
      assert.doesNotMatch(
        text,
        /built|test|mock|story|globals|hidden|'\.\/ignored|sideEffect|'\.\/index|stars/,
      );
    assert.equal(compile(temp.path, node), '');

    const after = readTree(temp.path);
    await run();
    assert.deepEqual(readTree(temp.path), after);
  });
});
