import * as path from 'node:path';

/** The repository's own folder; compiled tests lie in `out/test/support`. */
export const repositoryFolder = path.resolve(import.meta.dirname, '..', '..', '..');

/** A file of the repository, by parts of its path. */
export function repositoryFile(...parts: string[]): string {
  return path.join(repositoryFolder, ...parts);
}
