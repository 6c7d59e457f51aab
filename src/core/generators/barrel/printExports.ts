import { comparePaths } from '../../order.ts';
import { isIdentifier } from './defaultName.ts';

type PrintedName = { readonly exportedName: string; readonly name: string };

/** What the barrel takes from one module. */
export type BarrelLine = {
  readonly specifier: string;
  readonly values: readonly PrintedName[];
  readonly types: readonly PrintedName[];
  /** Set when everything is passed on, known or not. */
  readonly star?: 'value' | 'type';
  /** Set when the module is also exported as a whole. */
  readonly namespace?: { readonly name: string; readonly isTypeOnly: boolean };
  /** Set for JSON where the runtime wants to be told that it is no code. */
  readonly needsTypeAttribute?: boolean;
};

const maxWidth = 80;

/** Prints the statements as code formatters would, with single quotes: nothing in the file is left for them to change. */
export function printExports(lines: readonly BarrelLine[]): string {
  const statements: string[] = [];
  for (const { specifier, values, types, star, namespace, needsTypeAttribute } of lines) {
    const from = quoted(specifier) + (needsTypeAttribute === true ? " with { type: 'json' }" : '');
    // The names stand beside the star on purpose: they win over the star of another module, where two stars would clash.
    if (values.length > 0) statements.push(statement('export', values, from));
    if (types.length > 0) statements.push(statement('export type', types, from));
    if (star !== undefined) statements.push(`export ${star === 'type' ? 'type ' : ''}* from ${from};`);
    if (namespace !== undefined) {
      statements.push(`export ${namespace.isTypeOnly ? 'type ' : ''}* as ${namespace.name} from ${from};`);
    }
  }
  return statements.length === 0 ? 'export {};\n' : `${statements.join('\n')}\n`;
}

function statement(keyword: string, names: readonly PrintedName[], from: string): string {
  const printed = names.toSorted((a, b) => comparePaths(a.name, b.name)).map(printedName);
  const oneLine = `${keyword} { ${printed.join(', ')} } from ${from};`;
  // Formatters keep a single name on its line however long it is.
  if (oneLine.length <= maxWidth || printed.length === 1) return oneLine;
  return `${keyword} {\n${printed.map((name) => `  ${name},\n`).join('')}} from ${from};`;
}

function printedName({ exportedName, name }: PrintedName): string {
  const shown = isIdentifier(name) ? name : quoted(name);
  return exportedName === name ? shown : `${exportedName} as ${shown}`;
}

/** Escapes what would end the string or the line, and prefers the quotes that need fewer escapes. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"\p{Cc}\u2028\u2029]/gu, (character) => {
    if (character === '\\' || character === quote) return `\\${character}`;
    if (character === "'" || character === '"') return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return quote + escaped + quote;
}
