import type { ModuleFacts } from '../types.ts';
import { ExportList } from './exportList.ts';
import type { Program, Statement } from './fullParser.ts';
import { type Declaration, declaredNames, type LocalName, moduleName } from './localNames.ts';

/** What a syntax tree says of a module; `isExportAssignment` for `export =`, which no ES module can re-export from. */
export type ParsedExports = { readonly facts: ModuleFacts; readonly isExportAssignment: boolean };

/** Reads a module's exports from its syntax tree. */
export function parsedExports(program: Program, relativePath: string): ParsedExports {
  const isAmbient = /\.d\.[mc]?ts$/i.test(relativePath);
  const locals = localNames(program, isAmbient);
  const list = new ExportList();
  for (const statement of program.body) addExports(statement, locals, list, isAmbient);
  return {
    facts: list.facts(),
    isExportAssignment: program.body.some((statement) => statement.type === 'TSExportAssignment'),
  };
}

function localNames(program: Program, isAmbient: boolean): ReadonlyMap<string, LocalName> {
  const locals = new Map<string, LocalName>();
  for (const statement of program.body) {
    const isExport =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
    const declaration = isExport && statement.declaration ? statement.declaration : statement;
    for (const [name, local] of declaredNames(declaration, isAmbient)) {
      if (locals.get(name)?.isTypeOnly !== false) locals.set(name, local);
    }
  }
  return locals;
}

function addExports(
  statement: Statement,
  locals: ReadonlyMap<string, LocalName>,
  list: ExportList,
  isAmbient: boolean,
): void {
  switch (statement.type) {
    case 'ExportAllDeclaration':
      list.addStar(statement.source.value, statement.exportKind === 'type');
      break;
    case 'ExportNamedDeclaration':
      addNamed(statement, locals, list, isAmbient);
      break;
    case 'ExportDefaultDeclaration':
      addDefault(statement.declaration, locals, list, isAmbient);
      break;
    case 'TSImportEqualsDeclaration':
      if (statement.isExport)
        list.add({ name: statement.id.name, isTypeOnly: statement.importKind === 'type' });
      break;
    default:
      break;
  }
}

type Named = Extract<Statement, { type: 'ExportNamedDeclaration' }>;

function addNamed(
  statement: Named,
  locals: ReadonlyMap<string, LocalName>,
  list: ExportList,
  isAmbient: boolean,
): void {
  if (statement.declaration) {
    for (const [name, local] of declaredNames(statement.declaration, isAmbient)) {
      list.add({ name, isTypeOnly: local.isTypeOnly }, name);
    }
  }
  const specifier = statement.source?.value;
  for (const one of statement.specifiers) {
    if (one.type === 'ExportDefaultSpecifier') continue;
    const name = moduleName(one.exported);
    const isTypeOnly =
      statement.exportKind === 'type' || (one.type === 'ExportSpecifier' && one.exportKind === 'type');
    if (specifier !== undefined) {
      const fromName = one.type === 'ExportSpecifier' ? moduleName(one.local) : '*';
      list.add({ name, isTypeOnly, from: { specifier, name: fromName } });
    } else if (one.type === 'ExportSpecifier') {
      const localName = moduleName(one.local);
      const local = locals.get(localName);
      const exported = { name, isTypeOnly: isTypeOnly || local?.isTypeOnly === true };
      if (local?.from === undefined) list.add(exported, localName);
      else list.add({ ...exported, from: local.from });
    }
  }
}

function addDefault(
  declaration: Declaration,
  locals: ReadonlyMap<string, LocalName>,
  list: ExportList,
  isAmbient: boolean,
): void {
  if (declaration.type === 'Identifier') {
    const isTypeOnly = locals.get(declaration.name)?.isTypeOnly === true;
    list.add({ name: 'default', isTypeOnly }, declaration.name);
    return;
  }
  const [[localName, local] = []] = declaredNames(declaration, isAmbient);
  list.add({ name: 'default', isTypeOnly: local?.isTypeOnly === true }, localName);
}
