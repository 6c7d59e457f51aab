import * as path from 'node:path';
import type { BatchEntry, BatchOptions } from './batchOptions.ts';
import { toBytes } from './content.ts';
import { AtomicWriteError, atStep, codeOf } from './errors.ts';
import { realpath, stat } from './fs.ts';
import type { AtomicWriteOptions } from './options.ts';
import { type ResolvedTarget, resolveTarget } from './resolveTarget.ts';
import { parseTempName } from './tempName.ts';

/** One entry of a batch with all that is known before anything is created. */
export type BatchPart = {
  readonly index: number;
  readonly entry: BatchEntry;
  readonly target: ResolvedTarget;
  /** The target's path relative to the journal's folder, links in both resolved, with `/` between. */
  readonly relativePath: string;
  readonly options: AtomicWriteOptions;
};

const foldsCase = process.platform === 'win32' || process.platform === 'darwin';

/** Gives the journal's folder with all links resolved. */
export function locateJournalFolder(folder: string): Promise<string> {
  return atStep('resolve', folder, async () => {
    const real = await realpath(folder);
    if (!(await stat(real)).isDirectory()) throw new AtomicWriteError('resolve', folder, 'ENOTDIR');
    return real;
  });
}

/** Resolves a folder of which the last parts may not exist yet. */
async function realFolderOf(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if (codeOf(error) !== 'ENOENT' || above === folder) throw error;
    return path.join(await realFolderOf(above), path.basename(folder));
  }
}

/** Finds out where an entry really leads. `realFolders` has what was found out for other entries of the same look. */
export async function locatePart(
  entry: BatchEntry,
  index: number,
  journalFolder: string,
  options: BatchOptions,
  realFolders: Map<string, Promise<string>>,
): Promise<BatchPart> {
  const target = await resolveTarget(entry.path, entry.links ?? 'follow');
  const givenFolder = path.resolve(target.folder);
  const realFolder = realFolders.get(givenFolder) ?? realFolderOf(givenFolder);
  realFolders.set(givenFolder, realFolder);
  const folder = await atStep('resolve', target.path, () => realFolder);
  const relative = path.relative(journalFolder, path.join(folder, path.basename(target.path)));
  const parts = relative.split(path.sep);
  if (parts[0] === '..' || path.isAbsolute(relative)) {
    throw new AtomicWriteError('resolve', target.path, 'OUTSIDE');
  }
  // A journal renames nothing to a name of this module's own; neither may a batch.
  if (parseTempName(path.basename(relative)) !== undefined) {
    throw new AtomicWriteError('resolve', target.path, 'ILLEGAL_NAME');
  }
  const { content: _content, encoding: _encoding, path: _path, ...own } = entry;
  const { durability, ensureParent, ifChanged, renameDeadlineMs, signal } = options;
  const shared = { durability, ensureParent, ifChanged, renameDeadlineMs, signal };
  const given = Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
  return {
    index,
    entry,
    target,
    relativePath: parts.join('/'),
    options: { ...given, ...own },
  };
}

/** Gives the bytes of an entry's content: made when they are needed, so that no text is held twice until the end. */
export function bytesOf({ content, encoding }: BatchEntry): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, encoding ?? 'utf8') : toBytes(content);
}

/** Refuses a batch in which two entries are one file: which of them should win? */
export function refuseDuplicates(parts: readonly BatchPart[]): void {
  const seen = new Set<string>();
  for (const { relativePath, target } of parts) {
    const key = foldsCase ? relativePath.normalize('NFC').toLowerCase() : relativePath;
    if (seen.has(key)) throw new AtomicWriteError('resolve', target.path, 'DUPLICATE');
    seen.add(key);
  }
}
