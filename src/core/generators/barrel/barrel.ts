import type { Problem, Rendered } from '../../types.ts';
import type { Generator } from '../generator.ts';
import { readOptions } from '../pageOptions.ts';
import { arrangeLines } from './arrangeLines.ts';
import { type Candidates, collectCandidates } from './candidates.ts';
import { chooseExports } from './chooseExports.ts';
import { ModuleSet } from './moduleSet.ts';
import { specifierOf } from './moduleSpecifier.ts';
import { maySettle, moduleStyle, wantedSettings } from './moduleStyle.ts';
import { type BarrelOptions, optionsSchema } from './options.ts';
import { checkOwnIndex } from './ownIndex.ts';
import { printExports } from './printExports.ts';
import { tooLarge, unnamed, unresolvedStar } from './problems.ts';
import { resolveExports } from './resolveExports.ts';
import { type Folders, findSubBarrels } from './subBarrels.ts';

/**
 * Re-exports what the modules of a folder export. Every exported name comes once, from the module that declares it; what
 * can't be named is reported, never dropped in silence.
 */
export const barrel: Generator = {
  id: 'barrel',
  description: 'A TypeScript or JavaScript module that re-exports what the modules of a folder export.',
  optionsSchema,
  defaultOutput: 'index.ts',
  defaultInclude: ['**/*.{ts,tsx,js,jsx,mts,cts,mjs,cjs,vue,svelte}'],
  defaultExclude: [
    '**/*.{test,spec}.*',
    '**/*.{bench,cy,test-d}.*',
    '**/__tests__/**',
    '**/__mocks__/**',
    '**/*.{stories,story}.*',
    '**/*.d.{ts,mts,cts}',
    '**/node_modules/**',
  ],
  reads: 'modules',
  unreadableSource: 'fail',
  lookUps(target, known) {
    const isOwn = target.options['reportOnly'] === true && !known.has(target.output);
    return [...wantedSettings(target, known), ...(isOwn ? [target.output] : [])];
  },
  mayLookUp: maySettle,
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    if (/\.cjs$/i.test(listing.outputFromFolder))
      return { body: 'export {};\n', problems: [commonJs(listing)] };
    // A JavaScript file can't hold `export type`, and the names would not exist at run time.
    const types = !/\.(?:js|mjs|jsx)$/i.test(listing.outputFromFolder);
    const style = moduleStyle(listing, options.moduleSuffix);
    const set = new ModuleSet(listing, style.suffix);
    const tables = resolveExports(set);
    const folders = foldersOf(set, listing, options);
    const { folder } = listing;
    const candidates = collectCandidates({ set, tables, listed: folders.listed, options, types, folder });
    const choice = chooseExports(candidates, options.collisions, folder);
    const { exports } = options;
    const lines = arrangeLines({
      ...folders,
      set,
      candidates,
      choice,
      exports,
      types,
      jsonAttributes: style.jsonAttributes,
      specifierOf: (relativePath) => specifierOf(listing, relativePath, style.suffix),
    });
    const body = printExports(lines);
    if (options.reportOnly) {
      return { body, problems: checkOwnIndex(listing, set, tables, choice.names), isReportOnly: true };
    }
    const problems = [
      ...style.problems,
      ...set.problems,
      ...candidates.unnamable.map(({ module, name }) => unnamed(module, name)),
      ...choice.problems,
      ...(exports === 'named' ? starProblems(set, folders, types) : []),
      ...sizeProblems(candidates, listing.outputFromFolder, options.warnAbove),
    ];
    return { body, problems };
  },
};

function foldersOf(
  set: ModuleSet,
  listing: Parameters<Generator['render']>[0],
  options: BarrelOptions,
): Folders {
  if (options.nested === 'barrels') return findSubBarrels(set, listing);
  const listed = set.modules.filter(({ facts }) => facts.isIgnored !== true);
  return { listed, subBarrels: [], shown: new Set() };
}

function starProblems(set: ModuleSet, { listed, shown }: Folders, types: boolean): Problem[] {
  return listed.flatMap((module) => {
    const hidden = shown.has(module)
      ? []
      : set.starsToOutside(module).filter((star) => types || !star.isTypeOnly);
    return hidden.length === 0
      ? []
      : [
          unresolvedStar(
            module,
            hidden.map(({ specifier }) => specifier),
          ),
        ];
  });
}

function sizeProblems({ byName }: Candidates, output: string, limit: number): Problem[] {
  const loaded = new Set<unknown>();
  for (const all of byName.values())
    for (const { module, binding } of all) if (!binding.isTypeOnly) loaded.add(module);
  return loaded.size > limit ? [tooLarge(output, loaded.size, limit)] : [];
}

function commonJs({ outputFromFolder }: { readonly outputFromFolder: string }): Problem {
  return {
    severity: 'error',
    code: 'barrel-output-unsupported',
    message: 'A CommonJS file can hold no `export`. Choose an output that ends in .ts, .js or .mjs.',
    relativePath: outputFromFolder,
  };
}
