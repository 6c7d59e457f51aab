import { AtomicWriteError } from '../../atomic-write/index.ts';
import { LockError } from '../../lock/index.ts';
import type { Comparison } from '../compare.ts';
import { describeConflict } from '../conflicts.ts';
import { contentHashOf } from '../contentHash.ts';
import type { ConflictReason, Outcome, Target } from '../types.ts';
import type { TargetResult } from './targetRun.ts';

/** The outcome of a change that was made, or in mode `check` would be. */
export function changed(comparison: Extract<Comparison, { kind: 'create' | 'update' }>): Outcome {
  return {
    kind: comparison.kind === 'create' ? 'created' : 'updated',
    bytes: comparison.bytes.byteLength,
    contentHash: contentHashOf(comparison.bytes),
    oldText: comparison.oldText,
    newText: comparison.text,
  };
}

/** The outcome of a file that has the right content already. */
export function unchanged(content: Uint8Array | string): Outcome {
  return { kind: 'unchanged', contentHash: contentHashOf(content) };
}

/** The outcome of a file that is not ours to replace. */
export function conflict(
  target: Target,
  reason: ConflictReason,
  texts: { readonly oldText: string; readonly newText: string },
  detail?: string,
): Outcome {
  return { kind: 'conflict', reason, message: describeConflict(target, reason, detail), ...texts };
}

/** The outcome of a target whose editor comes first. */
export function unsaved(target: Target): Outcome {
  const message = `${target.output} has unsaved changes in an editor; it is regenerated after they are saved or reverted.`;
  return { kind: 'skipped', reason: 'unsaved-changes', message };
}

/** Turns what was thrown on the way into an outcome with a next step. Throws what can only be a bug. */
export function outcomeOf(error: unknown, target: Target, signal: AbortSignal | undefined): Outcome {
  if (signal?.aborted === true) {
    return {
      kind: 'skipped',
      reason: 'cancelled',
      message: 'The run was cancelled before this target was done.',
    };
  }
  // What the last look before the rename refused, for whichever reason.
  const refusal = error instanceof AtomicWriteError && error.code === 'REFUSED' ? error.cause : undefined;
  const lockError = error instanceof LockError ? error : refusal;
  if (lockError instanceof LockError) {
    const next = lockError.code === 'LOST' ? 'Run it again' : 'Try again, or close the other window';
    const message = `${target.output} was not regenerated: ${lockError.message}. ${next}.`;
    return { kind: 'failed', message, cause: error };
  }
  if (refusal !== undefined) return unsaved(target);
  if (error instanceof AtomicWriteError)
    return { kind: 'failed', message: `${error.message}.`, cause: error };
  if (error instanceof Error && 'code' in error) {
    const message = `${target.output} can't be read: ${readFailure(error, error.code)}.`;
    return { kind: 'failed', message, cause: error };
  }
  throw error;
}

function readFailure(error: Error, code: unknown): string {
  const isRefused = code === 'EACCES' || code === 'EPERM';
  return isRefused ? `${error.message}. Check the permissions of the file and its folder` : error.message;
}

/** A result about which no source has anything to say. */
export function withoutSources(outcome: Outcome): TargetResult {
  return { outcome, sources: [], problems: [] };
}
