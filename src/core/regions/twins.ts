import type { Target } from '../types.ts';

type Place = Pick<Target, 'output' | 'region'>;

/**
 * The places that targets write. Two are the same when file and region are; names are compared as a case-insensitive
 * disk would, where `Index.md` and `index.md` are one file.
 */
export class Places<T extends Place> {
  readonly #byOutput = new Map<string, T[]>();

  constructor(targets: readonly T[] = []) {
    for (const target of targets) this.add(target);
  }

  add(target: T): void {
    const name = fold(target.output);
    const there = this.#byOutput.get(name);
    if (there === undefined) this.#byOutput.set(name, [target]);
    else there.push(target);
  }

  /** Finds a target that writes the same place: the same file, or the same region of it. */
  twinOf({ output, region }: Place): T | undefined {
    return this.#byOutput.get(fold(output))?.find((other) => {
      return other.region === undefined || region === undefined || other.region.id === region.id;
    });
  }
}

/** Says what is wrong about two targets on one place. */
export function describeTwin(first: Place, second: Place): string {
  if (first.region === undefined && second.region === undefined) {
    return `Two targets write ${second.output}; only the first one does. Give this one another "output".`;
  }
  if (first.region === undefined || second.region === undefined) {
    return `One target makes all of ${second.output} and another one a region of it; only the first one does. Choose one way.`;
  }
  return `Two targets fill the region "${second.region.id}" of ${second.output}; only the first one does. Give this one another id.`;
}

/** The name under which a target is known among others: its output, and its region if it has one. */
export function keyOf({ output, region }: Place): string {
  return region === undefined ? output : `${output}#${region.id}`;
}

/** Gives a path as a disk that ignores case and Unicode forms compares it. */
export function fold(relativePath: string): string {
  return relativePath.normalize('NFC').toLowerCase();
}
