import type { Module } from './moduleSet.ts';

/**
 * Where an exported name comes from in the end: the module and the name that it has there. Names with the same owner
 * and name are the same binding. Where a name leaves the listing, the owner is the place to which it leaves.
 */
export type Binding = {
  readonly owner: Module | string;
  readonly name: string;
  readonly isTypeOnly: boolean;
};

/** A name that two stars bring with different meanings is ambiguous, and by the language then not exported at all. */
export type Entry = Binding | 'ambiguous';

/** The owner of what modules take from the barrel itself. */
export const theBarrel = '';

/** Tells whether two names stand for one binding, be it as a type or as a value. */
export function isSameBinding(one: Binding, other: Binding): boolean {
  return one.owner === other.owner && one.name === other.name;
}

/** Bindings, each once whether as a type or as a value. */
export class BindingSet {
  readonly #names = new Map<Module | string, Set<string>>();

  add({ owner, name }: Binding): void {
    const names = this.#names.get(owner);
    if (names === undefined) this.#names.set(owner, new Set([name]));
    else names.add(name);
  }

  has({ owner, name }: Binding): boolean {
    return this.#names.get(owner)?.has(name) === true;
  }
}
