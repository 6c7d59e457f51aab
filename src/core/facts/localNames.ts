import type { ExportedName } from '../types.ts';
import type { Statement } from './fullParser.ts';

/** What a name means inside its module; `from` is set for imported names. */
export type LocalName = { readonly isTypeOnly: boolean; readonly from?: NonNullable<ExportedName['from']> };

/** A statement, or what stands behind `export default`. */
export type Declaration = Statement | Extract<Statement, { type: 'ExportDefaultDeclaration' }>['declaration'];

/**
 * Lists what a statement declares. In a declaration file (`isAmbient`) everything describes something that exists
 * elsewhere; in a module `declare` says that nothing of it is emitted.
 */
export function declaredNames(statement: Declaration, isAmbient: boolean): [string, LocalName][] {
  const value = { isTypeOnly: false };
  const declared = { isTypeOnly: !isAmbient && 'declare' in statement && statement.declare === true };
  switch (statement.type) {
    case 'ImportDeclaration':
      return importedNames(statement);
    case 'VariableDeclaration':
      return statement.declarations.flatMap((one) => boundNames(one.id).map(named(declared)));
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'EnumDeclaration':
      return statement.id ? [[statement.id.name, declared]] : [];
    case 'TSModuleDeclaration': {
      if (statement.id.type !== 'Identifier' || statement.global) return [];
      return [[statement.id.name, hasValues(statement) ? declared : { isTypeOnly: true }]];
    }
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TypeAlias':
    case 'OpaqueType':
    case 'InterfaceDeclaration':
      return [[statement.id.name, { isTypeOnly: true }]];
    case 'TSImportEqualsDeclaration':
      return [[statement.id.name, statement.importKind === 'type' ? { isTypeOnly: true } : value]];
    default:
      return [];
  }
}

function named(local: LocalName): (name: string) => [string, LocalName] {
  return (name) => [name, local];
}

function importedNames(statement: Extract<Statement, { type: 'ImportDeclaration' }>): [string, LocalName][] {
  const isType = (kind: unknown) => kind === 'type' || kind === 'typeof';
  return statement.specifiers.map((one) => {
    const name =
      one.type === 'ImportSpecifier'
        ? moduleName(one.imported)
        : one.type === 'ImportDefaultSpecifier'
          ? 'default'
          : '*';
    const isTypeOnly =
      isType(statement.importKind) || (one.type === 'ImportSpecifier' && isType(one.importKind));
    return [one.local.name, { isTypeOnly, from: { specifier: statement.source.value, name } }];
  });
}

/** The name that stands in an import or export list, which may be a string. */
export function moduleName(
  node: { type: 'Identifier'; name: string } | { type: 'StringLiteral'; value: string },
): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

type Pattern = Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number]['id'];
type Property = Extract<Pattern, { type: 'ObjectPattern' }>['properties'][number];
type Bindable = Pattern | Property | Extract<Property, { type: 'ObjectProperty' }>['value'];

function boundNames(pattern: Bindable | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap(boundNames);
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'ObjectProperty':
      return boundNames(pattern.value);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

type Namespace = Extract<Statement, { type: 'TSModuleDeclaration' }>;

/** A namespace exists at run time only if something in it does. */
function hasValues({ body }: Namespace): boolean {
  if (body.type === 'TSModuleDeclaration') return hasValues(body);
  return body.body.some((inner) => {
    const statement =
      inner.type === 'ExportNamedDeclaration' && inner.declaration ? inner.declaration : inner;
    switch (statement.type) {
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        return false;
      case 'TSModuleDeclaration':
        return hasValues(statement);
      case 'TSImportEqualsDeclaration':
        return statement.isExport === true;
      case 'ExportNamedDeclaration':
        return statement.exportKind !== 'type' && statement.specifiers.length > 0;
      default:
        return true;
    }
  });
}
