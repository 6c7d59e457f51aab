import type { Candidate } from './candidates.ts';
import { identifierFrom } from './defaultName.ts';
import type { Module } from './moduleSet.ts';

/**
 * Makes names that nothing else in the barrel has: from the file's name, with as many of its folders in front as it
 * takes, and with a number in the end. The same modules always get the same names.
 */
export class FreeNames {
  readonly #taken: Set<string>;
  readonly #folder: string;

  constructor(taken: Iterable<string>, folder: string) {
    this.#taken = new Set(taken);
    this.#folder = folder;
  }

  /** A name for a whole module. */
  forModule({ relativePath }: Module): string {
    return this.#take(this.#parts(relativePath), [], 'as-file');
  }

  /** A name for an export whose own name is taken: `same` of `lib/b.ts` becomes `bSame`, then `libBSame`. */
  forExport({ module, name, exportedName }: Candidate): string {
    const parts = this.#parts(module.relativePath);
    const style = /^\p{Lu}/u.test(name) ? 'pascal' : 'camel';
    // The name of a default export is made from the file's, which is no news.
    if (exportedName === 'default' && parts.length > 1) parts.pop();
    return this.#take(parts, [name], style);
  }

  #parts(relativePath: string): string[] {
    const parts = `${this.#folder}/${relativePath.replace(/(?<=[^/])\.[^/]*$/, '')}`
      .split('/')
      .filter(Boolean);
    return parts.length > 1 && parts.at(-1)?.toLowerCase() === 'index' ? parts.slice(0, -1) : parts;
  }

  #take(before: readonly string[], after: readonly string[], style: 'as-file' | 'camel' | 'pascal'): string {
    for (let count = 1; count <= before.length; count++) {
      const name = identifierFrom([...before.slice(-count), ...after].join('-'), style);
      if (name !== undefined && this.#claim(name)) return name;
    }
    const whole = identifierFrom(['module', ...before, ...after].join('-'), style) ?? 'module';
    for (let number = 2; ; number++) if (this.#claim(`${whole}${number}`)) return `${whole}${number}`;
  }

  /** Takes a name and returns true, or false where somebody has it. */
  #claim(name: string): boolean {
    const isFree = !this.#taken.has(name);
    this.#taken.add(name);
    return isFree;
  }
}
