import { comparePaths } from '../../order.ts';
import type { Listing, ModuleFacts, Problem } from '../../types.ts';
import { resolvePath } from '../relativePath.ts';
import { importKey, type ModuleSuffix, specifierOf } from './moduleSpecifier.ts';

/** A module of the listing that the barrel can import. */
export type Module = {
  readonly relativePath: string;
  readonly facts: ModuleFacts;
  /** What the barrel writes behind `from`. */
  readonly specifier: string;
};

/** Where a module specifier leads: to a module of the listing, to the barrel itself, or out of sight. */
export type Resolved =
  | { readonly kind: 'module'; readonly module: Module }
  | { readonly kind: 'barrel' }
  | { readonly kind: 'outside'; readonly id: string };

/** The importable modules of a listing, in its order. Of a source and what was compiled from it, it holds the source. */
export class ModuleSet {
  readonly modules: readonly Module[];
  readonly problems: readonly Problem[];
  readonly #byKey: ReadonlyMap<string, Module>;
  readonly #barrelKey: string;

  constructor(listing: Listing, suffix: ModuleSuffix) {
    const byKey = new Map<string, Module>();
    const modules: Module[] = [];
    const problems: Problem[] = [];
    for (const module of byPrecedence(listing, suffix)) {
      const key = importKey(module.relativePath);
      const first = byKey.get(key);
      if (first === undefined) byKey.set(key, module);
      if (first === undefined || (suffix === 'source' && areBothSources(first, module))) modules.push(module);
      else if (!isTwin(first, module)) problems.push(shadowed(first, module));
    }
    this.modules = modules.sort((a, b) => comparePaths(a.relativePath, b.relativePath));
    this.problems = problems.sort((a, b) => comparePaths(a.relativePath, b.relativePath));
    this.#byKey = byKey;
    this.#barrelKey = importKey(resolvePath('', listing.outputFromFolder));
  }

  /** Finds what a specifier in a module means, with the extensions and the `index` files that resolvers try. */
  resolve(from: Module, specifier: string): Resolved {
    if (!/^\.\.?(?:\/|$)/.test(specifier)) return { kind: 'outside', id: specifier };
    const path = resolvePath(from.relativePath, specifier);
    const index = path === '' ? 'index' : `${path}/index`;
    for (const key of [path, importKey(path), index]) {
      const module = this.#byKey.get(key);
      if (module !== undefined) return { kind: 'module', module };
      if (key === this.#barrelKey) return { kind: 'barrel' };
    }
    return { kind: 'outside', id: `./${importKey(path)}` };
  }

  /** The stars of a module that lead out of the listing: what they bring only the compiler can know. */
  starsToOutside(module: Module): ModuleFacts['stars'] {
    return module.facts.stars.filter(({ specifier }) => this.resolve(module, specifier).kind === 'outside');
  }
}

/** When two files answer to the same specifier, resolvers take the first of these; the last stands for any other. */
const precedence = [
  '.ts',
  '.tsx',
  '.d.ts',
  '.mts',
  '.d.mts',
  '.cts',
  '.d.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '',
];

function byPrecedence(listing: Listing, suffix: ModuleSuffix): Module[] {
  const ranked = Array.from(precedence, (): Module[] => []);
  for (const { relativePath, facts } of listing.sources) {
    if (facts.kind !== 'module') continue;
    const module = { relativePath, facts, specifier: specifierOf(listing, relativePath, suffix) };
    const extension = /(?:\.d)?\.[^.]*$/.exec(relativePath)?.[0].toLowerCase() ?? '';
    const rank = precedence.indexOf(extension);
    ranked.at(rank)?.push(module);
  }
  return ranked.flat();
}

function isDeclaration(relativePath: string): boolean {
  return /\.d\.[mc]?ts$/i.test(relativePath);
}

function isTypeScript(relativePath: string): boolean {
  return /\.[mc]?tsx?$/i.test(relativePath);
}

/** Only of two sources or two scripts is one written by hand and lost; compiled files and declarations are twins. */
function isTwin(first: Module, second: Module): boolean {
  if (isDeclaration(first.relativePath) || isDeclaration(second.relativePath)) return true;
  return isTypeScript(first.relativePath) && !isTypeScript(second.relativePath);
}

function areBothSources(first: Module, second: Module): boolean {
  return !isTwin(first, second);
}

function shadowed(first: Module, second: Module): Problem {
  return {
    severity: 'warning',
    code: 'module-shadowed',
    message: `${second.relativePath} can't be imported beside ${first.relativePath}: both have the same name but for the extension. Rename one of them, or exclude one.`,
    relativePath: second.relativePath,
  };
}
