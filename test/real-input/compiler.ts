import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'ts5';
import { writeTree } from './moduleTree.ts';

const require = createRequire(import.meta.url);

/** Compiles a folder with TypeScript 7 and returns what it complains about. */
export function compile(folder: string, compilerOptions: Readonly<Record<string, unknown>>): string {
  writeTree(folder, { 'tsconfig.json': JSON.stringify({ compilerOptions, include: ['.'] }) });
  const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '--noEmit', '-p', folder], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** An export as the compiler sees it: `meaning` is the same for two names of one binding. */
export type CompiledExport = { readonly meaning: ts.Symbol; readonly isValue: boolean };

/** Reads the exports of modules with the compiler's API, which shares no code with ours. */
export function compiledExports(
  folder: string,
  relativePaths: readonly string[],
  options: ts.CompilerOptions,
): {
  of(relativePath: string): Map<string, CompiledExport>;
  /** Compiler messages about one file. */
  diagnosticsOf(relativePath: string): string[];
} {
  const program = ts.createProgram(
    relativePaths.map((relativePath) => join(folder, relativePath)),
    { noEmit: true, skipLibCheck: true, types: [], ...options },
  );
  const checker = program.getTypeChecker();
  return {
    of(relativePath) {
      const file = program.getSourceFile(join(folder, relativePath));
      const symbol = file === undefined ? undefined : checker.getSymbolAtLocation(file);
      const exports = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
      return new Map(
        exports.map((exported) => {
          const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
          const meaning = isAlias ? checker.getAliasedSymbol(exported) : exported;
          return [exported.name, { meaning, isValue: (meaning.flags & ts.SymbolFlags.Value) !== 0 }];
        }),
      );
    },
    diagnosticsOf(relativePath) {
      const file = program.getSourceFile(join(folder, relativePath));
      if (file === undefined) return [`${relativePath} is not part of the program`];
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        (diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
      );
    },
  };
}

/** Reads from a barrel's syntax which names it exports only as types. */
export function typeOnlyNames(text: string): Set<string> {
  const file = ts.createSourceFile('barrel.ts', text, ts.ScriptTarget.Latest);
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.isTypeOnly || statement.exportClause === undefined)
      continue;
    if (!ts.isNamedExports(statement.exportClause)) continue;
    for (const element of statement.exportClause.elements) names.add(element.name.text);
  }
  return names;
}
