import * as v from 'valibot';
import { contributedId } from '../generators/contributed.ts';
import { builtInGenerators } from '../generators/index.ts';

const ownIds = [...builtInGenerators.keys()];
const isUnknown = `is none of ${ownIds.map((id) => `"${id}"`).join(', ')}; a generator of another extension has a dot in its id, such as "publisher.name"`;

const glob = v.pipe(v.string(), v.nonEmpty());

/** Globs of the files in which markers are looked for. */
export const regionsSchema = v.pipe(
  v.union([glob, v.array(glob)]),
  v.description(
    'Globs of files, relative to this one, whose markers describe targets themselves: "**/*.md" for every Markdown file.',
  ),
);

/** Packages with generators. A path would be no package: what it leads to came with the project, not by npm. */
export const pluginsSchema = v.pipe(
  v.array(
    v.pipe(
      v.string(),
      v.regex(
        /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/,
        'must be the name of an npm package',
      ),
    ),
  ),
  v.description(
    'npm packages with more generators, installed in this folder. Only the command line loads them, and only with --allow-plugins.',
  ),
);

/** Which of the project's own formatters goes over what is made, for all targets or for one. */
export const formatSchema = v.pipe(
  v.union([v.literal('prettier'), v.literal('biome'), v.literal(false)]),
  v.description(
    'Formats what is made with the "prettier" or the "biome" that is installed in this folder (node_modules) and with its configuration. It is code of this folder: the editor runs it in trusted workspaces only, the command line only with --allow-plugins. Default: false.',
  ),
);

/** One entry of `targets` in the project file, as it is typed; the options are checked by the generator's own schema. */
export const entrySchema = v.strictObject({
  generator: v.pipe(
    v.union([v.picklist(ownIds), v.pipe(v.string(), v.regex(contributedId, isUnknown))]),
    v.description('What kind of file to make.'),
  ),
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
  exceptFolders: v.optional(
    v.pipe(
      v.array(v.string()),
      v.description('Folders that "folders" matches but that are left alone, relative to this file.'),
    ),
  ),
  region: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[A-Za-z0-9][\w.-]*$/, 'must be letters, digits, "-", "_" and "."'),
      v.description(
        'Keeps only the part of the output up to date that stands between two markers with this id; the rest is yours.',
      ),
    ),
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
  format: v.optional(formatSchema),
  options: v.optional(v.pipe(v.record(v.string(), v.unknown()), v.description('Options of the generator.'))),
});

export type Entry = v.InferOutput<typeof entrySchema>;
