import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { contentHashOf } from '../contentHash.ts';
import { isContributed } from '../generators/registry.ts';
import { readBytesOrNull } from '../scan/readText.ts';
import type { Target } from '../types.ts';
import type { TargetResult, TargetRun } from './targetRun.ts';

const severity = v.picklist(['error', 'warning', 'information']);
const place = v.optional(v.number());
const problemSchema = v.strictObject({
  severity,
  code: v.string(),
  message: v.string(),
  relativePath: v.string(),
  line: place,
  column: place,
  endLine: place,
  endColumn: place,
});

const noteSchema = v.strictObject({
  fingerprint: v.string(),
  program: v.string(),
  contentHash: v.string(),
  sources: v.array(v.string()),
  problems: v.array(problemSchema),
});

/**
 * Stands for all that decides what a run makes of a target beside the files on disk. Runs of other versions, or with
 * another project file, may make something else, so they don't count as done.
 */
function fingerprintOf(target: Target, run: TargetRun): string {
  const { range: _, ...definition } = target;
  const decisive = [run.program.version, run.maxFiles, definition, hashOfOutputs(run.outputs)];
  return hashOf(JSON.stringify(decisive));
}

/** Made once for all targets of a run: each of thousands would sort and write out thousands. */
const outputHashes = new WeakMap<ReadonlySet<string>, string>();

function hashOfOutputs(outputs: ReadonlySet<string>): string {
  const known = outputHashes.get(outputs) ?? hashOf(JSON.stringify([...outputs].sort()));
  outputHashes.set(outputs, known);
  return known;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Writes what those who wait for this target's lock need to know in order not to do the same again. */
export function noteOf(target: Target, run: TargetRun, result: TargetResult): string | undefined {
  // What another extension's generator makes depends on its version too, and on what it looks at by itself.
  if (isContributed(target.generator)) return undefined;
  const { outcome, sources, problems } = result;
  if (!('contentHash' in outcome)) return undefined;
  const { contentHash } = outcome;
  const program = run.program.name;
  return JSON.stringify({ fingerprint: fingerprintOf(target, run), program, contentHash, sources, problems });
}

/**
 * Finds out whether another run, whose scan began after this one was asked for, has already done the target, and whether
 * what it made is still there. The notes come from other processes, so nothing in them is believed unchecked.
 */
export async function findDone(
  notes: readonly string[],
  target: Target,
  absoluteOutput: string,
  run: TargetRun,
): Promise<TargetResult | undefined> {
  for (const text of [...notes].reverse()) {
    const note = v.safeParse(v.pipe(v.string(), v.parseJson(), noteSchema), text);
    if (!note.success || note.output.fingerprint !== fingerprintOf(target, run)) continue;
    const { contentHash, program, sources } = note.output;
    const bytes = await readBytesOrNull(absoluteOutput);
    if (bytes === null || contentHashOf(bytes) !== contentHash) continue;
    const problems = note.output.problems.map(withoutMissing);
    return { outcome: { kind: 'unchanged', contentHash, doneBy: program }, sources, problems };
  }
  return undefined;
}

/** A place that isn't known has no key, rather than one without a value. */
function withoutMissing(problem: v.InferOutput<typeof problemSchema>): TargetResult['problems'][number] {
  const { line, column, endLine, endColumn, ...rest } = problem;
  return {
    ...rest,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
}
