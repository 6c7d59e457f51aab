import * as v from 'valibot';
import type { Problem, Rendered } from '../../types.ts';
import type { Generator } from '../generator.ts';
import { readOptions } from '../pageOptions.ts';
import { chooseExports } from './chooseExports.ts';
import { ModuleSet } from './moduleSet.ts';
import { printExports } from './printExports.ts';
import { resolveExports } from './resolveExports.ts';

const optionsSchema = v.strictObject({
  moduleSuffix: v.optional(
    v.pipe(
      v.picklist(['none', '.js', 'source']),
      v.description(
        "How modules are named: 'none' leaves `.ts` and `.js` away (for bundlers), '.js' writes the compiled file's " +
          "extension (for Node.js), 'source' the extension of the source file.",
      ),
    ),
    'none',
  ),
  defaultExports: v.optional(
    v.pipe(
      v.boolean(),
      v.description("Re-exports the default export of a module under a name made from the file's name."),
    ),
    true,
  ),
});

/**
 * Re-exports by name what the modules of a folder export. Every exported name comes once, from the module that
 * declares it; what can't be named is reported, never dropped in silence.
 */
export const barrel: Generator = {
  id: 'barrel',
  description:
    'A TypeScript or JavaScript module that re-exports by name what the modules of a folder export.',
  optionsSchema,
  defaultOutput: 'index.ts',
  defaultInclude: ['**/*.{ts,tsx,js,jsx,mts,cts,mjs,cjs}'],
  defaultExclude: [
    '**/*.{test,spec}.*',
    '**/__tests__/**',
    '**/__mocks__/**',
    '**/*.stories.*',
    '**/*.d.{ts,mts,cts}',
    '**/node_modules/**',
  ],
  reads: 'modules',
  unreadableSource: 'fail',
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    if (/\.cjs$/i.test(listing.outputFromFolder))
      return { body: 'export {};\n', problems: [commonJs(listing)] };
    const modules = new ModuleSet(listing, options.moduleSuffix);
    const { lines, problems } = chooseExports(modules, resolveExports(modules), {
      defaultExports: options.defaultExports,
      // A JavaScript file can't hold `export type`, and the names would not exist at run time.
      types: !/\.(?:js|mjs|jsx)$/i.test(listing.outputFromFolder),
      folder: listing.folder,
    });
    return { body: printExports(lines), problems: [...modules.problems, ...problems] };
  },
};

function commonJs({ outputFromFolder }: { readonly outputFromFolder: string }): Problem {
  return {
    severity: 'error',
    code: 'barrel-output-unsupported',
    message: 'A CommonJS file can hold no `export`. Choose an output that ends in .ts, .js or .mjs.',
    relativePath: outputFromFolder,
  };
}
