import * as path from 'node:path';
import * as v from 'valibot';
import { type AnyGenerator, describeMissing, findGenerator } from '../generators/registry.ts';
import { describeIssue } from '../project/describeIssue.ts';
import { normalize, refuse } from '../project/expandTargets.ts';
import type { FormatterName, Problem, Target } from '../types.ts';
import type { Attributes } from './attributes.ts';
import type { Block } from './findBlocks.ts';
import { describeTwin, Places } from './twins.ts';

/** A file with the regions found in it. */
export type MarkedFile = {
  readonly relativePath: string;
  readonly blocks: readonly Block[];
  /** The bytes in which they were found, where they were just read and were asked for. */
  readonly bytes?: Buffer;
};

type OfAll = { readonly plugins: readonly string[]; readonly format?: FormatterName };

/** Which of a marker's keys are the target's own; the others are options of the generator. */
const ownKeys: ReadonlySet<string> = new Set(['id', 'generator', 'folder', 'include', 'exclude']);

/** What the markers of one file say. */
export type FileTargets = { readonly targets: readonly Target[]; readonly problems: readonly Problem[] };

/**
 * Turns the markers that name a generator into targets, file by file, so that thousands need not be one piece of work.
 * `known` are the targets of the project file: a region that one
 * of them fills needs no generator in its marker, and can't have two. `project` is what it says of all targets.
 */
export function* regionTargets(
  files: readonly MarkedFile[],
  known: readonly Target[],
  project: OfAll = { plugins: [] },
): Generator<FileTargets> {
  const places = new Places(known);
  for (const file of files) yield targetsOf(file, places, project);
}

function targetsOf(
  { relativePath, blocks }: MarkedFile,
  places: Places<Target>,
  project: OfAll,
): FileTargets {
  const targets: Target[] = [];
  const problems: Problem[] = [];
  for (const block of blocks) {
    const report = (severity: Problem['severity'], code: string, message: string): void => {
      problems.push({ severity, code, message, relativePath, line: block.line, column: 1 });
    };
    const place = { output: relativePath, region: { id: block.id, line: block.line } };
    const twin = places.twinOf(place);
    if (block.attributes.has('generator')) {
      const target = twin === undefined ? toTarget(block, relativePath, project) : describeTwin(twin, place);
      if (typeof target === 'string') report('error', 'region-invalid', target);
      else targets.push(target);
    } else if (twin === undefined) {
      const message = `Nothing fills the region "${block.id}". Add a generator to the marker, such as "generator=toc", or a target with this "region" to the project file.`;
      report('warning', 'region-unused', message);
    }
  }
  return { targets, problems };
}

/** By the block, which is the same object as long as its file stays the same: thousands are asked for at every save. */
const targetByBlock = new WeakMap<Block, { readonly generator: AnyGenerator; readonly target: Target }>();

/** Gives a target, or what is wrong with the marker. */
function toTarget(block: Block, output: string, { plugins, format }: OfAll): Target | string {
  const name = block.attributes.get('generator');
  const generator = findGenerator(String(name));
  if (generator === undefined) return describeMissing(String(name), plugins);
  const before = targetByBlock.get(block);
  const isSame = before?.generator === generator && before.target.output === output;
  if (isSame && before.target.format === format) return before.target;
  const target = readTarget(block, output, generator, format);
  if (typeof target !== 'string') targetByBlock.set(block, { generator, target });
  return target;
}

function readTarget(
  block: Block,
  output: string,
  generator: AnyGenerator,
  format: Target['format'],
): Target | string {
  const { attributes } = block;
  const own = path.posix.dirname(output);
  const folder = normalize(path.posix.join(own, String(attributes.get('folder') ?? '.')));
  if (folder === null)
    return `"folder" must lie in the workspace folder: ${String(attributes.get('folder'))}`;
  const given = Object.fromEntries([...attributes].filter(([key]) => !ownKeys.has(key)));
  const options = v.safeParse(generator.optionsSchema, given);
  if (!options.success) {
    const [issue] = options.issues;
    const entries =
      'entries' in generator.optionsSchema ? Object.keys(Object(generator.optionsSchema.entries)) : [];
    return describeIssue(issue, [...ownKeys, ...entries]);
  }
  const target: Target = {
    generator: generator.id,
    folder,
    output,
    include: listOf(attributes, 'include') ?? generator.defaultInclude,
    exclude: [...generator.defaultExclude, ...(listOf(attributes, 'exclude') ?? [])],
    options: options.output,
    range: { offset: 0, length: 0 },
    region: { id: block.id, line: block.line },
    ...(format === undefined ? {} : { format }),
  };
  return refuse(target) ?? target;
}

function listOf(attributes: Attributes, key: string): readonly string[] | undefined {
  const value = attributes.get(key);
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value : [value]).map(String);
}
