import { findGenerator } from './generators/registry.ts';
import { sourceMatcher } from './project/expandTargets.ts';
import { projectFileName } from './project/projectFileName.ts';
import type { Target, Trigger } from './types.ts';

/**
 * Gives the targets that the triggers may have touched. Too many cost a scan and write nothing; too few would leave a
 * stale file, so in doubt a target is in.
 */
export function planTargets(targets: readonly Target[], triggers: readonly Trigger[]): readonly Target[] {
  if (triggers.some((trigger) => trigger.relativePaths === 'all')) return targets;
  const changed = triggers.flatMap((trigger) =>
    trigger.relativePaths === 'all' ? [] : trigger.relativePaths,
  );
  if (changed.includes(projectFileName)) return targets;
  return targets.filter((target) => {
    const isSource = sourceMatcher(target);
    return changed.some((relativePath) => isTouched(target, relativePath, isSource));
  });
}

function isTouched(target: Target, changed: string, isSource: (relativePath: string) => boolean): boolean {
  if (changed === target.output || isSource(changed)) return true;
  const generator = findGenerator(target.generator);
  if (generator?.inputs?.(target.options).includes(changed) === true) return true;
  if (generator?.mayLookUp?.(target, changed) === true) return true;
  const inFolder = isWithin(changed, target.folder);
  const name = changed.slice(changed.lastIndexOf('/') + 1);
  if (name === '.gitignore') {
    const folder = changed.slice(0, Math.max(0, changed.lastIndexOf('/')));
    return inFolder || isWithin(target.folder, folder);
  }
  // A folder above the target's came, went or got another name; there is one event for all that is in it.
  if (isWithin(target.folder, changed) || isWithin(target.output, changed)) return true;
  // So too for a folder inside. What is gone can't be asked whether it was one; the ending of a file is a good guess.
  return inFolder && !/\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(name);
}

/** Tells whether a path is a folder or lies in it. */
function isWithin(relativePath: string, folder: string): boolean {
  return folder === '' || relativePath === folder || relativePath.startsWith(`${folder}/`);
}
