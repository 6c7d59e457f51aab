import type { Problem } from '../../types.ts';
import { type Binding, BindingSet, isSameBinding, theBarrel } from './bindings.ts';
import { defaultName } from './defaultName.ts';
import type { Module, ModuleSet } from './moduleSet.ts';
import type { BarrelLine } from './printExports.ts';
import { collision, unnamed, unresolvedStar } from './problems.ts';
import type { ExportTables } from './resolveExports.ts';

export type ChoiceOptions = {
  readonly defaultExports: boolean;
  /** False where the output is JavaScript. */
  readonly types: boolean;
  /** The listing's folder, after which a default export of its own `index` file is named. */
  readonly folder: string;
};

/** One way to give the barrel one name. */
type Candidate = {
  readonly binding: Binding;
  readonly module: Module;
  readonly name: string;
  readonly exportedName: string;
};

/**
 * Chooses for every name the module to take it from. Modules named `index` are modules like any other: what they only
 * pass on comes from the module that declares it, what they rename or fetch from elsewhere comes from them. So each
 * binding is there once under each of its names, and none is lost.
 */
export function chooseExports(
  set: ModuleSet,
  tables: ExportTables,
  options: ChoiceOptions,
): { readonly lines: readonly BarrelLine[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const candidates = new Map<string, Candidate[]>();
  for (const module of set.modules) {
    for (const [name, binding] of tables.get(module) ?? []) {
      if (name === 'default' || binding === 'ambiguous' || (binding.isTypeOnly && !options.types)) continue;
      // What a module takes from the barrel under the same name is in the barrel already.
      if (binding.owner === theBarrel && binding.name === name) continue;
      addCandidate(candidates, { binding, module, name, exportedName: name });
    }
  }
  if (options.defaultExports) addDefaults(candidates, set, tables, options, problems);

  const chosen = new Map<Module, Candidate[]>(set.modules.map((module) => [module, []]));
  for (const [name, all] of candidates) {
    const winner = chooseCandidate(all);
    if (winner === undefined) continue;
    chosen.get(winner.module)?.push(winner);
    if (all.length === 1) continue;
    const losers = all.filter((candidate) => !isSameBinding(candidate.binding, winner.binding));
    if (losers.length > 0) problems.push(collision(name, winner, losers));
  }
  const lines = Array.from(chosen, ([module, own]) => lineOf(module, own, set, options, problems));
  return { lines, problems };
}

function addCandidate(candidates: Map<string, Candidate[]>, candidate: Candidate): void {
  const known = candidates.get(candidate.name);
  if (known === undefined) candidates.set(candidate.name, [candidate]);
  else known.push(candidate);
}

/**
 * Names the default exports that have no name yet. They come behind all names that somebody wrote, since theirs is
 * only made up, and a default that a module passes on comes behind the module that declares it.
 */
function addDefaults(
  candidates: Map<string, Candidate[]>,
  set: ModuleSet,
  tables: ExportTables,
  options: ChoiceOptions,
  problems: Problem[],
): void {
  const own: Candidate[] = [];
  const passedOn: Candidate[] = [];
  for (const module of set.modules) {
    const binding = tables.get(module)?.get('default');
    if (binding === undefined || binding === 'ambiguous' || (binding.isTypeOnly && !options.types)) continue;
    const name = defaultName(module.relativePath, options.folder) ?? '';
    (binding.owner === module ? own : passedOn).push({ binding, module, name, exportedName: 'default' });
  }
  if (own.length + passedOn.length === 0) return;

  const known = new BindingSet();
  for (const all of candidates.values()) for (const { binding } of all) known.add(binding);
  const unnamable: Candidate[] = [];
  for (const candidate of [...own, ...passedOn]) {
    const { binding, module, name } = candidate;
    if (known.has(binding)) continue;
    if (name === '' || tables.get(module)?.has(name) === true) {
      unnamable.push(candidate);
    } else {
      known.add(binding);
      addCandidate(candidates, candidate);
    }
  }
  for (const { binding, module, name } of unnamable) {
    // Another module may have given it a name meanwhile; else it is told once.
    if (known.has(binding)) continue;
    known.add(binding);
    problems.push(unnamed(module, name));
  }
}

/** The first in order wins its name; of the ways to the same binding, a value's and then the shortest is best. */
function chooseCandidate(all: readonly Candidate[]): Candidate | undefined {
  const [first] = all;
  if (first === undefined || all.length === 1) return first;
  const same = all.filter((candidate) => isSameBinding(candidate.binding, first.binding));
  const rank = ({ binding, module, exportedName }: Candidate) =>
    (binding.isTypeOnly ? 2 : 0) + (binding.owner === module && binding.name === exportedName ? 0 : 1);
  return same.toSorted((a, b) => rank(a) - rank(b))[0];
}

function lineOf(
  module: Module,
  chosen: readonly Candidate[],
  set: ModuleSet,
  options: ChoiceOptions,
  problems: Problem[],
): BarrelLine {
  const hidden = module.facts.stars.filter(
    ({ specifier, isTypeOnly }) =>
      (options.types || !isTypeOnly) && set.resolve(module, specifier).kind === 'outside',
  );
  if (hidden.length > 0)
    problems.push(
      unresolvedStar(
        module,
        hidden.map((star) => star.specifier),
      ),
    );
  const star = hidden.length === 0 ? undefined : hidden.every((one) => one.isTypeOnly) ? 'type' : 'value';
  return {
    specifier: module.specifier,
    values: chosen.filter(({ binding }) => !binding.isTypeOnly),
    types: chosen.filter(({ binding }) => binding.isTypeOnly),
    ...(star !== undefined && { star }),
  };
}
