import * as v from 'valibot';
import { foldText } from '../escape.ts';
import type { Listing } from '../types.ts';
import { baseName } from './relativePath.ts';

/** The options that all indexes of pages share, to be spread into a `strictObject`. */
export const pageOptionEntries = {
  title: v.optional(
    v.pipe(
      v.string(),
      v.description("The heading of the index. Empty: the folder's own name, or 'Index' at the root."),
    ),
    '',
  ),
  descriptions: v.optional(
    v.pipe(v.boolean(), v.description('Shows the description of each page with its title.')),
    true,
  ),
  drafts: v.optional(
    v.pipe(v.boolean(), v.description('Lists pages whose front matter says `draft: true`, too.')),
    false,
  ),
  depth: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.description(
        'How many levels of folders are listed; 1 lists only what is in the folder itself. Default: all.',
      ),
    ),
  ),
};

/** Checks options against their schema; what does not fit gives the defaults, since rendering never throws. */
export function readOptions<Schema extends v.GenericSchema>(
  schema: Schema,
  options: Readonly<Record<string, unknown>>,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, options);
  return result.success ? result.output : v.parse(schema, {});
}

/** Chooses the heading: the option, else the folder's name with its first letter large and spaces for dashes. */
export function headingOf(listing: Listing, title: string): string {
  const wanted = foldText(title);
  if (wanted !== '') return wanted;
  const words = foldText(baseName(listing.folder).replace(/[-_]+/g, ' '));
  return words === '' ? 'Index' : words.charAt(0).toUpperCase() + words.slice(1);
}
