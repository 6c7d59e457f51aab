import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as v from 'valibot';
import { generators } from '../generators/index.ts';
import type { Problem, TextRange } from '../types.ts';
import { type Entry, entrySchema } from './entrySchema.ts';
import { positionsOf } from './position.ts';
import { projectFileName } from './projectFileName.ts';

/** An entry that passed all checks, with the generator's options filled in. */
export type CheckedEntry = Entry & {
  readonly options: Readonly<Record<string, unknown>>;
  readonly range: TextRange;
};

export type ParsedProject = {
  readonly entries: readonly CheckedEntry[];
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
    return { entries: [], problems };
  }
  const whole = { offset: 0, length: text.length };
  if (root?.type !== 'object') {
    report('project-file-invalid', 'A project file is an object with a list "targets".', root ?? whole);
    return { entries: [], problems };
  }
  for (const property of root.children ?? []) {
    const key: unknown = property.children?.[0]?.value;
    if (key === 'targets' || key === '$schema') continue;
    report('project-file-unknown-key', `Unknown key "${String(key)}". Known: "targets".`, property);
  }
  const targets = findNodeAtLocation(root, ['targets']);
  if (targets?.type !== 'array') {
    report('project-file-invalid', 'The list "targets" is missing.', targets ?? root);
    return { entries: [], problems };
  }
  const entries = (targets.children ?? []).flatMap((node) => checkEntry(node, report) ?? []);
  return { entries, problems };
}

type ReportProblem = (code: string, message: string, range: TextRange) => void;

function checkEntry(node: Node, report: ReportProblem): CheckedEntry | null {
  const value = plainValueOf(node);
  const result = v.safeParse(entrySchema, value);
  if (!result.success) {
    for (const issue of result.issues) {
      report('target-invalid', describe(issue, Object.keys(entrySchema.entries)), nodeOf(node, issue));
    }
    return null;
  }
  const entry = result.output;
  if (entry.folder !== undefined && entry.folders !== undefined) {
    report('target-invalid', 'Give either "folder" or "folders", not both.', node);
    return null;
  }
  const generator = generators.get(entry.generator);
  if (generator === undefined) return null;
  const options = v.safeParse(generator.optionsSchema, entry.options ?? {}, { abortPipeEarly: true });
  if (!options.success) {
    const optionsNode = findNodeAtLocation(node, ['options']) ?? node;
    const known =
      'entries' in generator.optionsSchema ? Object.keys(Object(generator.optionsSchema.entries)) : [];
    for (const issue of options.issues)
      report('option-invalid', describe(issue, known), nodeOf(optionsNode, issue));
    return null;
  }
  return { ...entry, options: options.output, range: { offset: node.offset, length: node.length } };
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

function describe(issue: v.BaseIssue<unknown>, knownKeys: readonly string[]): string {
  const name = (issue.path ?? []).map((item) => String(item.key)).join('.');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `Unknown key "${name}". Known: ${knownKeys.map((key) => `"${key}"`).join(', ')}.`;
  }
  if (issue.received === 'undefined') return `The key "${name}" is missing.`;
  if (issue.type === 'non_empty') return `"${name}" must not be empty.`;
  if (issue.type === 'regex' || issue.type === 'url') return `"${name}" ${issue.message}.`;
  const subject = name === '' ? 'A target' : `"${name}"`;
  return `${subject} can't be ${issue.received}. Expected ${(issue.expected ?? 'another value').replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ')}.`;
}
