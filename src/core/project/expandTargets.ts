import * as path from 'node:path';
import picomatch from 'picomatch';
import { findGenerator } from '../generators/registry.ts';
import { commentFor } from '../provenance.ts';
import { refuseRegion } from '../regions/refuseRegion.ts';
import { describeTwin, Places } from '../regions/twins.ts';
import type { Problem, Target, TextRange } from '../types.ts';
import type { CheckedEntry, ParsedProject } from './parseProject.ts';
import { positionsOf } from './position.ts';
import { projectFileName } from './projectFileName.ts';

export type Expanded = {
  readonly targets: readonly Target[];
  /**
   * Targets whose generator nobody has registered (yet). They are never done; but their outputs are generated files, and
   * no other target lists those for the moment until an extension is activated.
   */
  readonly absent: readonly Target[];
  readonly problems: readonly Problem[];
};

/** Turns entries into targets, one for each folder that matches, and refuses those that can't stand beside another. */
export function expandTargets(
  text: string,
  { entries, format }: Pick<ParsedProject, 'entries' | 'format'>,
  folders: readonly string[],
): Expanded {
  const problems: Problem[] = [];
  const report = (
    severity: Problem['severity'],
    code: string,
    message: string,
    entry: Pick<Target, 'range'>,
  ) => {
    const place = positionsOf(text, entry.range);
    problems.push({ severity, code, message, relativePath: projectFileName, ...place });
  };
  const targets: Target[] = [];
  const absent: Target[] = [];
  const places = new Places<Target>();
  for (const entry of entries) {
    const isAbsent = entry.isAbsent === true || findGenerator(entry.generator) === undefined;
    // Where its generator would write is not known.
    if (isAbsent && entry.output === undefined) continue;
    for (const folder of foldersOf(entry, folders, (code, message, severity) =>
      report(severity, code, message, entry),
    )) {
      const target = toTarget(entry, folder, format);
      const refusal = refuse(target);
      const twin = places.twinOf(target);
      if (refusal !== null) report('error', 'target-invalid', refusal, entry);
      else if (twin !== undefined) {
        report('error', 'output-twice', describeTwin(twin, target), entry);
      } else {
        (isAbsent ? absent : targets).push(target);
        places.add(target);
      }
    }
  }
  for (const [range, leftOut] of generatedSources(targets)) {
    report('information', 'generated-source', describeLeftOut(leftOut), { range });
  }
  return { targets, absent, problems };
}

