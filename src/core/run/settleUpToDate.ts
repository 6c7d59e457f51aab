import * as path from 'node:path';
import type { Generator } from '../generators/generator.ts';
import { findGenerator } from '../generators/registry.ts';
import type { SeenFile } from '../project/loadProject.ts';
import { compareRegion } from '../regions/compareRegion.ts';
import { findBlocks } from '../regions/findBlocks.ts';
import { isFormattedFrom } from '../regions/formatRegion.ts';
import { findNameTwin, isBinary, maxOutputBytes } from '../scan/inspectOutput.ts';
import { readPlainFile } from '../scan/readText.ts';
import { TimeSlice } from '../scan/timeSlice.ts';
import type { Region, Target } from '../types.ts';
import { unchanged, withoutSources } from './outcomes.ts';
import { isMadeOfItself, renderItself } from './renderItself.ts';
import type { TargetResult, TargetRun } from './targetRun.ts';

/**
 * Finds, among targets that are made of nothing but their own files, those that are up to date, without their locks.
 * What they are made from and what they are compared with are the same bytes, read after the run was asked for, so that
 * nobody can know anything newer. Whatever is not plainly in order is left to the long way, which says what is wrong.
 */
export async function settleUpToDate(
  targets: readonly Target[],
  run: TargetRun,
): Promise<ReadonlyMap<Target, TargetResult>> {
  const settled = new Map<Target, TargetResult>();
  const slice = new TimeSlice();
  for (const target of targets) {
    await slice.giveWay();
    if (run.signal?.aborted === true) break;
    const generator = findGenerator(target.generator);
    if (generator === undefined || !isMadeOfItself(generator)) continue;
    const bytes = await readUpToDate(target, generator, run);
    if (bytes !== null) settled.set(target, withoutSources(unchanged(bytes)));
  }
  return settled;
}

/** Gives the bytes of the target's file if nothing is to be done about it. */
async function readUpToDate(target: Target, generator: Generator, run: TargetRun): Promise<Buffer | null> {
  const { output, region } = target;
  if (region === undefined) return null;
  const absoluteOutput = path.join(run.absoluteRoot, output);
  if (!(await run.folders.isInside(path.dirname(absoluteOutput)))) return null;
  if ((await findNameTwin(absoluteOutput, run.folders)) !== null) return null;
  if (run.mode === 'write' && (await run.isDirty(absoluteOutput))) return null;
  const file = run.seen.get(output) ?? readFile(absoluteOutput, output);
  if (file === null || isBinary(file.bytes)) return null;
  const { bytes, blocks } = file;
  const { body, problems } = renderItself(generator, target, bytes, file);
  if (problems.length > 0) return null;
  return isUpToDate(bytes, body, { ...target, region }, blocks, run) ? bytes : null;
}

function isUpToDate(
  bytes: Buffer,
  body: string,
  target: Target & { readonly region: Region },
  blocks: SeenFile['blocks'],
  run: TargetRun,
): boolean {
  const found = { blocks, problems: [] };
  const { format } = target;
  if (format === undefined) return compareRegion(bytes, body, target, false, found).kind === 'unchanged';
  // Who may overwrite it has it formatted anew.
  return !run.isOverwriteAllowed(target) && isFormattedFrom(bytes, body, target, format, found);
}

function readFile(absolutePath: string, relativePath: string): SeenFile | null {
  const bytes = readPlainFile(absolutePath, maxOutputBytes);
  if (bytes === null) return null;
  const { blocks, problems } = findBlocks(bytes, relativePath);
  return problems.length > 0 ? null : { bytes, blocks };
}
