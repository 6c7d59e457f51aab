import * as v from 'valibot';
import { generators } from '../generators/index.ts';

const generatorIds = [...generators.keys()];

const glob = v.pipe(v.string(), v.nonEmpty());

/** One entry of `targets` in the project file, as it is typed; the options are checked by the generator's own schema. */
export const entrySchema = v.strictObject({
  generator: v.pipe(v.picklist(generatorIds), v.description('What kind of file to make.')),
  folder: v.optional(
    v.pipe(
      v.string(),
      v.description('The folder whose files are listed, relative to this file. Default: its own.'),
    ),
  ),
  folders: v.optional(
    v.pipe(
      glob,
      v.description('A glob of folders, relative to this file: one target for each folder that matches.'),
    ),
  ),
  output: v.optional(
    v.pipe(v.string(), v.nonEmpty(), v.description('The file to keep up to date, relative to the folder.')),
  ),
  include: v.optional(
    v.pipe(v.array(glob), v.description('Globs of the files to list, relative to the folder.')),
  ),
  exclude: v.optional(
    v.pipe(
      v.array(glob),
      v.description(
        'Globs of files not to list, relative to the folder, in addition to those that the generator never lists.',
      ),
    ),
  ),
  options: v.optional(v.pipe(v.record(v.string(), v.unknown()), v.description('Options of the generator.'))),
});

export type Entry = v.InferOutput<typeof entrySchema>;
