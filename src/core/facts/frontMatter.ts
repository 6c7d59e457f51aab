import { defineScalarTag, FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { foldText } from '../escape.ts';
import type { PageFacts, Problem } from '../types.ts';

/** Where front matter stands in a text; `bodyStart` is 0 when there is none. */
export type FrontMatterBlock = { readonly yaml: string | undefined; readonly bodyStart: number };

/** The facts of a page's front matter, and where the text below it begins. */
export type FrontMatter = {
  readonly facts: Omit<PageFacts, 'kind'>;
  readonly bodyStart: number;
  readonly problems: readonly Problem[];
};

const maxFrontMatterLength = 64 * 1024;

/**
 * Reads every scalar as the text that stands in the file, so that the title `1.10` keeps its last digit. Tags that
 * ask for a type (`!!int 3`) are let through as text; tags that would need code are errors as in any safe schema.
 */
const textSchema = FAILSAFE_SCHEMA.withTags(
  ['int', 'float', 'bool', 'null', 'timestamp'].map((name) =>
    defineScalarTag(`tag:yaml.org,2002:${name}`, {
      resolve: (source: string) => source,
      identify: () => false,
    }),
  ),
);

/** Reads the YAML (or steps over the TOML) between the two lines of dashes at the start of a page. Throws nothing. */
export function readFrontMatter(text: string, relativePath: string): FrontMatter {
  const { yaml, bodyStart } = splitFrontMatter(text);
  if (yaml === undefined || yaml.trim() === '') return { facts: {}, bodyStart, problems: [] };
  if (yaml.length > maxFrontMatterLength) {
    return { facts: {}, bodyStart, problems: [invalid(relativePath, 1, 1, 'it is longer than 64 KiB')] };
  }
  try {
    // Without the last line end, what is missing at the end is reported on the last line, not on the dashes.
    const value: unknown = load(yaml.trimEnd(), { schema: textSchema, maxAliases: 1000 });
    // A lone line of text between rules is a Setext heading below a thematic break, not front matter.
    if (typeof value === 'string') return { facts: {}, bodyStart: 0, problems: [] };
    return { facts: factsOf(value), bodyStart, problems: [] };
  } catch (error) {
    if (error instanceof YAMLException && error.mark === undefined && /input is empty/.test(error.reason)) {
      return { facts: {}, bodyStart, problems: [] };
    }
    return { facts: {}, bodyStart, problems: [problemOf(error, relativePath)] };
  }
}

/** Finds the front matter block: `---` alone on the first line up to `---` or `...` alone on a line (TOML: `+++`). */
export function splitFrontMatter(text: string): FrontMatterBlock {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const none = { yaml: undefined, bodyStart: 0 };
  const opening = /(---|\+\+\+)[ \t]*\r?\n/y;
  opening.lastIndex = start;
  const marker = opening.exec(text)?.[1];
  if (marker === undefined) return none;
  const contentStart = opening.lastIndex;
  const closing = marker === '---' ? /^(?:---|\.\.\.)[ \t]*\r?$/gm : /^\+\+\+[ \t]*\r?$/gm;
  closing.lastIndex = contentStart;
  const end = closing.exec(text);
  if (end === null) return none;
  const yaml = marker === '---' ? text.slice(contentStart, end.index) : undefined;
  return { yaml, bodyStart: closing.lastIndex };
}

function factsOf(value: unknown): Omit<PageFacts, 'kind'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = new Map<string, unknown>(Object.entries(value));
  const title = textOf(entries.get('title'));
  const description = textOf(entries.get('description')) ?? textOf(entries.get('summary'));
  const order = ['order', 'weight', 'sidebar_position', 'nav_order']
    .map((key) => numberOf(entries.get(key)))
    .find((number) => number !== undefined);
  const isDraft = /^(?:true|yes|on)$/i.test(textOf(entries.get('draft')) ?? '');
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(order !== undefined && { order }),
    ...(isDraft && { isDraft }),
  };
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = foldText(value);
  return text === '' || text === '~' || /^null$/i.test(text) ? undefined : text;
}

function numberOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function problemOf(error: unknown, relativePath: string): Problem {
  if (error instanceof YAMLException) {
    // The mark counts from 0 and the block begins on the file's second line.
    return invalid(relativePath, (error.mark?.line ?? -1) + 2, (error.mark?.column ?? 0) + 1, error.reason);
  }
  return invalid(relativePath, 1, 1, error instanceof Error ? error.message : String(error));
}

function invalid(relativePath: string, line: number, column: number, reason: string): Problem {
  return {
    severity: 'warning',
    code: 'front-matter-invalid',
    message: `The front matter can't be read: ${foldText(reason)}. Correct the YAML; until then the page's first heading is its title.`,
    relativePath,
    line,
    column,
  };
}
