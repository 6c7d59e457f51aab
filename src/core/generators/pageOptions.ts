import * as v from 'valibot';
import { foldText } from '../escape.ts';
import { numberPrefix } from '../facts/numberPrefix.ts';
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

/** Of indexes that are made for each folder: whether they link to one another. */
export const linkIndexesEntry = v.optional(
  v.pipe(
    v.boolean(),
    v.description(
      'Links the indexes of the folders below, which other targets make, instead of listing their pages again, and those of the folders above.',
    ),
  ),
  false,
);

/** Checks options against their schema; what does not fit gives the defaults, since rendering never throws. */
export function readOptions<Schema extends v.GenericSchema>(
  schema: Schema,
  options: Readonly<Record<string, unknown>>,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, options);
  return result.success ? result.output : v.parse(schema, {});
}

/** Chooses the heading: the option, else the folder's name as a title. */
export function headingOf(listing: Listing, title: string, hidesNumbers = false): string {
  return foldText(title) || titleOfFolder(baseName(listing.folder), hidesNumbers);
}

/** Makes a title of a folder's name: its first letter large, spaces for dashes, and without its number if that is asked. */
export function titleOfFolder(name: string, hidesNumbers: boolean): string {
  const shown = (hidesNumbers ? numberPrefix(name)?.rest : undefined) ?? name;
  const words = foldText(shown.replace(/[-_]+/g, ' '));
  return words === '' ? 'Index' : words.charAt(0).toUpperCase() + words.slice(1);
}
