import { lexedExports } from '../../facts/lexedExports.ts';
import type { Listing, Problem } from '../../types.ts';
import { resolvePath } from '../relativePath.ts';
import type { Candidate } from './candidates.ts';
import type { Module, ModuleSet } from './moduleSet.ts';
import { incomplete, uncheckable } from './problems.ts';
import type { ExportTables } from './resolveExports.ts';

/** Compares the index that somebody keeps by hand with what it could export, and tells what it lacks. */
export function checkOwnIndex(
  listing: Listing,
  set: ModuleSet,
  tables: ExportTables,
  wanted: readonly Candidate[],
): Problem[] {
  const path = listing.outputFromFolder;
  if (wanted.length === 0) return [];
  const text = listing.inputs?.get(resolvePath(`${listing.folder}/`, path));
  if (text === undefined) return [uncheckable(path, 'there is no such file, or it can not be read')];
  const facts = lexedExports(text, { assumesValues: true });
  if (facts === undefined)
    return [uncheckable(path, 'it can not be read as a module that only passes on exports')];

  const index: Module = { relativePath: path, facts, specifier: '' };
  const names = new Set(facts.exports.map(({ name }) => name));
  for (const { specifier } of facts.stars) {
    const target = set.resolve(index, specifier);
    if (target.kind !== 'module') continue;
    for (const name of tables.get(target.module)?.keys() ?? []) if (name !== 'default') names.add(name);
  }
  const missing = wanted.filter(({ name, binding, module, exportedName }) => {
    if (names.has(name)) return false;
    // The same thing under a name that its owner chose is there, too.
    return !facts.exports.some(({ from }) => {
      const target = from === undefined ? undefined : set.resolve(index, from.specifier);
      if (from === undefined || target?.kind !== 'module') return false;
      if (from.name === '*') return target.module === module || target.module === binding.owner;
      const isDirect = target.module === module && from.name === exportedName;
      const known = tables.get(target.module)?.get(from.name);
      return (
        isDirect ||
        (known !== undefined &&
          known !== 'ambiguous' &&
          known.owner === binding.owner &&
          known.name === binding.name)
      );
    });
  });
  if (missing.length === 0) return [];
  return [
    incomplete(
      path,
      missing.map(({ name, module }) => `${name} (${module.relativePath})`),
    ),
  ];
}
