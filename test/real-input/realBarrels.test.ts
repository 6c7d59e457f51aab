import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'ts5';
import { isLongForm } from '../support/longForm.ts';
import { readTree } from '../support/tree.ts';
import { compiledExports } from './compiler.ts';
import { listFiles, makeFolder, writeTree } from './moduleTree.ts';
import { randomFrom } from './randomModules.ts';
import { type RealPackage, realPackages, sample } from './realModules.ts';
import { regenerateIn, threeSurroundings } from './regenerateIn.ts';

const seed = Number(process.env['ATOMIC_INDEX_SEED'] ?? Date.now() % 1_000_000);
const common = { generator: 'barrel', include: ['**/*.{ts,js}'], exclude: ['**/cdn*', 'dist/**'] };

/** Every style beside the others, and a barrel in each folder that passes on those below. */
const targets = [
  { ...common, output: 'barrel-names.ts', options: { collisions: 'rename' } },
  { ...common, output: 'barrel-stars.ts', options: { exports: 'star', collisions: 'namespace' } },
  { ...common, output: 'barrel-declared.ts', options: { moduleSuffix: '.js', defaultExports: 'declared' } },
  { ...common, output: 'barrel.ts', options: { nested: 'barrels' } },
  { ...common, folders: '**', output: 'barrel.ts', options: { nested: 'barrels' } },
];

describe(`barrels of real packages (seed ${seed})`, function () {
  this.timeout(300_000);
  const temp = makeFolder();
  after(() => temp.remove());

  const all = realPackages();
  for (const one of isLongForm ? all : sample(all, 1, Math.floor(randomFrom(seed)() * 1000))) {
    it(`of ${one.modules.length} modules of ${one.name} are the same everywhere, and compile`, () => {
      const random = randomFrom(seed);
      const trees = threeSurroundings(seed).map((surroundings) => {
        const folder = join(temp.path, one.name.replaceAll('/', '-'), surroundings.locale);
        copyInRandomOrder(one, folder, random);
        writeTree(folder, { 'atomic-index.json': JSON.stringify({ targets }) });
        const { outcomes, errors } = regenerateIn(folder, surroundings);
        assert.deepEqual(errors, []);
        assert.ok(
          outcomes.length >= 4 && outcomes.every(({ kind }) => kind === 'created'),
          JSON.stringify(outcomes),
        );
        return { folder, files: readTree(folder) };
      });
      const [first, ...others] = trees;
      assert.ok(first !== undefined);
      for (const { files } of others) assert.deepEqual(withoutTimes(files), withoutTimes(first.files));

      regenerateIn(first.folder, { locale: 'C', seed });
      assert.deepEqual(readTree(first.folder), first.files);
      // RxJS itself passes types on without saying so, which these two settings forbid.
      checkCompiled(first.folder, !one.name.startsWith('rxjs'));
    });
  }

  function checkCompiled(folder: string, isEachModuleAlone: boolean): void {
    const barrels = listFiles(folder, (path) => /(?:^|\/)barrel[^/]*\.ts$/.test(path));
    assert.ok(barrels.length >= 4);
    const exports = compiledExports(folder, barrels, {
      strict: true,
      allowJs: true,
      isolatedModules: isEachModuleAlone,
      verbatimModuleSyntax: isEachModuleAlone,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    });
    for (const path of barrels) assert.deepEqual(exports.diagnosticsOf(path), [], path);
    const named = [...exports.of('barrel-names.ts').keys()];
    assert.ok(named.length > 100, `${named.length} names`);
  }
});

/** File systems list files in the order in which they were made, or by a hash, or sorted. */
function copyInRandomOrder({ folder, modules }: RealPackage, to: string, random: () => number): void {
  const declarations = listFiles(
    folder,
    (path) => path.endsWith('.d.ts') && !path.startsWith('node_modules/'),
  );
  const order = [...modules, ...declarations].map((path) => ({ path, rank: random() }));
  for (const { path } of order.sort((a, b) => a.rank - b.rank)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(folder, path), join(to, path));
  }
}

function withoutTimes(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(/^\d+ /, '')]));
}
