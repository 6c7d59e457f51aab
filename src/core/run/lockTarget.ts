import { acquireLock, type KnownFolders, type Lock, lockKeyOf, volumeKeyOf } from '../../lock/index.ts';
import type { Target } from '../types.ts';
import type { TargetRun } from './targetRun.ts';

/** The names of one target's lock. */
export type LockKeys = { readonly host: string; readonly volume: string | undefined };

/** Names the lock of a target. Throws Node's error when no folder on the way to the output can be looked at. */
export async function lockKeysOf(
  absoluteOutput: string,
  run: TargetRun,
  known: KnownFolders,
): Promise<LockKeys> {
  const { absoluteRoot, volumeFolder } = run;
  const volume = volumeFolder === undefined ? undefined : await volumeKeyOf(absoluteOutput, absoluteRoot);
  return { host: await lockKeyOf(absoluteOutput, known), volume };
}

/**
 * Orders locks in the same way in every process that may want several of them: two that each hold what the other waits
 * for would wait for ever. Processes that share only the volume know only its keys.
 */
export function compareKeys(a: LockKeys, b: LockKeys): number {
  const [first, second] = [a.volume ?? a.host, b.volume ?? b.host];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Waits for the exclusive right to write a target. Throws a `LockError` when it isn't had. */
export function lockTarget(target: Target, keys: LockKeys, run: TargetRun): Promise<Lock> {
  const { volumeFolder, signal } = run;
  return acquireLock(keys.host, {
    timeoutMs: run.lockTimeoutMs,
    program: run.program.name,
    requestedAt: run.requestedAt,
    onWait: (holder) => run.onWait(target.output, holder),
    ...(signal === undefined ? {} : { signal }),
    ...(volumeFolder === undefined || keys.volume === undefined
      ? {}
      : { volume: { folder: volumeFolder, key: keys.volume } }),
  });
}
