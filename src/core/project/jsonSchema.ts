import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { Generator } from '../generators/generator.ts';
import { builtInGenerators } from '../generators/index.ts';
import { entrySchema, formatSchema, pluginsSchema, regionsSchema } from './entrySchema.ts';

/**
 * Gives the JSON schema of the project file, made from the very schemas that check it, for completion and hovers in the
 * editor. Written to `schemas/` by `npm run schema`; a test compares the two.
 */
export function projectJsonSchema(): JsonSchema & { readonly allowTrailingCommas: boolean } {
  const entry = toJsonSchema(entrySchema, { typeMode: 'input' });
  const perGenerator = [...builtInGenerators.values()].map((generator): JsonSchema => {
    const options = withoutDialect(toJsonSchema(generator.optionsSchema, { typeMode: 'input' }));
    const isRequired = (options.required ?? []).length > 0;
    return {
      if: { properties: { generator: { const: generator.id } }, required: ['generator'] },
      // biome-ignore lint/suspicious/noThenProperty: "then" is a keyword of JSON schemas
      then: {
        properties: {
          generator: { description: generator.description },
          output: { default: generator.defaultOutput },
          include: { default: [...generator.defaultInclude] },
          exclude: { description: describeExclude(generator) },
          options,
        },
        ...(isRequired && { required: ['options'] }),
      },
    };
  });
  const title = {
    title: 'Atomic Index project file',
    description: 'The files that Atomic Index keeps up to date in this folder.',
  };
  const targets: JsonSchema = {
    description: 'One file to keep up to date for each entry, or one for each folder that "folders" matches.',
    type: 'array',
    items: { ...withoutDialect(entry), allOf: perGenerator },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...title,
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      targets,
      regions: withoutDialect(toJsonSchema(regionsSchema, { typeMode: 'input' })),
      plugins: withoutDialect(toJsonSchema(pluginsSchema, { typeMode: 'input' })),
      format: withoutDialect(toJsonSchema(formatSchema, { typeMode: 'input' })),
    },
    anyOf: [{ required: ['targets'] }, { required: ['regions'] }],
    additionalProperties: false,
    allowTrailingCommas: true,
  };
}

function describeExclude({ defaultExclude }: Generator): string {
  const own = 'Globs of files not to list, relative to the folder.';
  return defaultExclude.length === 0
    ? own
    : `${own} In addition to ${defaultExclude.join(', ')}, which are never listed.`;
}

function withoutDialect({ $schema: _, ...rest }: JsonSchema): JsonSchema {
  return rest;
}
