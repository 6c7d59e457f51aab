import type { ExportedName, ModuleFacts } from '../types.ts';
import { detached } from './detached.ts';

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
    const exports = Array.from(this.#exports.values(), (exported) => kept(this.#withSameAs(exported)));
    const stars = Array.from(this.#stars.values(), (star) => ({
      ...star,
      specifier: copied(star.specifier),
    }));
    return { kind: 'module', exports, stars };
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

/** The facts are kept until the last module is read; they must not keep the modules' texts. */
function kept(exported: ExportedName): ExportedName {
  const { name, isTypeOnly, from, sameAs, declaredName } = exported;
  return {
    name: copied(name),
    isTypeOnly,
    ...(from !== undefined && { from: { specifier: copied(from.specifier), name: copied(from.name) } }),
    ...(sameAs !== undefined && { sameAs: copied(sameAs) }),
    ...(declaredName !== undefined && { declaredName: copied(declaredName) }),
  };
}

/** Pieces below 13 characters are copies anyway (`SlicedString::kMinLength` in V8's `src/objects/string.h`). */
function copied(piece: string): string {
  return piece.length < 13 ? piece : detached(piece);
}
