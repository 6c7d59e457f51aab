import type { ConflictReason, Target } from './types.ts';

/** Says why a target is left alone and what to do next, ready for display. `detail` is the name of a twin, or of the generator of a moved file. */
export function describeConflict({ output, region }: Target, reason: ConflictReason, detail = ''): string {
  const isRegion = region !== undefined;
  const subject = isRegion ? `The region "${region.id}" of ${output}` : output;
  switch (reason) {
    case 'not-generated':
      return isRegion
        ? `${subject} holds a text that was not made by Atomic Index, so it is left alone. Move the text out of the markers, or overwrite it.`
        : `${subject} was not made by Atomic Index, so it is left alone. Rename it, choose another "output", or overwrite it.`;
    case 'edited':
      return `${subject} was edited by hand, so it is left alone. Move the edits ${isRegion ? 'out of the markers' : 'to a file of their own'}, overwrite it, or take it over.`;
    case 'moved':
      return `${output} was made by "${detail}" for another target and moved or copied here, so it is left alone. Move it back, overwrite it (also if you gave its target another "generator"), or take it over.`;
    case 'changed-meanwhile':
      return `${subject} kept changing while it was regenerated, so it is left alone. Try again when the other program has finished.`;
    case 'name-twin':
      return `${output} and ${detail} are one file on many disks, so nothing is written. Rename ${detail}, or choose another "output".`;
    case 'read-only':
      return `${output} is not up to date, and it or its folder is read-only. Make them writable, or leave it to whoever may.`;
    case 'too-large':
      return `${output} is a file of over 32 MB, which nobody generated, so it is left alone. Choose another "output".`;
    case 'binary':
      return `${output} is a binary file, or text in UTF-16, so it is left alone. Choose another "output", or save it as UTF-8.`;
    case 'folder':
      return `${output} is the name of a folder, so nothing is written. Rename the folder, or choose another "output".`;
    default:
      return reason satisfies never;
  }
}

/** Tells whether the user may have the file overwritten: only a text that an editor can show, compare and bring back. */
export function isOverwritable(reason: string): boolean {
  return reason === 'not-generated' || reason === 'edited' || reason === 'moved';
}

/** Tells whether there is a text to show beside the regenerated one. */
export function hasText(reason: ConflictReason): boolean {
  return isOverwritable(reason) || reason === 'changed-meanwhile' || reason === 'read-only';
}