function foldersOf(
  entry: CheckedEntry,
  folders: readonly string[],
  report: (code: string, message: string, severity: Problem['severity']) => void,
): readonly string[] {
  if (entry.folders === undefined) {
    const folder = normalize(entry.folder ?? '');
    if (folder === null) {
      report('target-invalid', `"folder" must lie in this folder and use "/": ${entry.folder}`, 'error');
      return [];
    }
    return [folder];
  }
  const matches = picomatch(entry.folders.replace(/^\.\//, '').replace(/\/$/, ''));
  const excepted = new Set(entry.exceptFolders?.map((folder) => normalize(folder)));
  const matching = folders.filter((folder) => matches(folder) && !excepted.has(folder));
  if (matching.length === 0) {
    const message = `"folders" matches no folder: ${entry.folders}. Check the glob; folders that git ignores don't count.`;
    report('no-folders', message, 'warning');
  }
  return matching;
}

function toTarget(entry: CheckedEntry, folder: string, formatOfAll: Target['format']): Target {
  const generator = findGenerator(entry.generator);
  const output = entry.output ?? generator?.defaultOutput ?? '';
  const format = entry.format ?? formatOfAll ?? false;
  return {
    generator: entry.generator,
    folder,
    output: path.posix.join(folder, output),
    include: entry.include ?? generator?.defaultInclude ?? [],
    // In addition: who excludes one folder more doesn't mean to have tests in the barrel.
    exclude: [...(generator?.defaultExclude ?? []), ...(entry.exclude ?? [])],
    options: entry.options,
    range: entry.range,
    ...(entry.region === undefined ? {} : { region: { id: entry.region } }),
    ...(format === false ? {} : { format }),
  };
}

/** Says why a target can't be, or `null` when it can. */
export function refuse(target: Target): string | null {
  const { output } = target;
  if (normalize(output) === null || normalize(output) === '') {
    return `"output" must lie in this folder and use "/": ${output}`;
  }
  if (output === projectFileName) return "The project file itself can't be an output.";
  const generator = findGenerator(target.generator);
  const refusal = refuseRegion(target, generator?.makes);
  if (refusal !== null || target.region !== undefined) return refusal;
  if (generator?.refuseOutput !== undefined) return generator.refuseOutput(output);
  if (commentFor(output) === null) {
    return `"output" has an ending without a known comment syntax for the header: ${output}. Use one such as .md, .html, .ts or .js.`;
  }
  return null;
}

/** Gives a relative path without `.` parts, or `null` when it leaves the folder, is absolute or uses `\`. */
export function normalize(relativePath: string): string | null {
  if (relativePath.includes('\\') || relativePath.includes('\0') || /^([A-Za-z]:|\/)/.test(relativePath))
    return null;
  const normal = path.posix.normalize(relativePath === '' ? '.' : relativePath).replace(/\/$/, '');
  if (normal === '..' || normal.startsWith('../')) return null;
  return normal === '.' ? '' : normal;
}

/** The outputs that a target's globs match too, by the entry that the target comes from. */
function generatedSources(targets: readonly Target[]): ReadonlyMap<TextRange, ReadonlySet<string>> {
  const found = new Map<TextRange, Set<string>>();
  // Sorted, all outputs below one folder stand together: no target has to look at those of all others.
  const sorted = targets.toSorted((a, b) => (a.output < b.output ? -1 : a.output > b.output ? 1 : 0));
  for (const target of targets) {
    const isSource = sourceMatcher(target);
    for (const other of writingBelow(sorted, target.folder)) {
      // Folders of one entry may lie in one another: who writes one glob knows of all its outputs.
      if (other.range === target.range || other.region !== undefined || !isSource(other.output)) continue;
      found.set(target.range, (found.get(target.range) ?? new Set()).add(other.output));
    }
  }
  return found;
}

/** Gives the targets, sorted by output, whose output lies below a folder. */
function* writingBelow(sorted: readonly Target[], folder: string): Generator<Target> {
  const prefix = folder === '' ? '' : `${folder}/`;
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.output ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  for (let one = sorted[low]; one?.output.startsWith(prefix); one = sorted[++low]) yield one;
}

function describeLeftOut(outputs: ReadonlySet<string>): string {
  const [first = '', ...rest] = outputs;
  const more = rest.length === 0 ? ' is' : ` and ${rest.length} more are`;
  return `${first}${more} generated by another target, so not listed by this one. Name them in "exclude" to say so yourself.`;
}

/** Gives a function that tells whether a target's globs match a path relative to the root. */
export function sourceMatcher(
  target: Pick<Target, 'folder' | 'include' | 'exclude'>,
): (relativePath: string) => boolean {
  const prefix = target.folder === '' ? '' : `${target.folder}/`;
  const matches = globMatcher(target.include, target.exclude);
  return (relativePath) => {
    if (!relativePath.startsWith(prefix)) return false;
    const fromFolder = relativePath.slice(prefix.length);
    return fromFolder !== '' && matches(fromFolder);
  };
}

let lastGlobs: string | undefined;
let lastMatcher: (fromFolder: string) => boolean = () => false;

/** Compiling globs takes longer than matching them, and the targets of one entry, which come in a row, share theirs. */
function globMatcher(include: readonly string[], exclude: readonly string[]): typeof lastMatcher {
  const globs = JSON.stringify([include, exclude]);
  if (globs !== lastGlobs) {
    const isIncluded = picomatch([...include]);
    const isExcluded = exclude.length > 0 ? picomatch([...exclude], { dot: true }) : () => false;
    lastMatcher = (fromFolder) => isIncluded(fromFolder) && !isExcluded(fromFolder);
    lastGlobs = globs;
  }
  return lastMatcher;
}
