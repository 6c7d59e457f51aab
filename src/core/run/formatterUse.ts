import { findNodeAtLocation, findNodeAtOffset, parseTree } from 'jsonc-parser';
import { positionsOf } from '../project/position.ts';
import { projectFileName } from '../project/projectFileName.ts';
import { keyOf } from '../regions/twins.ts';
import type { Mode, Problem, Target } from '../types.ts';

/** Whether a run may start the formatters that the project file names: they are code of the workspace. */
export type FormatterUse =
  | 'run'
  /** Restricted Mode: what would change is shown unformatted, and said to be. */
  | 'untrusted'
  /** Nobody looks at the texts. */
  | 'not-needed'
  /** Targets with a formatter are left out, and one error says so. */
  | 'not-allowed';

/**
 * Takes out the targets whose formatter must not be run. Whatever a caller forgets, nothing is written unformatted that
 * is to be formatted.
 */
export function leaveOutFormatted(
  targets: readonly Target[],
  projectText: string | null,
  use: FormatterUse,
  mode: Mode,
): { readonly targets: readonly Target[]; readonly problems: readonly Problem[] } {
  if (use === 'run' || (use !== 'not-allowed' && mode === 'check')) return { targets, problems: [] };
  const kept = targets.filter(({ format }) => format === undefined);
  const formatted = targets.filter(({ format }) => format !== undefined);
  const [first, ...others] = formatted;
  if (first === undefined) return { targets, problems: [] };
  const [more, were] = others.length === 0 ? ['is', 'was'] : [`and ${others.length} more are`, 'were'];
  const names = [...new Set(formatted.map(({ format }) => format))].join(' or ');
  const message = `${keyOf(first)} ${more} to be formatted with ${names}, which is code of this folder, and ${were} left out. Run it again with --allow-plugins, or set "format" to false.`;
  const place = positionsOf(projectText ?? '', rangeOfFormat(projectText ?? '', first));
  const problem: Problem = {
    severity: 'error',
    code: 'format-not-allowed',
    message,
    relativePath: projectFileName,
    ...place,
  };
  return { targets: kept, problems: [problem] };
}

/** Where the project file says how a target is formatted: in its entry, or for all. */
function rangeOfFormat(text: string, { range, region }: Target): Target['range'] {
  const root = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
  if (root === undefined) return range;
  const entry = region?.line === undefined ? findNodeAtOffset(root, range.offset) : undefined;
  const own = entry === undefined ? undefined : findNodeAtLocation(entry, ['format']);
  return own ?? findNodeAtLocation(root, ['format']) ?? range;
}
