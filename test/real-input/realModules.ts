import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { listFiles } from './moduleTree.ts';

const require = createRequire(import.meta.url);

/** Modules of a published package, as people wrote or compiled them. */
export type RealPackage = {
  readonly name: string;
  readonly folder: string;
  /** Relative to the folder, sorted. */
  readonly modules: readonly string[];
};

function realPackage(
  name: string,
  inside: string,
  isWanted: (relativePath: string) => boolean,
  isModule: (relativePath: string) => boolean,
): RealPackage {
  const folder = join(dirname(require.resolve(`${name}/package.json`)), inside);
  const files = listFiles(folder, (path) => !path.startsWith('node_modules/') && isModule(path));
  return { name: join(name, inside), folder, modules: files.filter(isWanted) };
}

const isTest = (path: string) => /\.(?:test|spec)\.|(?:^|\/)(?:tests?|__tests__|benchmarks?)\//.test(path);
const isTypeScript = (path: string) => /(?<!\.d)\.tsx?$/.test(path);
const isDeclaration = (path: string) => path.endsWith('.d.ts');

/** TypeScript sources in different hands' styles, and JavaScript with and without default exports. */
export function realPackages(): RealPackage[] {
  return [
    realPackage('rxjs', 'src', (path) => !isTest(path), isTypeScript),
    realPackage('zod', 'src', (path) => !isTest(path), isTypeScript),
    realPackage('effect', 'src', (path) => !isTest(path), isTypeScript),
    realPackage(
      'date-fns',
      '',
      (path) => !/^cdn|\/cdn/.test(path),
      (path) => path.endsWith('.js'),
    ),
    realPackage(
      'lodash-es',
      '',
      () => true,
      (path) => path.endsWith('.js'),
    ),
  ];
}

/** Declaration files, which say `declare` and mean something else by it. */
export function realDeclarations(): RealPackage[] {
  return [
    realPackage('date-fns', '', () => true, isDeclaration),
    realPackage('effect', 'dist', () => true, isDeclaration),
    realPackage('type-fest', 'source', () => true, isDeclaration),
  ];
}

/** A repeatable choice: every n-th of a list, from a place that the seed decides. */
export function sample<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  if (count >= items.length) return [...items];
  const step = items.length / count;
  const start = (seed % 1000) / 1000;
  return Array.from({ length: count }, (_, i) => items[Math.floor((i + start) * step)]).filter(
    (item) => item !== undefined,
  );
}
