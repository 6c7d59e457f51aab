import type { SealedTemp } from './commit.ts';
import type { ResolvedTarget } from './resolveTarget.ts';

type InFolder<File> = {
  /** The topmost folder that had to be made for one of the files. */
  madeFolder: string | undefined;
  readonly files: File[];
};

/** Sorts files by the folders that have to be synced for them. */
export function byFolder<File extends { readonly target: ResolvedTarget; readonly sealed: SealedTemp }>(
  files: readonly File[],
): ReadonlyMap<string, InFolder<File>> {
  const folders = new Map<string, InFolder<File>>();
  for (const file of files) {
    const { folder } = file.target;
    const known = folders.get(folder) ?? { madeFolder: undefined, files: [] };
    known.madeFolder ??= file.sealed.temp.madeFolder;
    known.files.push(file);
    folders.set(folder, known);
  }
  return folders;
}
