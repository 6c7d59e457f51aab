import * as path from 'node:path';
import { readAdrFacts } from '../facts/adrFacts.ts';
import { readModuleFacts } from '../facts/moduleFacts.ts';
import { type PageReading, readPageFacts, readPageHead } from '../facts/pageFacts.ts';
import type { GeneratorDefinition, Reader } from '../generators/generator.ts';
import { sourceMatcher } from '../project/expandTargets.ts';
import { mayHaveHeader } from '../provenance.ts';
import type { Facts, Listing, Problem, Source, Target } from '../types.ts';
import { landsInside } from './containment.ts';
import { findOrphan } from './findOrphan.ts';
import { readGitDates } from './gitDates.ts';
import { readLookUps } from './readLookUps.ts';
import { readSource, readSourceText, sourceGone, type Unreadable } from './readText.ts';
import { TimeSlice } from './timeSlice.ts';
import { walk } from './walk.ts';

export type ScanRequest = {
  readonly absoluteRoot: string;
  readonly target: Target;
  readonly generator: GeneratorDefinition;
  /** Outputs of all targets, relative to the root: never sources. */
  readonly outputs: ReadonlySet<string>;
  readonly maxFiles: number;
  readonly signal: AbortSignal | undefined;
};

/** `failure` is set when there is no listing to render; it is ready for display. */
export type Scan =
  | { readonly listing: Listing; readonly problems: readonly Problem[] }
  | { readonly failure: string; readonly problems: readonly Problem[] };

/** Files matched before the clock is asked again; about a millisecond. */
const matchedAtOnce = 100;

/** Lists the sources of a target and what they say of themselves, in an order that is the same on every machine. */
export async function scanTarget(request: ScanRequest): Promise<Scan> {
  const { absoluteRoot, target, generator, maxFiles, signal } = request;
  if (generator.reads === 'itself') return { listing: withoutSources(target), problems: [] };
  const absoluteFolder = path.join(absoluteRoot, target.folder);
  let walked: Awaited<ReturnType<typeof walk>>;
  try {
    const includesHidden = target.include.some((glob) => /(^|\/)\./.test(glob));
    walked = await walk(absoluteFolder, { includesHidden, maxEntries: maxFiles, signal });
  } catch (error) {
    signal?.throwIfAborted();
    return { failure: describeFolderError(target, error), problems: [] };
  }
  const problems = walked.problems.map((problem) => inRoot(problem, target));
  if (walked.isTooMany) {
    const failure = `There are more than ${maxFiles} files below ${target.folder || 'the workspace folder'}. Choose a smaller "folder", ignore what is not meant, or raise the limit of files per scan.`;
    return { failure, problems };
  }
  const names = await selectSources(walked.files, request);
  if (names.length === 0) problems.push(nothingFound(target));
  const reads = typeof generator.reads === 'function' ? generator.reads(target.options) : generator.reads;
  const sources: Source[] = [];
  for await (const found of readSources(absoluteFolder, names, generator, reads, signal)) {
    const read = found.mayHaveHeader === true ? unlessOrphan(found, absoluteRoot, absoluteFolder) : found;
    problems.push(...read.problems.map((problem) => inRoot(problem, target)));
    if (read.facts !== null) sources.push({ relativePath: read.relativePath, facts: read.facts });
  }
  const blocking = problems.find((problem) => problem.severity === 'error');
  if (blocking !== undefined && generator.unreadableSource === 'fail') {
    const failure = `${blocking.relativePath} can't be read as a module: ${blocking.message} The old file stays.`;
    return { failure, problems };
  }
  const inputs = new Map([...(await readLookUps(request)), ...(await readInputs(request, problems))]);
  const { outputs } = request;
  const dated = await withGitDates(sources, request, problems);
  return { listing: { ...withoutSources(target), sources: dated, inputs, outputs }, problems };
}

async function withGitDates(
  sources: readonly Source[],
  { absoluteRoot, target, generator, signal }: ScanRequest,
  problems: Problem[],
): Promise<readonly Source[]> {
  if (generator.needsGitDates?.(target.options) !== true || sources.length === 0) return sources;
  const absoluteFolder = path.join(absoluteRoot, target.folder);
  const relativePaths = sources.map(({ relativePath }) => relativePath);
  const { dates, problem } = await readGitDates({ absoluteRoot, absoluteFolder, relativePaths, signal });
  if (problem !== undefined) problems.push({ ...problem, relativePath: target.output });
  return sources.map((source) => {
    const gitDate = dates.get(source.relativePath);
    return gitDate === undefined ? source : { ...source, gitDate };
  });
}

/** The listing of a target that lists nothing. */
export function withoutSources({ folder, output, region }: Target): Listing {
  const outputFromFolder = path.posix.relative(folder, output);
  const id = region === undefined ? {} : { region: region.id };
  return { folder, outputFromFolder, sources: [], ...id };
}

async function readInputs(request: ScanRequest, problems: Problem[]): Promise<ReadonlyMap<string, string>> {
  const { absoluteRoot, generator, target } = request;
  const texts = new Map<string, string>();
  for (const relativePath of generator.inputs?.(target.options) ?? []) {
    const absolutePath = path.join(absoluteRoot, relativePath);
    if (!(await landsInside(absolutePath, absoluteRoot))) {
      problems.push(unreadInput(relativePath, 'it leads outside the workspace folder'));
      continue;
    }
    const input = await readSourceText(absolutePath);
    if (input.kind === 'unreadable') problems.push(unreadInput(relativePath, input.reason));
    else texts.set(relativePath, input.text);
  }
  return texts;
}

