import { comparePaths } from '../../order.ts';
import type { Candidate, Candidates } from './candidates.ts';
import type { Choice } from './chooseExports.ts';
import type { Module, ModuleSet } from './moduleSet.ts';
import type { BarrelOptions } from './options.ts';
import type { BarrelLine } from './printExports.ts';
import type { Folders } from './subBarrels.ts';

export type Arrangement = Folders & {
  readonly set: ModuleSet;
  readonly candidates: Candidates;
  readonly choice: Choice;
  readonly exports: BarrelOptions['exports'];
  /** False where the output is JavaScript. */
  readonly types: boolean;
  readonly jsonAttributes: boolean;
  readonly specifierOf: (relativePath: string) => string;
};

/** Decides what is written out and what a star brings. A name that is written out wins over every star. */
export function arrangeLines(arrangement: Arrangement): BarrelLine[] {
  const { listed, subBarrels, shown, choice, exports, specifierOf } = arrangement;
  const named = new Map<Module, { readonly values: Candidate[]; readonly types: Candidate[] }>();
  for (const module of listed) named.set(module, { values: [], types: [] });
  for (const name of choice.names) {
    const isByStar = shown.has(name.module) || (exports === 'star' && name.exportedName !== 'default');
    if (isByStar && !choice.contested.has(name)) continue;
    const line = named.get(name.module);
    (name.binding.isTypeOnly ? line?.types : line?.values)?.push(name);
  }
  const starred = exports === 'star' ? starsByModule(arrangement) : new Map<Module, 'value' | 'type'>();
  const lines: [string, BarrelLine][] = [];
  for (const [module, { values, types }] of named) {
    const stars = shown.has(module) ? [] : [hiddenStar(module, arrangement), starred.get(module)];
    const star = stars.includes('value') ? 'value' : stars.includes('type') ? 'type' : undefined;
    const namespace = choice.namespaces.get(module);
    if (values.length + types.length === 0 && star === undefined && namespace === undefined) continue;
    lines.push([
      module.relativePath,
      {
        specifier: module.specifier,
        values,
        types,
        needsTypeAttribute: arrangement.jsonAttributes && /\.json$/i.test(module.relativePath),
        ...(star !== undefined && { star }),
        ...(namespace !== undefined && { namespace: { name: namespace, isTypeOnly: isOfTypes(module) } }),
      },
    ]);
  }
  if (subBarrels.length === 0) return lines.map(([, line]) => line);
  for (const { relativePath } of subBarrels) {
    lines.push([
      relativePath,
      { specifier: specifierOf(relativePath), values: [], types: [], star: 'value' },
    ]);
  }
  return lines.sort(([a], [b]) => comparePaths(a, b)).map(([, line]) => line);
}

/** The modules of which a star brings anything, told from those where it brings only types. */
function starsByModule({ candidates }: Arrangement): Map<Module, 'value' | 'type'> {
  const stars = new Map<Module, 'value' | 'type'>();
  for (const all of candidates.byName.values()) {
    for (const { module, binding, exportedName } of all) {
      if (exportedName === 'default') continue;
      if (!binding.isTypeOnly) stars.set(module, 'value');
      else if (!stars.has(module)) stars.set(module, 'type');
    }
  }
  return stars;
}

/** The star that passes on what a module has from outside the listing: names that only the compiler can know. */
function hiddenStar(module: Module, { set, types }: Arrangement): 'value' | 'type' | undefined {
  const hidden = set.starsToOutside(module).filter((star) => types || !star.isTypeOnly);
  if (hidden.length === 0) return undefined;
  return hidden.every((star) => star.isTypeOnly) ? 'type' : 'value';
}

function isOfTypes({ facts }: Module): boolean {
  return facts.stars.length === 0 && facts.exports.every((exported) => exported.isTypeOnly);
}
