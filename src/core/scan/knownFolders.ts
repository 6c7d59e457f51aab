import { readdir } from 'node:fs/promises';
import { landsInside } from './containment.ts';

/**
 * What one run knows of the folders that it looks into, each asked once: ten thousand files lie in a few hundred
 * folders. Nothing here is good enough for a write, before which links are followed anew.
 */
export class KnownFolders {
  readonly #absoluteRoot: string;
  readonly #isInside = new Map<string, Promise<boolean>>();
  readonly #names = new Map<string, Promise<readonly string[]>>();

  constructor(absoluteRoot: string) {
    this.#absoluteRoot = absoluteRoot;
  }

  /** Tells whether a folder is the root or leads into it, after all symbolic links; not, when it can't be looked at. */
  isInside(absoluteFolder: string): Promise<boolean> {
    const known = this.#isInside.get(absoluteFolder);
    if (known !== undefined) return known;
    const asked =
      absoluteFolder === this.#absoluteRoot
        ? Promise.resolve(true)
        : landsInside(absoluteFolder, this.#absoluteRoot).catch(() => false);
    this.#isInside.set(absoluteFolder, asked);
    return asked;
  }

  /** Gives the names in a folder, as the disk writes them; none, when it can't be listed. */
  namesIn(absoluteFolder: string): Promise<readonly string[]> {
    const known = this.#names.get(absoluteFolder);
    if (known !== undefined) return known;
    const asked = readdir(absoluteFolder).catch(() => []);
    this.#names.set(absoluteFolder, asked);
    return asked;
  }
}
