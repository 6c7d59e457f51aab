import type * as LiquidModule from 'liquidjs';
import * as v from 'valibot';
import { commentFor, headerMark, topLines } from '../../provenance.ts';
import type { Listing, Problem, Rendered } from '../../types.ts';
import type { Generator } from '../generator.ts';
import { jsonText } from '../jsonText.ts';
import { orderOptionEntries } from '../pageOrder.ts';
import { pathFromFolder } from '../relativePath.ts';
import { renderLiquid } from './liquid.ts';
import { variablesOf } from './variables.ts';

/** A path of a file below the root, as the project file writes it. */
const pathInRoot = v.pipe(
  v.string(),
  v.regex(
    /^(?!\/|[A-Za-z]:|\.\.(?:\/|$))(?!.*(?:\/\.\.(?:\/|$)))[^\\]+$/,
    'must be a path in this folder, with "/" between its parts',
  ),
);

const optionsSchema = v.strictObject({
  template: v.pipe(
    pathInRoot,
    v.description('The template in the language Liquid, relative to the project file.'),
  ),
  partials: v.optional(
    v.pipe(
      v.record(v.string(), pathInRoot),
      v.description('Further templates by the names under which `{% render "name" %}` finds them.'),
    ),
    {},
  ),
  data: v.optional(
    v.pipe(v.record(v.string(), v.unknown()), v.description('Values for the template, as `data`.')),
    {},
  ),
  reads: v.optional(
    v.pipe(
      v.picklist(['pages', 'modules']),
      v.description('What the template lists: `pages` with their titles, or `modules` with their exports.'),
    ),
    'pages',
  ),
  drafts: v.optional(
    v.pipe(v.boolean(), v.description('Lists pages whose front matter says `draft: true`, too.')),
    false,
  ),
  ...orderOptionEntries,
});

/** Loaded when a target first needs it: it would be a fifth of the extension. */
let liquid: typeof LiquidModule | undefined;

/** Renders a template of the user's own over the same listing as the other generators. */
export const template: Generator = {
  id: 'template',
  description: 'A file of any kind, made by your own Liquid template from the pages or modules of a folder.',
  optionsSchema,
  defaultOutput: 'index.md',
  defaultInclude: ['**/*.{md,markdown}'],
  defaultExclude: ['**/node_modules/**'],
  reads: (options) => (options['reads'] === 'modules' ? 'modules' : 'pages'),
  unreadableSource: 'list-by-name',
  inputs(options): readonly string[] {
    const parsed = v.safeParse(optionsSchema, options);
    if (!parsed.success) return [];
    return [parsed.output.template, ...Object.values(parsed.output.partials)].map(normal);
  },
  refuseOutput: () => null,
  async load(): Promise<void> {
    liquid ??= await import('liquidjs');
  },
  render(listing, given): Rendered {
    const parsed = v.safeParse(optionsSchema, given);
    if (!parsed.success || liquid === undefined) {
      return failed(listing, 'template-missing', 'The option "template" must name a file of this folder.');
    }
    const options = parsed.output;
    const path = normal(options.template);
    const text = listing.inputs?.get(path);
    const stays = `${listing.outputFromFolder} stays as it was.`;
    if (text === undefined) {
      const message = `The template can't be read, so ${stays}`;
      return failed(listing, 'template-missing', message, { relativePath: path });
    }
    const partials = new Map<string, { readonly path: string; readonly text: string }>();
    for (const [name, file] of Object.entries(options.partials)) {
      const partial = listing.inputs?.get(normal(file));
      if (partial !== undefined) partials.set(name, { path: normal(file), text: partial });
    }
    const result = renderLiquid(liquid, {
      template: { path, text },
      partials,
      listing,
      variables: variablesOf(listing, options),
    });
    if (result.kind === 'failed') {
      const { reason, ...place } = result;
      return failed(listing, 'template-failed', `${reason} ${stays}`, place);
    }
    return finish(result.text, listing, path);
  },
};

/** Sees to it that the header has a place, without which the file could never be told from a hand-written one. */
function finish(text: string, listing: Listing, path: string): Rendered {
  const body = `${text.replace(/\r\n?/g, '\n').replace(/\n*$/, '')}\n`;
  const output = listing.outputFromFolder;
  const lines = body.split('\n');
  const line = lines.findIndex((one) => one.includes(headerMark));
  if (/\.json$/i.test(output)) return finishJson(body, listing, path);
  if (line === -1 && commentFor(output) === null) {
    const message = `No comment syntax is known for ${output}, so the template must say where the header goes: write {{ header }} in a comment of its own, within the first ${topLines} lines.`;
    return failed(listing, 'template-header-missing', message, { relativePath: path });
  }
  if (line >= topLines && line < lines.length - 2) {
    const message = `{{ header }} came to stand on line ${line + 1} of ${output}. It must be within the first ${topLines} lines or on the last one.`;
    return failed(listing, 'template-header-missing', message, { relativePath: path });
  }
  return { body, problems: [] };
}

/** JSON is read and printed again: only so is it sure to be whole, and to have room for the header. */
function finishJson(body: string, listing: Listing, path: string): Rendered {
  let value: unknown;
  try {
    value = JSON.parse(body.replaceAll(headerMark, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `What the template makes is not JSON: ${reason}. Print values with the filter json: "title": {{ page.title | json }}.`;
    return failed(listing, 'template-failed', message, { relativePath: path });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message =
      'What the template makes must be a JSON object, where the header fits in. Put a list under a name of its own.';
    return failed(listing, 'template-failed', message, { relativePath: path });
  }
  return { body: jsonText({ ...value }), problems: [] };
}

function normal(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

type Place = { readonly relativePath: string; readonly line?: number; readonly column?: number };

/** Problems name files as seen from the target's folder, the options as seen from the root. */
function failed(listing: Listing, code: string, message: string, place?: Place): Rendered {
  const relativePath =
    place === undefined ? listing.outputFromFolder : pathFromFolder(listing.folder, place.relativePath);
  const problem: Problem = { severity: 'error', code, message, line: 1, column: 1, ...place, relativePath };
  return { body: '', problems: [problem] };
}
