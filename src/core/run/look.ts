import * as path from 'node:path';
import { type Comparison, compare } from '../compare.ts';
import { describeMissing, findGenerator } from '../generators/registry.ts';
import { compareRegion, type RegionComparison } from '../regions/compareRegion.ts';
import { type Blocks, findBlocks } from '../regions/findBlocks.ts';
import { inspectOutput, isReadOnly } from '../scan/inspectOutput.ts';
import { type Scan, scanTarget } from '../scan/scanTarget.ts';
import { TimeSlice } from '../scan/timeSlice.ts';
import type { Outcome, Problem, Rendered, Target } from '../types.ts';
import { compareAsFormatted } from './compareAsFormatted.ts';
import { changed, conflict, unchanged, withoutSources } from './outcomes.ts';
import { renderContributed } from './renderContributed.ts';
import { isMadeOfItself, renderItself } from './renderItself.ts';
import type { TargetResult, TargetRun } from './targetRun.ts';

/** What a look at a target's sources and its file showed: nothing to do, or a change to be made. */
export type Look =
  | { readonly kind: 'settled'; readonly result: TargetResult }
  | { readonly kind: 'change'; readonly change: Change };

export type Change = {
  readonly comparison: Extract<Comparison, { kind: 'create' | 'update' }>;
  /** The very bytes that were compared. */
  readonly oldBytes: Buffer | null;
  /** What is to be reported once the change is made. */
  readonly result: TargetResult;
};

/** Scans, renders and compares one target. Writes nothing. Throws Node's errors and the signal's reason. */
export async function lookAt(target: Target, absoluteOutput: string, run: TargetRun): Promise<Look> {
  const generator = findGenerator(target.generator);
  // Its extension was disabled since the project file was read.
  if (generator === undefined) return failed(describeMissing(target.generator, []));
  const { absoluteRoot, outputs, maxFiles, signal } = run;
  const slice = new TimeSlice();
  const scan: Scan = await scanTarget({ absoluteRoot, target, generator, outputs, maxFiles, signal });
  if ('failure' in scan) {
    const outcome = { kind: 'failed', message: scan.failure } as const;
    return { kind: 'settled', result: { ...withoutSources(outcome), problems: scan.problems } };
  }
  await generator.load?.();
  await slice.giveWay();
  const rendered =
    'ask' in generator
      ? await renderContributed(generator, scan.listing, target, run)
      : isMadeOfItself(generator)
        ? nothingYet
        : generator.render(scan.listing, target.options);
  if ('failure' in rendered) return failed(rendered.failure, rendered.cause);
  const problems = [
    ...scan.problems,
    ...rendered.problems.map((problem) => ({
      ...problem,
      relativePath: path.posix.join(target.folder, problem.relativePath),
    })),
  ];
  const sources = scan.listing.sources.map((source) => source.relativePath);
  const settled = (outcome: Outcome, more: readonly Problem[] = []): Look => ({
    kind: 'settled',
    result: { outcome, sources, problems: [...problems, ...more] },
  });
  const blocking = rendered.problems.find((problem) => problem.severity === 'error');
  if (blocking !== undefined) return settled({ kind: 'failed', message: blocking.message });
  await slice.giveWay();
  const onDisk = await inspectOutput(absoluteOutput, run.folders);
  if (onDisk.kind === 'refused') {
    const texts = { oldText: '', newText: rendered.body };
    return settled(conflict(target, onDisk.reason, texts, onDisk.detail));
  }
  const oldBytes = onDisk.kind === 'file' ? onDisk.bytes : null;
  if (rendered.isReportOnly === true) return settled(unchanged(oldBytes ?? ''));
  const found =
    isMadeOfItself(generator) && oldBytes !== null ? findBlocks(oldBytes, target.output) : undefined;
  const { body } =
    isMadeOfItself(generator) && oldBytes !== null && found !== undefined
      ? renderItself(generator, target, oldBytes, found)
      : rendered;
  const formatted = await compareAsFormatted(oldBytes, body, target, run);
  if ('failure' in formatted) return settled(formatted.failure);
  problems.push(...formatted.problems);
  const comparison = formatted.comparison ?? compareTarget(oldBytes, body, target, run, found);
  if (comparison.kind === 'failed') {
    return settled({ kind: 'failed', message: comparison.message }, comparison.problems);
  }
  if (comparison.kind === 'unchanged') return settled(unchanged(oldBytes ?? ''));
  const texts = { oldText: comparison.oldText ?? '', newText: comparison.text };
  if (comparison.kind === 'conflict')
    return settled(conflict(target, comparison.reason, texts, comparison.detail));
  if (isReadOnly(absoluteOutput)) return settled(conflict(target, 'read-only', texts));
  const result = { outcome: changed(comparison), sources, problems };
  return { kind: 'change', change: { comparison, oldBytes, result } };
}

/** What is made of the file itself is rendered when that has been read. */
const nothingYet: Rendered = { body: '', problems: [] };

function failed(message: string, cause?: unknown): Look {
  const outcome = { kind: 'failed', message, ...(cause === undefined ? {} : { cause }) } as const;
  return { kind: 'settled', result: withoutSources(outcome) };
}

function compareTarget(
  oldBytes: Buffer | null,
  body: string,
  target: Target,
  run: TargetRun,
  found: Blocks | undefined,
): RegionComparison {
  const { region } = target;
  const isOverwriteAllowed = run.isOverwriteAllowed(target);
  return region === undefined
    ? compare(oldBytes, body, target, isOverwriteAllowed, run.generators)
    : compareRegion(oldBytes, body, { ...target, region }, isOverwriteAllowed, found);
}
