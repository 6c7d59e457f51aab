import { type Binding, BindingSet, theBarrel } from './bindings.ts';
import { defaultName, isIdentifier, isReserved } from './defaultName.ts';
import type { Module, ModuleSet } from './moduleSet.ts';
import type { BarrelOptions } from './options.ts';
import type { ExportTables } from './resolveExports.ts';

/** One way to give the barrel one name. */
export type Candidate = {
  readonly binding: Binding;
  readonly module: Module;
  readonly name: string;
  readonly exportedName: string;
};

export type CandidateRequest = {
  readonly set: ModuleSet;
  readonly tables: ExportTables;
  /** The modules of the set that the barrel may import; others only explain what these pass on. */
  readonly listed: readonly Module[];
  readonly options: Pick<BarrelOptions, 'defaultExports' | 'defaultNameStyle'>;
  /** False where the output is JavaScript. */
  readonly types: boolean;
  /** The listing's folder, after which a default export of its own `index` file is named. */
  readonly folder: string;
};

export type Candidates = {
  /** All that want a name, in the order of their modules; those with a made-up name come last. */
  readonly byName: ReadonlyMap<string, readonly Candidate[]>;
  /** Default exports that can't be named; their `name` is what the file would call them, or empty. */
  readonly unnamable: readonly Candidate[];
};

/**
 * Collects every way to every name. Modules named `index` are modules like any other: what they only pass on comes from
 * the module that declares it, what they rename or fetch from elsewhere comes from them.
 */
export function collectCandidates(request: CandidateRequest): Candidates {
  const { tables, listed, types, options } = request;
  const byName = new Map<string, Candidate[]>();
  for (const module of listed) {
    for (const [name, binding] of tables.get(module) ?? []) {
      if (name === 'default' || binding === 'ambiguous' || (binding.isTypeOnly && !types)) continue;
      // What a module takes from the barrel under the same name is in the barrel already.
      if (binding.owner === theBarrel && binding.name === name) continue;
      add(byName, { binding, module, name, exportedName: name });
    }
  }
  return { byName, unnamable: options.defaultExports === 'none' ? [] : addDefaults(byName, request) };
}

function add(byName: Map<string, Candidate[]>, candidate: Candidate): void {
  const known = byName.get(candidate.name);
  if (known === undefined) byName.set(candidate.name, [candidate]);
  else known.push(candidate);
}

/**
 * Names the default exports that have no name yet. They come behind all names that somebody wrote, since theirs is
 * only made up, and a default that a module passes on comes behind the module that declares it.
 */
function addDefaults(byName: Map<string, Candidate[]>, request: CandidateRequest): Candidate[] {
  const { tables, listed, types } = request;
  const own: Candidate[] = [];
  const passedOn: Candidate[] = [];
  for (const module of listed) {
    const binding = tables.get(module)?.get('default');
    if (binding === undefined || binding === 'ambiguous' || (binding.isTypeOnly && !types)) continue;
    const name = nameOfDefault(module, binding, request);
    (binding.owner === module ? own : passedOn).push({ binding, module, name, exportedName: 'default' });
  }
  if (own.length + passedOn.length === 0) return [];

  const known = new BindingSet();
  for (const all of byName.values()) for (const { binding } of all) known.add(binding);
  const unnamable: Candidate[] = [];
  for (const candidate of [...own, ...passedOn]) {
    const { binding, module, name } = candidate;
    if (known.has(binding)) continue;
    if (name === '' || tables.get(module)?.has(name) === true) {
      unnamable.push(candidate);
    } else {
      known.add(binding);
      add(byName, candidate);
    }
  }
  return unnamable.filter(({ binding }) => {
    // Another module may have given it a name meanwhile; else it is told once.
    const isNew = !known.has(binding);
    known.add(binding);
    return isNew;
  });
}

function nameOfDefault(module: Module, { owner }: Binding, { options, folder }: CandidateRequest): string {
  if (options.defaultExports === 'declared' && typeof owner !== 'string') {
    const declared = owner.facts.exports.find(({ name }) => name === 'default')?.declaredName;
    if (declared !== undefined && isIdentifier(declared) && !isReserved(declared)) return declared;
  }
  return defaultName(module.relativePath, folder, options.defaultNameStyle) ?? '';
}
