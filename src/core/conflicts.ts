import type { ConflictReason, Target } from './types.ts';

/** Says why a target is left alone and what to do next, ready for display. */
export function describeConflict({ output, region }: Target, reason: ConflictReason): string {
  const subject = region === undefined ? output : `The region "${region.id}" of ${output}`;
  const messages: Record<ConflictReason, string> = {
    'not-generated':
      region === undefined
        ? `${subject} was not made by Atomic Index, so it is left alone. Rename it, choose another "output", or overwrite it.`
        : `${subject} holds a text that was not made by Atomic Index, so it is left alone. Move the text out of the markers, or overwrite it.`,
    edited: `${subject} was edited by hand, so it is left alone. Move the edits ${region === undefined ? 'to a file of their own' : 'out of the markers'}, or overwrite it.`,
    'changed-meanwhile': `${subject} kept changing while it was regenerated, so it is left alone. Try again when the other program has finished.`,
  };
  return messages[reason];
}
