import { lstatSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import picomatch from 'picomatch';
import { comparePaths } from '../order.ts';
import { projectFileName } from '../project/projectFileName.ts';
import { commentStylesFor } from '../regions/commentStyles.ts';
import { type Blocks, findBlocks } from '../regions/findBlocks.ts';
import type { MarkedFile } from '../regions/regionTargets.ts';
import type { Problem } from '../types.ts';
import { landsInside } from './containment.ts';
import { KnownFolders } from './knownFolders.ts';
import { readPlainFile } from './readText.ts';
import { TimeSlice } from './timeSlice.ts';
import { walk } from './walk.ts';

export type RegionSearch = {
  readonly globs: readonly string[];
  /** Relative to the root, looked at whatever the globs say. What is no file that can have markers is passed over. */
  readonly files: readonly string[];
  readonly maxFiles: number;
  readonly signal: AbortSignal | undefined;
  /** Gives the bytes of the files with regions too, as far as there is room for them. */
  readonly keepsBytes?: boolean;
  /** The time in ms since 1970; only tests have another clock. */
  readonly now?: () => number;
};

export type FoundRegions = { readonly files: readonly MarkedFile[]; readonly problems: readonly Problem[] };

/** Larger files are not searched: nobody writes so long a page by hand. */
const maxBytes = 4 * 1024 * 1024;

/** The bytes that one search keeps; the files of a larger set are read again. */
const maxKeptBytes = 64 * 1024 * 1024;

/** Finds the files with markers among those that the globs or the caller name. Throws only the signal's reason. */
export async function findRegions(absoluteRoot: string, search: RegionSearch): Promise<FoundRegions> {
  const { globs, maxFiles, signal } = search;
  const problems: Problem[] = [];
  const names = new Set(search.files);
  if (globs.length > 0) {
    const matches = picomatch([...globs]);
    const includesHidden = globs.some((glob) => /(^|\/)\./.test(glob));
    const walked = await walk(absoluteRoot, { includesHidden, maxEntries: maxFiles, signal });
    if (walked.isTooMany) problems.push(tooMany(maxFiles));
    else for (const name of walked.files) if (matches(name)) names.add(name);
  }
  const candidates = [...names].filter((name) => commentStylesFor(name).length > 0).sort(comparePaths);
  const files: MarkedFile[] = [];
  const folders = new KnownFolders(absoluteRoot);
  const slice = new TimeSlice();
  let room = search.keepsBytes === true ? maxKeptBytes : 0;
  for (const name of candidates) {
    await slice.giveWay();
    signal?.throwIfAborted();
    const found = await searchFile(absoluteRoot, name, folders, search.now ?? Date.now);
    problems.push(...found.problems);
    const { relativePath, blocks, bytes } = found;
    if (blocks.length === 0) continue;
    room -= bytes?.byteLength ?? 0;
    files.push({ relativePath, blocks, ...(bytes === undefined || room < 0 ? {} : { bytes }) });
  }
  return { files, problems };
}

type Searched = MarkedFile & Blocks;

/** By absolute path: most files have no marker, and reading all of them again for every save would be slow. */
const known = new Map<string, { readonly stamp: string; readonly blocks: Blocks }>();

/** A file as young as this may change again without its time telling, as time stamps are coarse (ms). */
const tooYoungMs = 2000;

async function searchFile(
  absoluteRoot: string,
  relativePath: string,
  folders: KnownFolders,
  clock: () => number,
): Promise<Searched> {
  const none = { relativePath, blocks: [], problems: [] };
  const absolutePath = path.join(absoluteRoot, relativePath);
  try {
    const own = lstatSync(absolutePath);
    const isLink = own.isSymbolicLink();
    const stats = isLink ? statSync(absolutePath) : own;
    if (!stats.isFile() || stats.size > maxBytes) return none;
    const stamp = `${relativePath} ${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
    const before = known.get(absolutePath);
    if (before?.stamp === stamp) return { relativePath, ...before.blocks };
    const isInside = isLink
      ? landsInside(absolutePath, absoluteRoot)
      : folders.isInside(path.dirname(absolutePath));
    if (!(await isInside)) return none;
    const now = clock();
    const plain = isLink ? null : readPlainFile(absolutePath, maxBytes);
    // Behind a link, or a file whose lease its server has to give back first: that is waited for elsewhere.
    const bytes = plain ?? (await readFile(absolutePath));
    const blocks = findBlocks(bytes, relativePath);
    const isOld = now - stats.mtimeMs > tooYoungMs && now - stats.ctimeMs > tooYoungMs;
    if (isOld) known.set(absolutePath, { stamp, blocks });
    else known.delete(absolutePath);
    return { relativePath, ...blocks, ...(plain === null ? {} : { bytes: plain }) };
  } catch {
    // Gone, or not readable: whoever lists it says so; there is no region of ours to fill.
    known.delete(absolutePath);
    return none;
  }
}

function tooMany(maxFiles: number): Problem {
  const message = `There are more than ${maxFiles} files, so "regions" can't be searched. Ignore what is not meant, or raise the limit.`;
  return {
    severity: 'error',
    code: 'too-many-files',
    message,
    relativePath: projectFileName,
    line: 1,
    column: 1,
  };
}
