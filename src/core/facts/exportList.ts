import type { ExportedName, ModuleFacts } from '../types.ts';

type Star = ModuleFacts['stars'][number];

/**
 * Collects a module's exports in the order of the source: overloads and repeated names once, and a name that is both
 * a type and a value as a value.
 */
export class ExportList {
  readonly #exports = new Map<string, ExportedName>();
  readonly #localNames = new Map<string, string>();
  readonly #stars = new Map<string, Star>();

  /** Adds an export; `localName` is the name of its binding inside the module, where it has one. */
  add(exported: ExportedName, localName?: string): void {
    if (localName !== undefined) this.#localNames.set(exported.name, localName);
    const known = this.#exports.get(exported.name);
    if (known === undefined || (known.isTypeOnly && !exported.isTypeOnly)) {
      this.#exports.set(exported.name, exported);
    }
  }

  addStar(specifier: string, isTypeOnly: boolean): void {
    const known = this.#stars.get(specifier);
    this.#stars.set(specifier, { specifier, isTypeOnly: isTypeOnly && known?.isTypeOnly !== false });
  }

  facts(): ModuleFacts {
    const exports = Array.from(this.#exports.values(), (exported) => this.#withSameAs(exported));
    return { kind: 'module', exports, stars: [...this.#stars.values()] };
  }

  /** Of several names of a binding, the one that it has inside the module stands for all. */
  #withSameAs(exported: ExportedName): ExportedName {
    const localName = this.#localNames.get(exported.name);
    if (localName === undefined || localName === exported.name || exported.from !== undefined)
      return exported;
    if (this.#localNames.get(localName) === localName) return { ...exported, sameAs: localName };
    return exported.name === 'default' ? { ...exported, declaredName: localName } : exported;
  }
}
