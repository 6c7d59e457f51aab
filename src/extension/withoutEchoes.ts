import * as path from 'node:path';
import type { Echoes } from '../core/echoes.ts';
import type { Trigger, TriggerKind } from '../core/types.ts';

export type EchoSources = {
  readonly absoluteRoot: string;
  /** Relative to the root. */
  readonly outputs: readonly string[];
  readonly written: Echoes;
  readonly saved: Echoes;
};

/** Drops the paths that are echoes, and the triggers that have none but those. */
export async function withoutEchoes(
  triggers: readonly Trigger[],
  { absoluteRoot, outputs, written, saved }: EchoSources,
): Promise<readonly Trigger[]> {
  const isEcho = async (relativePath: string, kind: TriggerKind): Promise<boolean> => {
    // Some watchers tell that a folder changed when we wrote into it; what others do in it they tell of by itself.
    if (kind === 'external' && outputs.some((output) => output.startsWith(`${relativePath}/`))) return true;
    const absolutePath = path.join(absoluteRoot, relativePath);
    if (await written.isEcho(absolutePath)) return true;
    // A file that was saved for the first time is a new file all the same.
    return kind === 'external' && (await saved.isEcho(absolutePath));
  };
  const real: Trigger[] = [];
  for (const trigger of triggers) {
    const { kind, relativePaths } = trigger;
    // Whoever saves or gives a command means it, and a generator that arrives may make another text of the same files;
    // only what the watcher says may be an echo.
    if (relativePaths === 'all' || kind === 'command' || kind === 'save' || kind === 'startup') {
      real.push(trigger);
      continue;
    }
    const others: string[] = [];
    for (const relativePath of relativePaths) {
      if (!(await isEcho(relativePath, kind))) others.push(relativePath);
    }
    if (others.length > 0) real.push({ kind, relativePaths: others });
  }
  return real;
}
