import type { ExportedName } from '../../types.ts';
import { type Entry, isSameBinding, theBarrel } from './bindings.ts';
import type { Module, ModuleSet } from './moduleSet.ts';

/** The exports of each module by name, those that come through `export *` included. */
export type ExportTables = ReadonlyMap<Module, ReadonlyMap<string, Entry>>;

/** What names are taken for that no module of the listing explains. */
type Guesses = Map<ExportedName, Entry>;

/** Follows `export { … } from` and `export *` through the modules of the listing, in cycles too. */
export function resolveExports(set: ModuleSet): ExportTables {
  const tables = new Map<Module, ReadonlyMap<string, Entry>>();
  const guesses: Guesses = new Map();
  const linked: Module[] = [];
  for (const module of dependenciesFirst(set)) {
    tables.set(module, tableOf(module, set, tables, guesses));
    if (isLinked(module)) linked.push(module);
  }
  settle(linked, set, tables, guesses);
  // A module may pass on what only the compiler can find, such as a name behind the star of a package. It says that
  // it exports the name, so that the name counts, with the place where we lost it as its origin.
  for (const module of linked) {
    tables.set(module, tableOf(module, set, tables, guesses));
    for (const exported of module.facts.exports) {
      const known = tables.get(module)?.get(exported.name);
      const guess =
        known === undefined || known === 'ambiguous' ? guessFor(module, exported, set) : undefined;
      if (guess !== undefined) guesses.set(exported, guess);
    }
    tables.set(module, tableOf(module, set, tables, guesses));
  }
  settle(linked, set, tables, guesses);
  return tables;
}

/**
 * Computes the tables anew until nothing changes. It ends, because guesses are fixed and an entry only ever goes from
 * absent to type, to value, to ambiguous.
 */
function settle(
  linked: readonly Module[],
  set: ModuleSet,
  tables: Map<Module, ReadonlyMap<string, Entry>>,
  guesses: Guesses,
): void {
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const module of linked) {
      const table = tableOf(module, set, tables, guesses);
      if (isSame(table, tables.get(module))) continue;
      tables.set(module, table);
      hasChanged = true;
    }
  }
}

function guessFor(module: Module, { from }: ExportedName, set: ModuleSet): Entry | undefined {
  const target = from === undefined ? undefined : set.resolve(module, from.specifier);
  if (from === undefined || target?.kind !== 'module') return undefined;
  return { owner: target.module, name: from.name, isTypeOnly: false };
}

function isLinked({ facts }: Module): boolean {
  return facts.stars.length > 0 || facts.exports.some((exported) => exported.from !== undefined);
}

function tableOf(
  module: Module,
  set: ModuleSet,
  tables: ExportTables,
  guesses: Guesses,
): ReadonlyMap<string, Entry> {
  const table = new Map<string, Entry>();
  for (const exported of module.facts.exports) {
    const entry = guesses.get(exported) ?? ownEntry(module, exported, set, tables);
    if (entry !== undefined) table.set(exported.name, asTypeOnly(entry, exported.isTypeOnly));
  }
  if (module.facts.stars.length === 0) return table;
  // Own names hide those of stars, also where nobody knows yet what they stand for.
  const ownNames = new Set(module.facts.exports.map((exported) => exported.name));
  for (const star of module.facts.stars) {
    const target = set.resolve(module, star.specifier);
    if (target.kind !== 'module') continue;
    for (const [name, entry] of tables.get(target.module) ?? []) {
      if (name === 'default' || ownNames.has(name)) continue;
      table.set(name, merged(table.get(name), asTypeOnly(entry, star.isTypeOnly)));
    }
  }
  return table;
}

function ownEntry(
  module: Module,
  exported: ExportedName,
  set: ModuleSet,
  tables: ExportTables,
): Entry | undefined {
  const { isTypeOnly } = exported;
  if (exported.from === undefined)
    return { owner: module, name: exported.sameAs ?? exported.name, isTypeOnly };
  const { specifier, name } = exported.from;
  const target = set.resolve(module, specifier);
  if (target.kind === 'barrel') return { owner: theBarrel, name, isTypeOnly };
  if (target.kind === 'outside') return { owner: target.id, name, isTypeOnly };
  if (name === '*') return { owner: target.module, name, isTypeOnly };
  return tables.get(target.module)?.get(name);
}

function asTypeOnly(entry: Entry, isTypeOnly: boolean): Entry {
  if (entry === 'ambiguous' || !isTypeOnly || entry.isTypeOnly) return entry;
  return { owner: entry.owner, name: entry.name, isTypeOnly: true };
}

function merged(known: Entry | undefined, entry: Entry): Entry {
  if (known === undefined) return entry;
  if (known === 'ambiguous' || entry === 'ambiguous' || !isSameBinding(known, entry)) return 'ambiguous';
  return known.isTypeOnly ? entry : known;
}

function isSame(table: ReadonlyMap<string, Entry>, known: ReadonlyMap<string, Entry> | undefined): boolean {
  if (known?.size !== table.size) return false;
  for (const [name, entry] of table) {
    const other = known.get(name);
    if (entry === other) continue;
    if (entry === 'ambiguous' || other === 'ambiguous' || other === undefined) return false;
    if (!isSameBinding(entry, other) || entry.isTypeOnly !== other.isTypeOnly) return false;
  }
  return true;
}

/** Orders modules so that one round is enough where there are no cycles. No recursion: chains may be long. */
function dependenciesFirst(set: ModuleSet): Module[] {
  const ordered = new Set<Module>();
  const entered = new Set<Module>();
  const waiting = [...set.modules].reverse();
  for (let module = waiting.at(-1); module !== undefined; module = waiting.at(-1)) {
    // Most modules depend on none of the others for what they export.
    if (entered.has(module) || !isLinked(module)) {
      waiting.pop();
      ordered.add(module);
      continue;
    }
    entered.add(module);
    const specifiers = [
      ...module.facts.stars.map((star) => star.specifier),
      ...module.facts.exports.flatMap((exported) => exported.from?.specifier ?? []),
    ];
    for (const specifier of new Set(specifiers)) {
      const target = set.resolve(module, specifier);
      if (target.kind === 'module' && !entered.has(target.module)) waiting.push(target.module);
    }
  }
  return [...ordered];
}
