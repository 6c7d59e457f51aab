import * as path from 'node:path';
import type { Block } from '../regions/findBlocks.ts';
import { type MarkedFile, regionTargets } from '../regions/regionTargets.ts';
import { findRegions } from '../scan/findRegions.ts';
import { readBytesOrNull } from '../scan/readText.ts';
import { TimeSlice } from '../scan/timeSlice.ts';
import { walk } from '../scan/walk.ts';
import type { Problem, Target } from '../types.ts';
import { expandTargets } from './expandTargets.ts';
import { parseProject } from './parseProject.ts';
import { projectFileName } from './projectFileName.ts';

export type Project = {
  /** `null` when there is no project file. */
  readonly text: string | null;
  readonly targets: readonly Target[];
  /** Targets whose generator is not registered: never done, but their outputs are generated files like others. */
  readonly absent: readonly Target[];
  readonly problems: readonly Problem[];
  /** What was read of the files with regions, by their paths, where that was asked for. */
  readonly seen?: Map<string, SeenFile>;
};

/** A file as it was a moment ago, with the regions in it. */
export type SeenFile = { readonly bytes: Buffer; readonly blocks: readonly Block[] };

export type LoadOptions = {
  readonly maxFiles?: number;
  /** Files, relative to the root, in which markers are looked for although no project file says so. */
  readonly files?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Whether what was read of files with regions is of use to the caller. */
  readonly keepsBytes?: boolean;
};

/** The files that one scan lists at most when nobody says otherwise. */
export const defaultMaxFiles = 20_000;

/** Reads the project file of a root, finds the folders that its globs name, and the regions that describe themselves. Throws only the signal's reason. */
export async function loadProject(absoluteRoot: string, options: LoadOptions = {}): Promise<Project> {
  const { signal, maxFiles = defaultMaxFiles } = options;
  let bytes: Buffer | null;
  try {
    bytes = await readBytesOrNull(path.join(absoluteRoot, projectFileName));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      text: null,
      targets: [],
      absent: [],
      problems: [wholeFile('project-file-unreadable', `It can't be read: ${reason}.`)],
    };
  }
  const text = bytes === null ? null : new TextDecoder('utf-8').decode(bytes);
  const parsed = parseProject(text ?? noTargets);
  const needsFolders = parsed.entries.some((entry) => entry.folders !== undefined);
  const walked = needsFolders
    ? await findFolders(absoluteRoot, maxFiles, signal)
    : { folders: [], problems: [] };
  const expanded = expandTargets(text ?? noTargets, parsed, walked.folders);
  const { regions: globs } = parsed;
  const { files = [], keepsBytes = false } = options;
  const marked = await findRegions(absoluteRoot, { globs, files, maxFiles, signal, keepsBytes });
  const known = [...expanded.targets, ...expanded.absent];
  const found: { readonly targets: Target[]; readonly problems: Problem[] } = { targets: [], problems: [] };
  const slice = new TimeSlice();
  for (const { targets, problems } of regionTargets(marked.files, known, parsed)) {
    await slice.giveWay();
    found.targets.push(...targets);
    found.problems.push(...problems);
  }
  return {
    text,
    targets: [...expanded.targets, ...found.targets],
    absent: expanded.absent,
    problems: [parsed, walked, expanded, marked, found].flatMap(({ problems }) => problems),
    ...(keepsBytes ? { seen: seenOf(marked.files) } : {}),
  };
}

/** Gives the npm packages that a root's project file names under `plugins`. Throws Node's error when it can't be read. */
export async function pluginsOf(absoluteRoot: string): Promise<readonly string[]> {
  const bytes = await readBytesOrNull(path.join(absoluteRoot, projectFileName));
  return bytes === null ? [] : parseProject(new TextDecoder('utf-8').decode(bytes)).plugins;
}

function seenOf(files: readonly MarkedFile[]): Map<string, SeenFile> {
  const seen = new Map<string, SeenFile>();
  for (const { relativePath, blocks, bytes } of files) {
    if (bytes !== undefined) seen.set(relativePath, { bytes, blocks });
  }
  return seen;
}

const noTargets = '{ "targets": [] }';

async function findFolders(
  absoluteRoot: string,
  maxFiles: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly folders: readonly string[]; readonly problems: readonly Problem[] }> {
  const { folders, isTooMany } = await walk(absoluteRoot, {
    includesHidden: false,
    maxEntries: maxFiles,
    signal,
  });
  if (!isTooMany) return { folders: [...folders].sort(), problems: [] };
  const message = `There are more than ${maxFiles} files or folders, so "folders" can't be searched. Ignore what is not meant, or raise the limit.`;
  return { folders: [], problems: [wholeFile('too-many-files', message)] };
}

function wholeFile(code: string, message: string): Problem {
  return { severity: 'error', code, message, relativePath: projectFileName, line: 1, column: 1 };
}
