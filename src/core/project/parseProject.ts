import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as v from 'valibot';
import { describeMissing, findGenerator } from '../generators/registry.ts';
import type { FormatterName, Problem, TextRange } from '../types.ts';
import { describeIssue } from './describeIssue.ts';
import { type Entry, entrySchema, formatSchema, pluginsSchema, regionsSchema } from './entrySchema.ts';
import { positionsOf } from './position.ts';
import { projectFileName } from './projectFileName.ts';

/** An entry that passed all checks, with the generator's options filled in. */
export type CheckedEntry = Entry & {
  readonly options: Readonly<Record<string, unknown>>;
  readonly range: TextRange;
  /** Set when nobody has registered the generator: the options are unchecked, and the output is to be left alone. */
  readonly isAbsent?: true;
};

export type ParsedProject = {
  readonly entries: readonly CheckedEntry[];
  /** Globs of the files in which markers are looked for. */
  readonly regions: readonly string[];
  /** Names of npm packages with more generators. */
  readonly plugins: readonly string[];
  /** The formatter of all targets that don't say otherwise. */
  readonly format?: FormatterName;
  readonly problems: readonly Problem[];
};

/**
 * Reads the text of a project file (JSON with comments and trailing commas). A text that can't be parsed gives no entry,
 * since half a list would drop files from the other half; a wrong entry is left out and the others stay.
 */
export function parseProject(text: string): ParsedProject {
  const problems: Problem[] = [];
  const report = (code: string, message: string, range: TextRange): void => {
    problems.push({
      severity: 'error',
      code,
      message,
      relativePath: projectFileName,
      ...positionsOf(text, range),
    });
  };
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const what = printParseErrorCode(error.error)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
    report(
      'project-file-invalid',
      `This is not valid JSON with comments: ${what}. Nothing is regenerated.`,
      error,
    );
    return { ...nothing, problems };
  }
  const whole = { offset: 0, length: text.length };
  if (root?.type !== 'object') {
    report('project-file-invalid', 'A project file is an object with a list "targets".', root ?? whole);
    return { ...nothing, problems };
  }
  for (const property of root.children ?? []) {
    const key: unknown = property.children?.[0]?.value;
    if (knownKeys.has(key)) continue;
    const message = `Unknown key "${String(key)}". Known: "targets", "regions", "plugins" and "format".`;
    report('project-file-unknown-key', message, property);
  }
  const regions = checkRegions(findNodeAtLocation(root, ['regions']), report);
  const targets = findNodeAtLocation(root, ['targets']);
  const plugins = checkPlugins(findNodeAtLocation(root, ['plugins']), report);
  const format = checkFormat(findNodeAtLocation(root, ['format']), report);
  // Without it, what is formatted by now would be written in our own form.
  if (format === null) return { ...nothing, problems };
  if (targets === undefined && regions.length > 0)
    return { entries: [], regions, plugins, ...format, problems };
  if (targets?.type !== 'array') {
    report('project-file-invalid', 'The list "targets" is missing.', targets ?? root);
    return { ...nothing, problems };
  }
  const entries = (targets.children ?? []).flatMap((node) => checkEntry(node, plugins, report) ?? []);
  return { entries, regions, plugins, ...format, problems };
}

const nothing = { entries: [], regions: [], plugins: [] } as const;
const knownKeys: ReadonlySet<unknown> = new Set(['targets', 'regions', 'plugins', 'format', '$schema']);

function checkRegions(node: Node | undefined, report: ReportProblem): readonly string[] {
  if (node === undefined) return [];
  const result = v.safeParse(regionsSchema, plainValueOf(node));
  if (!result.success) {
    report('project-file-invalid', '"regions" must be a glob, or a list of globs, of files.', node);
    return [];
  }
  return typeof result.output === 'string' ? [result.output] : result.output;
}

function checkPlugins(node: Node | undefined, report: ReportProblem): readonly string[] {
  if (node === undefined) return [];
  const result = v.safeParse(pluginsSchema, plainValueOf(node));
  if (result.success) return result.output;
  report('project-file-invalid', '"plugins" must be a list of the names of npm packages.', node);
  return [];
}

function checkFormat(node: Node | undefined, report: ReportProblem): Pick<ParsedProject, 'format'> | null {
  if (node === undefined) return {};
  const result = v.safeParse(formatSchema, plainValueOf(node));
  if (result.success) return result.output === false ? {} : { format: result.output };
  const message = '"format" must be "prettier", "biome" or false. Nothing is regenerated.';
  report('project-file-invalid', message, node);
  return null;
}

type ReportProblem = (code: string, message: string, range: TextRange) => void;

function checkEntry(node: Node, plugins: readonly string[], report: ReportProblem): CheckedEntry | null {
  const value = plainValueOf(node);
  const result = v.safeParse(entrySchema, value);
  if (!result.success) {
    for (const issue of result.issues) {
      report('target-invalid', describeIssue(issue, Object.keys(entrySchema.entries)), nodeOf(node, issue));
    }
    return null;
  }
  const entry = result.output;
  if (entry.folder !== undefined && entry.folders !== undefined) {
    report('target-invalid', 'Give either "folder" or "folders", not both.', node);
    return null;
  }
  const range = { offset: node.offset, length: node.length };
  const generator = findGenerator(entry.generator);
  if (generator === undefined) {
    const place = findNodeAtLocation(node, ['generator']) ?? node;
    report('generator-missing', describeMissing(entry.generator, plugins), place);
    return { ...entry, options: {}, range, isAbsent: true };
  }
  const options = v.safeParse(generator.optionsSchema, entry.options ?? {}, { abortPipeEarly: true });
  if (!options.success) {
    const optionsNode = findNodeAtLocation(node, ['options']) ?? node;
    const known =
      'entries' in generator.optionsSchema ? Object.keys(Object(generator.optionsSchema.entries)) : [];
    for (const issue of options.issues)
      report('option-invalid', describeIssue(issue, known), nodeOf(optionsNode, issue));
    return null;
  }
  return { ...entry, options: options.output, range };
}

/** The plain value of a node; `getNodeValue` would hide what the schema must see, such as a doubled key's last value. */
function plainValueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValueOf);
  if (node.type !== 'object') return node.value;
  const pairs = (node.children ?? []).map((property) => {
    const [key, value] = property.children ?? [];
    return [String(key?.value), value === undefined ? undefined : plainValueOf(value)] as const;
  });
  // Not an object literal: a key `__proto__` must stay an ordinary, unknown key.
  return Object.fromEntries(pairs);
}

function nodeOf(node: Node, issue: v.BaseIssue<unknown>): Node {
  const path = (issue.path ?? []).map((item) => item.key).filter((key) => typeof key !== 'symbol');
  const segments = path.map((key) => (typeof key === 'number' ? key : String(key)));
  const found = findNodeAtLocation(node, segments);
  // An unknown key is shown as a whole, with its name; a missing one has no place of its own.
  return (issue.type === 'strict_object' && issue.expected === 'never' ? found?.parent : found) ?? node;
}
