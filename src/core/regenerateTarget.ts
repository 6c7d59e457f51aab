import * as path from 'node:path';
import { AtomicWriteError, atomicWriteText, sweepTempFiles } from '../atomic-write/index.ts';
import { acquireLock, LockError, lockKeyOf } from '../lock/index.ts';
import { type Comparison, compare } from './compare.ts';
import { generators } from './generators/index.ts';
import { landsInside } from './scan/containment.ts';
import { readBytesOrNull } from './scan/readText.ts';
import { type Scan, scanTarget } from './scan/scanTarget.ts';
import type { ConflictReason, Mode, Outcome, Problem, Target } from './types.ts';

export type TargetRun = {
  readonly absoluteRoot: string;
  readonly mode: Mode;
  readonly outputs: ReadonlySet<string>;
  readonly isOverwriteAllowed: boolean;
  readonly isDirty: (absolutePath: string) => boolean;
  readonly lockTimeoutMs: number;
  readonly maxFiles: number;
  readonly signal: AbortSignal | undefined;
  readonly onWait: () => void;
};

export type TargetResult = {
  readonly outcome: Outcome;
  readonly sources: readonly string[];
  readonly problems: readonly Problem[];
};

/** Another program may change the file between our look and our rename; then we look again, as often as this. */
const looks = 3;

/**
 * Brings one target up to date: lock, scan, render, compare, write. The scan is inside the lock, so that a listing that
 * lands is never older than one that landed before. Throws only for bugs.
 */
export async function regenerateTarget(target: Target, run: TargetRun): Promise<TargetResult> {
  const absoluteOutput = path.join(run.absoluteRoot, target.output);
  try {
    if (!(await landsInside(absoluteOutput, run.absoluteRoot))) {
      return failed(
        `${target.output} leads outside the workspace folder (by a link or ".."). Give it another "output".`,
      );
    }
    if (run.mode === 'check') return await scanRenderCompare(target, absoluteOutput, run);
    if (run.isDirty(absoluteOutput)) return withoutSources(unsaved(target));
    const lock = await acquireLock(await lockKeyOf(absoluteOutput), {
      timeoutMs: run.lockTimeoutMs,
      onWait: run.onWait,
      ...(run.signal === undefined ? {} : { signal: run.signal }),
    });
    try {
      return await scanRenderCompare(target, absoluteOutput, run);
    } finally {
      await lock.release();
    }
  } catch (error) {
    return withoutSources(outcomeOf(error, target, run.signal));
  }
}

async function scanRenderCompare(
  target: Target,
  absoluteOutput: string,
  run: TargetRun,
): Promise<TargetResult> {
  const generator = generators.get(target.generator);
  if (generator === undefined) throw new TypeError(`No generator ${target.generator}`);
  const { absoluteRoot, outputs, maxFiles, signal } = run;
  const scan: Scan = await scanTarget({ absoluteRoot, target, generator, outputs, maxFiles, signal });
  if ('failure' in scan) return { ...failed(scan.failure), problems: scan.problems };
  const rendered = generator.render(scan.listing, target.options);
  const problems = [
    ...scan.problems,
    ...rendered.problems.map((problem) => ({
      ...problem,
      relativePath: path.posix.join(target.folder, problem.relativePath),
    })),
  ];
  const sources = scan.listing.sources.map((source) => source.relativePath);
  const blocking = rendered.problems.find((problem) => problem.severity === 'error');
  const outcome: Outcome =
    blocking === undefined
      ? await compareAndWrite(target, absoluteOutput, rendered.body, run)
      : { kind: 'failed', message: blocking.message };
  return { outcome, sources, problems };
}

async function compareAndWrite(
  target: Target,
  absoluteOutput: string,
  body: string,
  run: TargetRun,
): Promise<Outcome> {
  for (let look = 1; ; look++) {
    const oldBytes = await readBytesOrNull(absoluteOutput);
    const comparison = compare(oldBytes, body, target, run.isOverwriteAllowed);
    if (comparison.kind === 'unchanged') return comparison;
    if (comparison.kind === 'conflict') {
      return conflict(target, comparison.reason, comparison.oldText, comparison.text);
    }
    if (run.mode === 'check') return changed(comparison);
    try {
      await write(absoluteOutput, comparison.text, oldBytes, run);
      return changed(comparison);
    } catch (error) {
      if (!(error instanceof AtomicWriteError && error.code === 'CONFLICT')) throw error;
      if (look < looks) continue;
      return conflict(target, 'changed-meanwhile', comparison.oldText ?? '', comparison.text);
    }
  }
}

async function write(
  absoluteOutput: string,
  text: string,
  oldBytes: Buffer | null,
  run: TargetRun,
): Promise<void> {
  // What a killed run left here goes before anything is added. The folder may not exist yet.
  await sweepTempFiles(path.dirname(absoluteOutput)).catch(() => undefined);
  await atomicWriteText(absoluteOutput, text, {
    // Nobody's text is lost that was not seen by the comparison.
    expected: oldBytes ?? 'absent',
    // The user may have begun to type since the first look.
    beforeRename: () => {
      if (run.isDirty(absoluteOutput)) throw new Error('unsaved changes');
    },
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
}

function changed(comparison: Extract<Comparison, { kind: 'create' | 'update' }>): Outcome {
  return {
    kind: comparison.kind === 'create' ? 'created' : 'updated',
    bytes: Buffer.byteLength(comparison.text),
    oldText: comparison.oldText,
    newText: comparison.text,
  };
}

function conflict(target: Target, reason: ConflictReason, oldText: string, newText: string): Outcome {
  const messages: Record<ConflictReason, string> = {
    'not-generated': `${target.output} was not made by Atomic Index, so it is left alone. Rename it, choose another "output", or overwrite it.`,
    edited: `${target.output} was edited by hand, so it is left alone. Move the edits to a file of their own, or overwrite it.`,
    'changed-meanwhile': `${target.output} kept changing while it was regenerated, so it is left alone. Try again when the other program has finished.`,
  };
  return { kind: 'conflict', reason, message: messages[reason], oldText, newText };
}

function unsaved(target: Target): Outcome {
  const message = `${target.output} has unsaved changes in an editor; it is regenerated after they are saved or reverted.`;
  return { kind: 'skipped', reason: 'unsaved-changes', message };
}

function outcomeOf(error: unknown, target: Target, signal: AbortSignal | undefined): Outcome {
  if (signal?.aborted === true) {
    return {
      kind: 'skipped',
      reason: 'cancelled',
      message: 'The run was cancelled before this target was done.',
    };
  }
  if (error instanceof AtomicWriteError && error.code === 'REFUSED') return unsaved(target);
  if (error instanceof LockError) {
    const message = `${target.output} was not regenerated: ${error.message}. Try again, or close the other window.`;
    return { kind: 'failed', message, cause: error };
  }
  if (error instanceof AtomicWriteError)
    return { kind: 'failed', message: `${error.message}.`, cause: error };
  if (error instanceof Error && 'code' in error) {
    const message = `${target.output} can't be read: ${readFailure(error, error.code)}.`;
    return { kind: 'failed', message, cause: error };
  }
  throw error;
}

function readFailure(error: Error, code: unknown): string {
  if (code === 'EISDIR') return 'a folder has this name; choose another "output"';
  const isRefused = code === 'EACCES' || code === 'EPERM';
  return isRefused ? `${error.message}. Check the permissions of the file and its folder` : error.message;
}

function failed(message: string): TargetResult {
  return withoutSources({ kind: 'failed', message });
}

function withoutSources(outcome: Outcome): TargetResult {
  return { outcome, sources: [], problems: [] };
}
