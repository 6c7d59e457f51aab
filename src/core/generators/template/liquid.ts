import type * as LiquidModule from 'liquidjs';
import type { Listing } from '../../types.ts';
import { escapeFor, templateFilters } from './filters.ts';

export type TemplateText = { readonly path: string; readonly text: string };

export type LiquidRequest = {
  readonly template: TemplateText;
  /** By the names under which templates find them. */
  readonly partials: ReadonlyMap<string, TemplateText>;
  readonly listing: Listing;
  readonly variables: Readonly<Record<string, unknown>>;
};

export type LiquidResult =
  | { readonly kind: 'rendered'; readonly text: string }
  | {
      readonly kind: 'failed';
      /** Ready for display. */
      readonly reason: string;
      /** The template or partial, relative to the root. */
      readonly relativePath: string;
      readonly line: number;
      readonly column: number;
    };

/** Rendering holds up everything else in the process, the editor's extensions too. In ms. */
const maxRenderMs = 2000;
/** In LiquidJS's own measure: about one for each character or item that a filter, range or loop makes. */
const maxMemory = 20_000_000;
const maxTemplateLength = 1_000_000;
const maxOutputLength = 10_000_000;

/**
 * Renders a template with nothing but what it is given: no files, no code, no clock, within limits of time, memory and
 * size. Throws nothing; a mistake comes back with its place.
 */
export function renderLiquid(
  { Liquid, filters }: typeof LiquidModule,
  { template, partials, listing, variables }: LiquidRequest,
): LiquidResult {
  // LiquidJS wraps an error once for each level and reads its stack each time: with thousands of levels that takes
  // minutes where stacks are mapped to sources. Where a template fails, its tokens tell.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const engine = new Liquid({
      fs: partialsOnly(partials),
      relativeReference: false,
      cache: false,
      ownPropertyOnly: true,
      strictFilters: true,
      strictVariables: true,
      lenientIf: true,
      locale: 'en-US',
      timezoneOffset: 0,
      parseLimit: maxTemplateLength,
      renderLimit: maxRenderMs,
      memoryLimit: maxMemory,
      outputEscape: escapeFor(listing.outputFromFolder),
    });
    for (const [name, filter] of Object.entries(templateFilters(listing, filters))) {
      engine.registerFilter(name, filter);
    }
    const text: unknown = engine.renderSync(engine.parse(template.text, template.path), variables);
    if (typeof text === 'string' && text.length <= maxOutputLength) return { kind: 'rendered', text };
    return failedAt(template.path, 1, 1, `it makes more than ${maxOutputLength / 1_000_000} MB of text`);
  } catch (error) {
    return failureOf(error, template, partials);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** In place of the disk: the partials that the project file names, and nothing else under any path. */
function partialsOnly(partials: ReadonlyMap<string, TemplateText>): LiquidModule.FS {
  const read = (name: string): string => {
    const partial = partials.get(name);
    if (partial === undefined) throw new Error(`no partial ${name}`);
    return partial.text;
  };
  return {
    existsSync: (name) => partials.has(name),
    exists: async (name) => partials.has(name),
    readFileSync: read,
    readFile: async (name) => read(name),
    resolve: (_folder, name) => name,
  };
}

function failureOf(
  error: unknown,
  template: TemplateText,
  partials: ReadonlyMap<string, TemplateText>,
): LiquidResult {
  const { line, column, input } = placeOf(error);
  // LiquidJS doesn't always know the name of the file, but always its text.
  const { path } = [...partials.values()].find(({ text }) => text === input) ?? template;
  const message = error instanceof Error ? error.message : String(error);
  const plain = message.replace(/(?:, file:[^\n]*?)?(?:, line:\d+, col:\d+)+$/, '').replace(/\.$/, '');
  return failedAt(path, line, column, explain(plain, error));
}

function failedAt(relativePath: string, line: number, column: number, reason: string): LiquidResult {
  return { kind: 'failed', reason: `The template fails: ${reason}.`, relativePath, line, column };
}

/** Says LiquidJS's own messages in our words where they need a next step. */
function explain(message: string, error: unknown): string {
  if (error instanceof RangeError || /call stack/i.test(message)) return 'it is nested too deeply';
  if (/render limit exceeded/.test(message)) return `it takes longer than ${maxRenderMs / 1000} seconds`;
  if (/memory alloc limit exceeded/.test(message)) return 'it makes more than its share of memory holds';
  if (/parse length limit exceeded/.test(message)) return 'it is longer than 1 MB';
  const partial = /ENOENT: Failed to lookup "(.*?)"/s.exec(message)?.[1];
  if (partial !== undefined) {
    return `there is no partial "${partial}"; files are not looked for, name it in the option "partials"`;
  }
  const variable = /undefined variable: (.*)$/s.exec(message)?.[1];
  if (variable !== undefined) {
    return `there is no ${variable}; correct the name, or give a value for when it is missing: {{ ${variable} | default: "" }}`;
  }
  return message;
}

type Place = { readonly line: number; readonly column: number; readonly input: string };

function placeOf(error: unknown): Place {
  const nowhere = { line: 1, column: 1, input: '' };
  if (!(error instanceof Error) || !('token' in error)) return nowhere;
  const { token } = error;
  if (typeof token !== 'object' || token === null || !('getPosition' in token)) return nowhere;
  if (typeof token.getPosition !== 'function') return nowhere;
  const position: unknown = token.getPosition();
  const [line, column]: readonly unknown[] = Array.isArray(position) ? position : [];
  const input = 'input' in token && typeof token.input === 'string' ? token.input : '';
  return {
    line: typeof line === 'number' ? line : 1,
    column: typeof column === 'number' ? column : 1,
    input,
  };
}
