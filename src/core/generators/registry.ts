import { comparePaths } from '../order.ts';
import type { GeneratorId } from '../types.ts';
import { type Contributed, readContributed } from './contributed.ts';
import type { Generator } from './generator.ts';
import { builtInGenerators } from './index.ts';

/** A generator of ours, or one that another extension or a package has given. */
export type AnyGenerator = Generator | Contributed;

const contributed = new Map<GeneratorId, Contributed>();

/** The one door to generators by their names: ours, and those that are registered at the moment. */
export function findGenerator(id: GeneratorId): AnyGenerator | undefined {
  return builtInGenerators.get(id) ?? contributed.get(id);
}

/** Tells whether a name is that of a registered generator, not of ours. */
export function isContributed(id: GeneratorId): boolean {
  return contributed.has(id);
}

/**
 * Adds a generator to those of this process, and gives the function that takes it out again. Throws a `TypeError` that
 * says what is wrong with it, also when its id is taken.
 */
export function registerGenerator(value: unknown): { readonly id: GeneratorId; remove(): void } {
  const generator = readContributed(value);
  const { id } = generator;
  if (contributed.has(id))
    throw new TypeError(`There is a generator "${id}" already. Dispose of it first, or choose another id.`);
  contributed.set(id, generator);
  return {
    id,
    remove() {
      // Called twice, it must not take out one that was registered in between.
      if (contributed.get(id) === generator) contributed.delete(id);
    },
  };
}

/** Says that nobody has registered a generator, and what to do; `plugins` are the packages that the project file names. */
export function describeMissing(id: GeneratorId, plugins: readonly string[]): string {
  if (!id.includes('.')) {
    const known = [...builtInGenerators.keys(), ...[...contributed.keys()].sort(comparePaths)];
    return `There is no generator "${id}". Known: ${known.join(', ')}.`;
  }
  const start = `Nobody has registered the generator "${id}", so this target waits and its file stays as it is.`;
  return plugins.length === 0
    ? `${start} Install and enable the extension that provides it, or for the command line name its npm package under "plugins".`
    : `${start} If it is in a package under "plugins": only the command line loads these, with --allow-plugins, and the editor never does; there it needs an extension.`;
}