function unreadInput(relativePath: string, reason: string): Problem {
  const message = `This file is an option of a target and was not read: ${reason}. Correct the path in the project file.`;
  return { severity: 'error', code: 'input-unreadable', message, relativePath };
}

/** Gives the files that the target's globs match, in the order of the walk. */
async function selectSources(
  files: readonly string[],
  { target, outputs, signal }: ScanRequest,
): Promise<string[]> {
  const isSource = sourceMatcher(target);
  const prefix = target.folder === '' ? '' : `${target.folder}/`;
  const names: string[] = [];
  const slice = new TimeSlice();
  for (let start = 0; start < files.length; start += matchedAtOnce) {
    await slice.giveWay();
    signal?.throwIfAborted();
    for (const name of files.slice(start, start + matchedAtOnce)) {
      const fromRoot = `${prefix}${name}`;
      // A page with a region is a source for others, but not for the region in it.
      if (isSource(fromRoot) && !outputs.has(fromRoot) && fromRoot !== target.output) names.push(name);
    }
  }
  return names;
}

type ReadSource = {
  readonly relativePath: string;
  /** `null` leaves the source out of the listing. */
  readonly facts: Facts | null;
  readonly problems: readonly Problem[];
  readonly mayHaveHeader?: boolean;
};

/** Takes a generated file that nobody keeps up to date out of the listing. */
function unlessOrphan(read: ReadSource, absoluteRoot: string, absoluteFolder: string): ReadSource {
  const { relativePath, facts } = read;
  const problems = findOrphan(absoluteRoot, absoluteFolder, relativePath);
  if (problems === null) return read;
  // Other modules may pass its exports on.
  const left = facts?.kind === 'module' ? { ...facts, isIgnored: true as const } : null;
  return { relativePath, facts: left, problems };
}

async function* readSources(
  absoluteFolder: string,
  names: readonly string[],
  generator: GeneratorDefinition,
  reads: Reader,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadSource> {
  const slice = new TimeSlice();
  for (const name of names) {
    await slice.giveWay();
    signal?.throwIfAborted();
    yield reads === 'modules'
      ? await readModule(absoluteFolder, name, generator)
      : reads === 'decisions'
        ? readDecision(absoluteFolder, name, generator)
        : readPage(absoluteFolder, name, generator);
  }
}

async function readModule(
  absoluteFolder: string,
  relativePath: string,
  generator: GeneratorDefinition,
): Promise<ReadSource> {
  const source = readSource(path.join(absoluteFolder, relativePath));
  if (source.kind === 'unreadable') return unreadSource(relativePath, source, generator);
  const reading = await readModuleFacts(source.text, relativePath);
  return { relativePath, ...reading, mayHaveHeader: mayHaveHeader(source.text) };
}

function readDecision(
  absoluteFolder: string,
  relativePath: string,
  generator: GeneratorDefinition,
): ReadSource {
  const source = readSource(path.join(absoluteFolder, relativePath));
  if (source.kind === 'unreadable') return unreadSource(relativePath, source, generator);
  const reading = readAdrFacts(source.text, path.extname(relativePath), relativePath);
  return { relativePath, ...reading, mayHaveHeader: mayHaveHeader(source.text) };
}

function readPage(absoluteFolder: string, relativePath: string, generator: GeneratorDefinition): ReadSource {
  if (!/\.(md|markdown|mdx|html?|xhtml)$/i.test(relativePath)) {
    return { relativePath, facts: { kind: 'page' }, problems: [] };
  }
  const extension = path.extname(relativePath);
  let reading: PageReading | undefined;
  const source = readSource(path.join(absoluteFolder, relativePath), (head) => {
    reading = readPageHead(head, extension, relativePath);
    return reading !== undefined;
  });
  if (source.kind === 'unreadable') return unreadSource(relativePath, source, generator);
  reading ??= readPageFacts(source.text, extension, relativePath);
  return { relativePath, ...reading, mayHaveHeader: mayHaveHeader(source.text) };
}

function unreadSource(relativePath: string, source: Unreadable, generator: GeneratorDefinition): ReadSource {
  // It went between the listing and the reading, as in a checkout: then it is no source, and its event is on its way.
  if (source.code === sourceGone) return { relativePath, facts: null, problems: [] };
  const isFatal = generator.unreadableSource === 'fail';
  const next = isFatal ? 'Fix or exclude it.' : 'It is listed by its file name. Fix or exclude it.';
  const problem: Problem = {
    severity: isFatal ? 'error' : 'warning',
    code: source.code,
    message: `This source was not read: ${source.reason}. ${next}`,
    relativePath,
  };
  return { relativePath, facts: isFatal ? null : { kind: 'page' }, problems: [problem] };
}

function inRoot(problem: Problem, target: Target): Problem {
  return { ...problem, relativePath: path.posix.join(target.folder, problem.relativePath) };
}

function nothingFound(target: Target): Problem {
  const message = `No file matches ${target.include.join(', ')} in ${target.folder || 'the workspace folder'}. Check "include" and "exclude"; files that git ignores and generated files don't count.`;
  return { severity: 'warning', code: 'no-sources', message, relativePath: target.output };
}

function describeFolderError(target: Target, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const folder = target.folder || 'the workspace folder';
  if (code === 'ENOENT')
    return `The folder ${folder} does not exist. Create it, or correct "folder" in the project file.`;
  if (code === 'ENOTDIR') return `${folder} is not a folder. Correct "folder" in the project file.`;
  const reason = error instanceof Error ? error.message : String(error);
  return `The folder ${folder} can't be read: ${reason}. Check its permissions.`;
}
