import * as path from 'node:path';
import * as v from 'valibot';
import { describeIssue } from '../project/describeIssue.ts';
import type { ModuleSource, PageSource, RenderInput } from '../publicApi.ts';
import type { Listing, Problem, Rendered, Target } from '../types.ts';
import type { GeneratorDefinition } from './generator.ts';

/** A generator of another extension or package: code of others, of which nothing is believed unchecked. */
export type Contributed = GeneratorDefinition & {
  /** Calls the foreign code. Throws what it throws, and may give anything, also a promise that never settles. */
  ask(input: AnyInput): unknown;
};

type AnyInput = RenderInput<PageSource> | RenderInput<ModuleSource>;

/** What ids of contributed generators look like; the dot keeps them apart from ours. */
export const contributedId = /^[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9][A-Za-z0-9-]*)+$/;

/** No text that people or generators write is as long, and a longer file would not be read again. */
const maxTextLength = 10 * 1024 * 1024;

const text = v.pipe(v.string(), v.nonEmpty());

const contributedSchema = v.object({
  id: v.pipe(
    v.string(),
    v.regex(
      contributedId,
      'must have a dot between letters, digits and "-", such as "publisher.name"; ids without a dot are those of Atomic Index',
    ),
  ),
  description: text,
  defaultOutput: text,
  defaultInclude: v.pipe(v.array(text), v.nonEmpty()),
  defaultExclude: v.optional(v.array(text), []),
  reads: v.picklist(['pages', 'modules']),
  validateOptions: v.optional(v.function()),
  render: v.function(),
});

/** Checks what somebody wants to register. Throws a `TypeError` that says what is wrong. */
export function readContributed(value: unknown): Contributed {
  if (typeof value !== 'object' || value === null)
    throw new TypeError('A generator is an object with an id and a function "render".');
  const result = v.safeParse(contributedSchema, value);
  if (!result.success) {
    const name = 'id' in value && typeof value.id === 'string' ? ` "${value.id}"` : '';
    throw new TypeError(`The generator${name} can't be registered: ${describeIssue(result.issues[0], [])}`);
  }
  const { render, validateOptions, ...given } = result.output;
  return {
    ...given,
    unreadableSource: given.reads === 'modules' ? 'fail' : 'list-by-name',
    optionsSchema: v.pipe(
      v.record(v.string(), v.unknown()),
      v.rawCheck(({ dataset, addIssue }) => {
        if (!dataset.typed || validateOptions === undefined) return;
        // A copy, and `this` as its author means it.
        const options: unknown = structuredClone(dataset.value);
        const mistakes = mistakesOf(given.id, () => Reflect.apply(validateOptions, value, [options]));
        for (const message of mistakes) addIssue({ message });
      }),
    ),
    ask: (input) => Reflect.apply(render, value, [input]),
  };
}

function mistakesOf(id: string, validate: () => unknown): readonly string[] {
  try {
    const result = v.safeParse(v.array(v.string()), validate());
    return result.success
      ? result.output
      : [`The options can't be checked: "validateOptions" of the generator "${id}" gave no list of texts.`];
  } catch (error) {
    return [`The options can't be checked: the generator "${id}" failed: ${reasonOf(error)}.`];
  }
}

/** What a contributed generator is asked with: copies, so that nothing of ours changes under its hands. */
export function inputFor(
  { reads }: Contributed,
  listing: Listing,
  { options, output }: Pick<Target, 'options' | 'output'>,
  signal: AbortSignal,
): AnyInput {
  const about = {
    folder: listing.folder,
    output,
    ...(listing.region === undefined ? {} : { region: listing.region }),
    options: structuredClone(options),
    signal,
  };
  const { sources } = listing;
  return reads === 'modules'
    ? {
        ...about,
        sources: sources.flatMap(({ relativePath, facts }) =>
          facts.kind === 'module' ? [{ relativePath, facts }] : [],
        ),
      }
    : {
        ...about,
        sources: sources.flatMap(({ relativePath, facts }) =>
          facts.kind === 'page' ? [{ relativePath, facts }] : [],
        ),
      };
}

const place = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));

const answerSchema = v.object({
  text: v.string(),
  problems: v.optional(
    v.array(
      v.object({
        severity: v.picklist(['error', 'warning', 'information']),
        message: text,
        relativePath: v.optional(v.string()),
        line: place,
        column: place,
        endLine: place,
        endColumn: place,
      }),
    ),
    [],
  ),
});

type Answer = v.InferOutput<typeof answerSchema>;

/** Turns what a contributed generator gave into a rendered text, or says what is wrong with it. */
export function readAnswer(answer: unknown, listing: Listing): Rendered | { readonly mistake: string } {
  const result = v.safeParse(answerSchema, typeof answer === 'string' ? { text: answer } : answer);
  if (!result.success) {
    const [{ path: keys = [], received }] = result.issues;
    const where = keys.length === 0 ? '' : ` (${keys.map(({ key }) => String(key)).join('.')}: ${received})`;
    return { mistake: `gave ${keys.length === 0 ? received : 'something'} instead of a text${where}` };
  }
  const given = result.output;
  if (given.text.length > maxTextLength)
    return { mistake: `gave a text of more than ${maxTextLength / 1024 / 1024} million characters` };
  if (given.text.includes('\0')) return { mistake: 'gave a text with a NUL character' };
  return {
    body: /[\r\n]$/.test(given.text) ? given.text : `${given.text}\n`,
    problems: given.problems.map((problem) => toProblem(problem, listing)),
  };
}

function toProblem(
  { severity, message, relativePath, line, column, endLine, endColumn }: Answer['problems'][number],
  { folder, outputFromFolder }: Listing,
): Problem {
  const named = relativePath?.replaceAll('\\', '/');
  // What is outside the workspace folder can't be shown there.
  const isInside = named !== undefined && !path.posix.join(folder, named).startsWith('..');
  return {
    severity,
    code: 'generator-problem',
    message,
    relativePath: isInside ? named : outputFromFolder,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
  };
}

/** What was thrown, as part of a sentence; anything can be thrown. */
export function reasonOf(error: unknown): string {
  try {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.trim().replace(/\.$/, '') || 'without a reason';
  } catch {
    return 'without a reason';
  }
}
