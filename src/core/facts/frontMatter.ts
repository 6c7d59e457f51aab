import { defineScalarTag, FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { parse, TomlError } from 'smol-toml';
import { foldText } from '../escape.ts';
import type { PageFacts, Problem } from '../types.ts';
import { detached } from './detached.ts';
import { frontMatterFacts } from './frontMatterFacts.ts';
import { plainData } from './plainData.ts';
import { simpleYaml } from './simpleYaml.ts';

/** What stands between the marks, and where the text below begins; that is 0 when there is no front matter. */
export type FrontMatterBlock =
  | { readonly language: 'YAML' | 'TOML'; readonly content: string; readonly bodyStart: number }
  | { readonly language: undefined; readonly bodyStart: 0 };

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

/** Reads the YAML or TOML between the two lines of marks at the start of a page. Throws nothing. */
export function readFrontMatter(text: string, relativePath: string): FrontMatter {
  const block = splitFrontMatter(text);
  const { bodyStart } = block;
  if (block.language === undefined || block.content.trim() === '')
    return { facts: {}, bodyStart, problems: [] };
  if (block.content.length > maxFrontMatterLength) {
    const problem = invalid(relativePath, block.language, { reason: 'it is longer than 64 KiB' });
    return { facts: {}, bodyStart, problems: [problem] };
  }
  const simple = block.language === 'YAML' ? simpleYaml(block.content) : undefined;
  if (simple !== undefined) return { facts: frontMatterFacts(simple), bodyStart, problems: [] };
  try {
    const value = block.language === 'YAML' ? loadYaml(block.content) : loadToml(block.content);
    // A lone line of text between rules is a Setext heading below a thematic break, not front matter.
    if (typeof value === 'string') return { facts: {}, bodyStart: 0, problems: [] };
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return { facts: isMap ? frontMatterFacts(plainData(value)) : {}, bodyStart, problems: [] };
  } catch (error) {
    if (error instanceof YAMLException && error.mark === undefined && /input is empty/.test(error.reason)) {
      return { facts: {}, bodyStart, problems: [] };
    }
    return { facts: {}, bodyStart, problems: [invalid(relativePath, block.language, mistakeOf(error))] };
  }
}

function loadYaml(content: string): unknown {
  // Without the last line end, what is missing at the end is reported on the last line, not on the dashes.
  return load(content.trimEnd(), { schema: textSchema, maxAliases: 1000 });
}

/** Whole numbers as `BigInt`, so that the long ones keep all their digits. */
function loadToml(content: string): unknown {
  return parse(content.trimEnd(), { integersAsBigInt: true, maxDepth: 100 });
}

/** Finds the front matter: `---` alone on the first line up to `---` or `...` alone on a line; for TOML twice `+++`. */
export function splitFrontMatter(text: string): FrontMatterBlock {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const none = { language: undefined, bodyStart: 0 } as const;
  const opening = /(---|\+\+\+)[ \t]*\r?\n/y;
  opening.lastIndex = start;
  const marker = opening.exec(text)?.[1];
  if (marker === undefined) return none;
  const contentStart = opening.lastIndex;
  const closing = marker === '---' ? /^(?:---|\.\.\.)[ \t]*\r?$/gm : /^\+\+\+[ \t]*\r?$/gm;
  closing.lastIndex = contentStart;
  const end = closing.exec(text);
  if (end === null) return none;
  return {
    language: marker === '---' ? 'YAML' : 'TOML',
    content: detached(text.slice(contentStart, end.index)),
    bodyStart: closing.lastIndex,
  };
}

/** Tells whether a text begins like front matter, wherever that ends. */
export function opensFrontMatter(text: string): boolean {
  return /^\uFEFF?(?:---|\+\+\+)[ \t]*\r?\n/.test(text);
}

type Mistake = { readonly reason: string; readonly line?: number; readonly column?: number };

/** The block begins on the file's second line; YAML's marks count from 0, TOML's from 1. */
function mistakeOf(error: unknown): Mistake {
  if (error instanceof YAMLException) {
    return {
      reason: error.reason,
      line: (error.mark?.line ?? -1) + 2,
      column: (error.mark?.column ?? 0) + 1,
    };
  }
  if (error instanceof TomlError) {
    // Below the reason stands a picture of the lines around, which a message has no room for.
    const [firstLine = ''] = error.message.split('\n', 1);
    const reason = firstLine.replace(/^Invalid TOML document: /, '');
    return { reason, line: error.line + 1, column: error.column };
  }
  return { reason: error instanceof Error ? error.message : String(error) };
}

function invalid(relativePath: string, language: 'YAML' | 'TOML', mistake: Mistake): Problem {
  const reason = foldText(mistake.reason);
  return {
    severity: 'warning',
    code: 'front-matter-invalid',
    message: `The front matter can't be read: ${reason}. Correct the ${language}; until then the page's first heading is its title.`,
    relativePath,
    line: mistake.line ?? 1,
    column: mistake.column ?? 1,
  };
}
