import { init } from 'es-module-lexer';
import type { ModuleFacts, ModuleReading, Problem } from '../types.ts';
import { readDefaultOnly } from './defaultOnly.ts';
import { parseFully } from './fullParser.ts';
import { asksToBeIgnored } from './ignoreComment.ts';
import { lexedExports } from './lexedExports.ts';
import { parsedExports } from './parsedExports.ts';

/** Makes the lexer ready. Reading does it too; calling it early takes the wait out of the first reading. */
export function prepareModuleReader(): Promise<void> {
  return init();
}

const nothing: ModuleFacts = { kind: 'module', exports: [], stars: [] };

/**
 * Reads what a TypeScript or JavaScript module exports, without looking at any other file. A file that can't be
 * parsed gives no exports and a `module-unparsable` error at its place; never rejects because of the text.
 */
export async function readModuleFacts(text: string, relativePath: string): Promise<ModuleReading> {
  // The lexer takes a byte order mark for the first letter of `export`.
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (/\.(?:vue|svelte|json)$/i.test(relativePath)) return readDefaultOnly(source, relativePath);
  const reading = await readExports(source, relativePath);
  if (!asksToBeIgnored(source)) return reading;
  // Nothing of it is listed, so nothing that is wrong in it is in the way.
  return { facts: { ...reading.facts, isIgnored: true }, problems: [] };
}

async function readExports(source: string, relativePath: string): Promise<ModuleReading> {
  await prepareModuleReader();
  const lexed = needsFullParser(source, relativePath) ? undefined : lexedExports(source);
  if (lexed !== undefined) return { facts: lexed, problems: commonJsProblems(lexed, source, relativePath) };

  const parsed = await parseFully(source, relativePath);
  if (parsed.kind === 'failed') {
    const { message, line, column } = parsed.problem;
    const problem: Problem = {
      severity: 'error',
      code: 'module-unparsable',
      message: `The module can't be parsed: ${message.replace(/\.$/, '')}. Correct the syntax, or exclude the file.`,
      relativePath,
      line,
      column,
    };
    return { facts: nothing, problems: [problem] };
  }
  const { facts, isExportAssignment } = parsedExports(parsed.program, relativePath);
  if (isExportAssignment) return { facts: nothing, problems: [notAnEsModule('`export =`', relativePath)] };
  return { facts, problems: commonJsProblems(facts, source, relativePath) };
}

/**
 * JSX looks to the lexer like comparisons and strings, which it may read without an error and wrongly; so do the
 * marks of an unfinished merge. Declaration files mean something else by `declare`.
 */
function needsFullParser(text: string, relativePath: string): boolean {
  if (/\.[jt]sx$|\.d\.[mc]?ts$/i.test(relativePath) || text.includes('<<<<<<< ')) return true;
  return /\.[mc]?js$/i.test(relativePath) && /<\/|\/>|@flow\b/.test(text);
}

function commonJsProblems(facts: ModuleFacts, text: string, relativePath: string): Problem[] {
  if (facts.exports.length > 0 || facts.stars.length > 0 || !/\.c?js$/i.test(relativePath)) return [];
  const assignment = /\b(?:module\.exports|exports\.[\w$]+)\s*=(?!=)/.exec(text);
  return assignment === null ? [] : [notAnEsModule('`module.exports`', relativePath)];
}

function notAnEsModule(form: string, relativePath: string): Problem {
  return {
    severity: 'information',
    code: 'module-not-es',
    message: `The file exports with ${form}, which can't be listed by name. Write \`export\` instead, or exclude the file.`,
    relativePath,
  };
}
