import ts from 'ts5';

/** What TypeScript's own parser and binder say of the exports of one module, looking at no other file. */
export type SyntaxExports = {
  /** As `type name`, `name`, `name<specifier:name`. */
  readonly names: readonly string[];
  /** As `*specifier` and `type *specifier`. */
  readonly stars: readonly string[];
  readonly isExportAssignment: boolean;
};

/** Reads modules by TypeScript, which shares no code with ours. Nothing is resolved, so it is fast. */
export function syntaxExports(absolutePaths: readonly string[]): ReadonlyMap<string, SyntaxExports> {
  const program = ts.createProgram(absolutePaths, {
    noResolve: true,
    noLib: true,
    allowJs: true,
    types: [],
    noEmit: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    jsx: ts.JsxEmit.Preserve,
  });
  const checker = program.getTypeChecker();
  return new Map(
    absolutePaths.map((path) => {
      const file = program.getSourceFile(path);
      if (file === undefined) throw new Error(`TypeScript did not read ${path}`);
      return [path, exportsOf(file, checker)];
    }),
  );
}

function exportsOf(file: ts.SourceFile, checker: ts.TypeChecker): SyntaxExports {
  const names: string[] = [];
  const exports = checker.getSymbolAtLocation(file)?.exports ?? new Map<ts.__String, ts.Symbol>();
  for (const [key, symbol] of exports) {
    const name = ts.unescapeLeadingUnderscores(key);
    if (name === '__export' || name === 'export=') continue;
    if (file.isDeclarationFile && !isSaid(symbol)) continue;
    names.push(describe(name, symbol, checker, file.isDeclarationFile));
  }
  const stars = file.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) &&
    statement.exportClause === undefined &&
    statement.moduleSpecifier !== undefined &&
    ts.isStringLiteral(statement.moduleSpecifier)
      ? [`${statement.isTypeOnly ? 'type ' : ''}*${statement.moduleSpecifier.text}`]
      : [],
  );
  return {
    names: names.sort(),
    stars: [...new Set(stars)].sort(),
    isExportAssignment: exports.has(ts.InternalSymbolName.ExportEquals),
  };
}

/**
 * In a declaration file without `export { … }` the compiler exports everything, said or not. People who leave `export`
 * away there mean to keep a name to themselves, so that we list only what is said; that is a difference on purpose.
 */
function isSaid({ declarations }: ts.Symbol): boolean {
  return (declarations ?? []).some((declaration) => {
    const isDeclared = ts.isStatement(declaration) || ts.isVariableDeclaration(declaration);
    if (!isDeclared || ts.isExportAssignment(declaration)) return true;
    return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
  });
}

function describe(name: string, symbol: ts.Symbol, checker: ts.TypeChecker, isAmbient: boolean): string {
  const ways = (symbol.declarations ?? []).map((declaration) => wayOf(declaration, checker, isAmbient));
  // A name may be declared often: overloads, a type and a value. It is a value when one of them is.
  const best = ways.find((way) => !way.isTypeOnly) ?? ways[0] ?? { isTypeOnly: false, from: '' };
  return `${best.isTypeOnly ? 'type ' : ''}${name}${best.from}`;
}

type Way = { readonly isTypeOnly: boolean; readonly from: string };

function wayOf(declaration: ts.Declaration, checker: ts.TypeChecker, isAmbient: boolean): Way {
  if (ts.isExportSpecifier(declaration)) {
    const clause = declaration.parent.parent;
    const isTypeOnly = declaration.isTypeOnly || clause.isTypeOnly;
    if (clause.moduleSpecifier !== undefined && ts.isStringLiteral(clause.moduleSpecifier)) {
      const original = (declaration.propertyName ?? declaration.name).text;
      return { isTypeOnly, from: `<${clause.moduleSpecifier.text}:${original}` };
    }
    const local = checker.getExportSpecifierLocalTargetSymbol(declaration);
    const way = local === undefined ? valueHere : localWay(local, checker, isAmbient);
    return { isTypeOnly: isTypeOnly || way.isTypeOnly, from: way.from };
  }
  if (ts.isNamespaceExport(declaration)) {
    const { isTypeOnly, moduleSpecifier } = declaration.parent;
    const specifier =
      moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
    return { isTypeOnly, from: `<${specifier}:*` };
  }
  if (ts.isExportAssignment(declaration)) {
    const { expression } = declaration;
    const local = ts.isIdentifier(expression) ? checker.getSymbolAtLocation(expression) : undefined;
    return { isTypeOnly: local !== undefined && localWay(local, checker, isAmbient).isTypeOnly, from: '' };
  }
  return { isTypeOnly: !isEmitted(declaration, isAmbient), from: '' };
}

const valueHere: Way = { isTypeOnly: false, from: '' };

/** What a name inside the module stands for: an import passed on, a type, or a value. */
function localWay(symbol: ts.Symbol, _checker: ts.TypeChecker, isAmbient: boolean): Way {
  for (const declaration of symbol.declarations ?? []) {
    const imported = importOf(declaration);
    if (imported !== undefined) return imported;
  }
  const declarations = symbol.declarations ?? [];
  return {
    isTypeOnly:
      declarations.length > 0 && !declarations.some((declaration) => isEmitted(declaration, isAmbient)),
    from: '',
  };
}

function importOf(declaration: ts.Declaration): Way | undefined {
  const specifierOf = (clause: ts.ImportClause) =>
    ts.isStringLiteral(clause.parent.moduleSpecifier) ? clause.parent.moduleSpecifier.text : '';
  if (ts.isImportSpecifier(declaration)) {
    const clause = declaration.parent.parent;
    const name = (declaration.propertyName ?? declaration.name).text;
    return {
      isTypeOnly: declaration.isTypeOnly || clause.isTypeOnly,
      from: `<${specifierOf(clause)}:${name}`,
    };
  }
  if (ts.isNamespaceImport(declaration)) {
    const clause = declaration.parent;
    return { isTypeOnly: clause.isTypeOnly, from: `<${specifierOf(clause)}:*` };
  }
  if (ts.isImportClause(declaration)) {
    return { isTypeOnly: declaration.isTypeOnly, from: `<${specifierOf(declaration)}:default` };
  }
  return undefined;
}

/** In a module nothing is emitted of what says `declare`, though the compiler counts it as a value. */
function isEmitted(declaration: ts.Declaration, isAmbient: boolean): boolean {
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) return false;
  if (/^JSDoc/.test(ts.SyntaxKind[declaration.kind])) return false;
  if (ts.isImportEqualsDeclaration(declaration)) return !declaration.isTypeOnly;
  if (ts.isModuleDeclaration(declaration) && !isInstantiated(declaration)) return false;
  if (isAmbient) return true;
  for (let node: ts.Node = declaration; !ts.isSourceFile(node); node = node.parent) {
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    if (modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword)) return false;
  }
  return true;
}

function isInstantiated({ body }: ts.ModuleDeclaration): boolean {
  if (body === undefined) return true;
  if (ts.isModuleDeclaration(body)) return isInstantiated(body);
  if (!ts.isModuleBlock(body)) return true;
  return body.statements.some((statement) => {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false;
    if (ts.isModuleDeclaration(statement)) return isInstantiated(statement);
    if (ts.isExportDeclaration(statement))
      return !statement.isTypeOnly && statement.exportClause !== undefined;
    return true;
  });
}
