import type { Target } from '../types.ts';
import { addMarkers, cutHeader, cutMarkers } from './fileEdits.ts';
import { addRegion, applyEdits, removeTarget } from './projectEdits.ts';

/** How a file in conflict goes over to its user: as a whole, or but for a region in it. */
export type HandOver = 'all' | 'but-region';

export type HandOverRequest = {
  readonly how: HandOver;
  readonly target: Target;
  /** The project file; `null` when there is none. */
  readonly projectText: string | null;
  /** The output as it is; `null` when there is none. */
  readonly bytes: Uint8Array | null;
  /** The regenerated text of the whole output. */
  readonly newText: string;
};

/** The new project file and output, where they change; or why it can't be, ready for display. */
export type HandedOver =
  | {
      readonly projectText: string | null;
      readonly bytes: Uint8Array | null;
      /** The region that is left to fill. */
      readonly region?: string;
    }
  | { readonly refusal: string };

/**
 * Says how the project file and the output change when a target is handed over. No text of the output is lost: only
 * our header or markers go, or generated lines that the next run puts back.
 */
export function handOver({ how, target, projectText, bytes, newText }: HandOverRequest): HandedOver {
  const { output, region } = target;
  if (how === 'but-region') {
    if (region !== undefined) return { refusal: `Only a region of ${output} is generated already.` };
    const id = target.generator;
    const edits = projectText === null ? null : addRegion(projectText, target, id);
    const marked = addMarkers(bytes ?? new Uint8Array(), output, id, newText);
    if (projectText === null || edits === null) return { refusal: moved };
    if (marked === null)
      return { refusal: `The comments of ${output} are not known, so it can't have markers.` };
    return { projectText: applyEdits(projectText, edits), bytes: marked, region: id };
  }
  if (region === undefined) {
    const edits = projectText === null ? null : removeTarget(projectText, target);
    if (projectText === null || edits === null) return { refusal: moved };
    return { projectText: applyEdits(projectText, edits), bytes: changedOnly(bytes, cutHeader) };
  }
  const without = changedOnly(bytes, (old) => cutMarkers(old, output, region.id));
  if (region.line !== undefined) return { projectText: null, bytes: without };
  const edits = projectText === null ? null : removeTarget(projectText, target);
  if (projectText === null || edits === null) return { refusal: moved };
  return { projectText: applyEdits(projectText, edits), bytes: without };
}

const moved = 'The project file has changed since. Save it, run Check, and try again.';

function changedOnly(bytes: Uint8Array | null, change: (old: Uint8Array) => Uint8Array): Uint8Array | null {
  const changed = bytes === null ? null : change(bytes);
  return changed === bytes ? null : changed;
}
