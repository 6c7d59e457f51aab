import type { ParserOptions, ParserPlugin } from '@babel/parser';

/** The syntax tree of a module as the full parser gives it. */
export type Program = ReturnType<typeof import('@babel/parser').parse>['program'];
export type Statement = Program['body'][number];

/** A syntax error, counted from 1. */
export type SyntaxProblem = { readonly message: string; readonly line: number; readonly column: number };

export type ParseResult =
  | { readonly kind: 'program'; readonly program: Program }
  | { readonly kind: 'failed'; readonly problem: SyntaxProblem };

/** Parses any TypeScript or JavaScript module. Loads the parser on first use: most projects never need it. */
export async function parseFully(text: string, relativePath: string): Promise<ParseResult> {
  const { parse } = await import('@babel/parser');
  try {
    return { kind: 'program', program: parse(text, parserOptions(relativePath)).program };
  } catch (error) {
    return { kind: 'failed', problem: syntaxProblem(error) };
  }
}

function parserOptions(relativePath: string): ParserOptions {
  const isTypeScript = /\.[mc]?tsx?$/i.test(relativePath);
  return {
    sourceType: isTypeScript || relativePath.endsWith('.mjs') ? 'module' : 'unambiguous',
    plugins: isTypeScript ? typeScriptPlugins(relativePath) : ['jsx', 'flow', decorators],
    allowReturnOutsideFunction: true,
    allowUndeclaredExports: true,
    attachComment: false,
    // What is wrong but can be read (a name declared twice) is the compiler's to report, not ours.
    errorRecovery: true,
  };
}

/** The plugin for the older decorators can't read `export @dec class`; this one reads theirs, too, when it recovers. */
const decorators: ParserPlugin = ['decorators', { allowCallParenthesized: true }];

function typeScriptPlugins(relativePath: string): ParserPlugin[] {
  const isDeclaration = /\.d\.[mc]?ts$/i.test(relativePath);
  const plugins: ParserPlugin[] = [['typescript', { dts: isDeclaration }], decorators];
  return relativePath.endsWith('x') ? ['jsx', ...plugins] : plugins;
}

function syntaxProblem(error: unknown): SyntaxProblem {
  const message = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error);
  const position = error instanceof Error && 'loc' in error ? error.loc : undefined;
  if (typeof position !== 'object' || position === null) return { message, line: 1, column: 1 };
  const line = 'line' in position && typeof position.line === 'number' ? position.line : 1;
  const column = 'column' in position && typeof position.column === 'number' ? position.column : 0;
  return { message, line, column: column + 1 };
}
