import * as v from 'valibot';

export const optionsSchema = v.strictObject({
  exports: v.optional(
    v.pipe(
      v.picklist(['named', 'star']),
      v.description(
        "How exports are passed on: 'named' writes every name out, 'star' writes `export *` and names only defaults " +
          'and what would collide.',
      ),
    ),
    'named',
  ),
  moduleSuffix: v.optional(
    v.pipe(
      v.picklist(['auto', 'none', '.js', 'source']),
      v.description(
        "How modules are named: 'none' leaves `.ts` and `.js` away (for bundlers), '.js' writes the compiled file's " +
          "extension (for Node.js), 'source' the extension of the source file; 'auto' takes what the nearest " +
          'tsconfig.json asks for.',
      ),
    ),
    'auto',
  ),
  defaultExports: v.optional(
    v.pipe(
      v.picklist(['file', 'declared', 'none']),
      v.description(
        "The name of a module's default export: 'file' makes it from the name of the file, 'declared' takes the name " +
          "that the module itself gives it (else the file's), 'none' leaves default exports out.",
      ),
    ),
    'file',
  ),
  defaultNameStyle: v.optional(
    v.pipe(
      v.picklist(['as-file', 'camel', 'pascal']),
      v.description(
        "The first letter of names that are made from files: 'as-file' keeps it, 'camel' makes it small, 'pascal' large.",
      ),
    ),
    'as-file',
  ),
  collisions: v.optional(
    v.pipe(
      v.picklist(['first', 'error', 'namespace', 'rename']),
      v.description(
        "When two modules export different things under one name: 'first' takes the first module's, 'error' leaves the " +
          "file as it was, 'namespace' also exports the other module as a whole under its file's name, 'rename' also " +
          "exports the other one with its file's name in front. Each is told in Problems.",
      ),
    ),
    'first',
  ),
  nested: v.optional(
    v.pipe(
      v.picklist(['flat', 'barrels']),
      v.description(
        "What to do with a subfolder that has an index file of its own: 'flat' lists its modules like all others, " +
          "'barrels' passes on what its index exports.",
      ),
    ),
    'flat',
  ),
  warnAbove: v.optional(
    v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.description(
        'Warns when importing the file loads more modules than this: bundlers, tests and editors pay for each.',
      ),
    ),
    100,
  ),
  reportOnly: v.optional(
    v.pipe(
      v.boolean(),
      v.description(
        'Writes nothing, and tells in Problems which names are missing from the file: for an index kept by hand.',
      ),
    ),
    false,
  ),
});

export type BarrelOptions = v.InferOutput<typeof optionsSchema>;
