import type { Problem } from '../../types.ts';
import { isSameBinding } from './bindings.ts';
import type { Candidate, Candidates } from './candidates.ts';
import { FreeNames } from './freeNames.ts';
import type { Module } from './moduleSet.ts';
import type { BarrelOptions } from './options.ts';
import { collision, type Escape } from './problems.ts';

export type Choice = {
  /** What the barrel exports by name, each name once. */
  readonly names: readonly Candidate[];
  /** Those of the names under which another module brings something else, so that a star can't bring them. */
  readonly contested: ReadonlySet<Candidate>;
  /** Modules that are also exported as a whole, by the name that this takes. */
  readonly namespaces: ReadonlyMap<Module, string>;
  readonly problems: readonly Problem[];
};

/** Decides for every name which module gives it, and what becomes of those that wanted it too. */
export function chooseExports(
  { byName }: Candidates,
  policy: BarrelOptions['collisions'],
  folder: string,
): Choice {
  const names: Candidate[] = [];
  const contested = new Set<Candidate>();
  const namespaces = new Map<Module, string>();
  const problems: Problem[] = [];
  // Made when first needed: it copies all names, and most barrels have no collision.
  let freeNames: FreeNames | undefined;
  for (const [name, all] of byName) {
    const [first] = all;
    if (first === undefined) continue;
    const winner = all.length === 1 ? first : (bestWay(waysTo(first, all)) ?? first);
    names.push(winner);
    if (all.length === 1) continue;
    const losers = all.filter((other) => !isSameBinding(other.binding, first.binding));
    if (losers.length === 0) continue;
    contested.add(winner);
    freeNames ??= new FreeNames(byName.keys(), folder);
    const escapes: Escape[] = [];
    for (const loser of oncePerBinding(losers)) {
      if (policy === 'rename') {
        const renamed = { ...loser, name: freeNames.forExport(loser) };
        names.push(renamed);
        contested.add(renamed);
        escapes.push(renamed);
      } else if (policy === 'namespace') {
        const namespace = namespaces.get(loser.module) ?? freeNames.forModule(loser.module);
        namespaces.set(loser.module, namespace);
        escapes.push({ module: loser.module, name: `${namespace}.${loser.exportedName}` });
      }
    }
    problems.push(collision(name, winner, losers, policy, escapes));
  }
  return { names, contested, namespaces, problems };
}

function waysTo(candidate: Candidate, all: readonly Candidate[]): Candidate[] {
  return all.filter(({ binding }) => isSameBinding(binding, candidate.binding));
}

function oncePerBinding(losers: readonly Candidate[]): Candidate[] {
  const firsts = losers.filter(
    (loser, index) => losers.findIndex(({ binding }) => isSameBinding(binding, loser.binding)) === index,
  );
  return firsts.map((first) => bestWay(waysTo(first, losers)) ?? first);
}

/** Of the ways to one binding, a value's and then the shortest is best. */
function bestWay(ways: readonly Candidate[]): Candidate | undefined {
  const rank = ({ binding, module, exportedName }: Candidate) =>
    (binding.isTypeOnly ? 2 : 0) + (binding.owner === module && binding.name === exportedName ? 0 : 1);
  return ways.length < 2 ? ways[0] : ways.toSorted((a, b) => rank(a) - rank(b))[0];
}
