import { parse } from 'es-module-lexer';
import type { ModuleFacts } from '../types.ts';
import { ExportList } from './exportList.ts';

/**
 * Reads a module's exports with the lexer, ten times faster than any parser. Returns undefined when the lexer can't
 * read it, or can't know: it sees no declarations, so a local name may be a type, and it skips rare forms silently.
 * With `assumesValues` a name that may be a type counts as a value. Call it only after the lexer's `init`.
 */
export function lexedExports(
  text: string,
  { assumesValues = false }: { readonly assumesValues?: boolean } = {},
): ModuleFacts | undefined {
  if (rareForms.test(text) || importEquals.test(text)) return undefined;
  let lexed: ReturnType<typeof parse>;
  try {
    lexed = parse(text);
  } catch {
    // Expected for JSX and for syntax that is newer than the lexer; the full parser has the last word.
    return undefined;
  }
  const [imports, exports] = lexed;
  const list = new ExportList();
  const localNames: string[] = [];
  for (const found of exports) {
    if (found.type === 'reexport-all') {
      list.addStar(found.from, found.typeOnly);
    } else if (found.type === 'reexport') {
      const from = { specifier: found.from, name: found.importName ?? '*' };
      list.add({ name: found.name, isTypeOnly: found.typeOnly, from });
    } else {
      const given = givenName(text, found);
      // The lexer takes the word behind `class` for a name: in `export default class extends Base` there is none.
      const declared = found.localName === 'extends' ? undefined : found.localName;
      list.add({ name: found.name, isTypeOnly: found.typeOnly }, given ?? declared);
      if (!found.typeOnly && given !== undefined) localNames.push(given);
    }
  }
  const hasTypeImport = imports.some((found) => 'typeOnly' in found && found.typeOnly);
  if (assumesValues) return list.facts();
  return localNames.length > 0 && mayBeType(text, localNames, hasTypeImport) ? undefined : list.facts();
}

/** Namespaces (a type when they hold only types), import aliases, decorators and `export =`, also behind comments. */
const rareForms = /\bexport\s*(?:(?:namespace|module|import|as\s+namespace)\b|[=@]|\/[/*])/;

/** The lexer takes the name in `import name = require('x')` for a default import. */
const importEquals = /\bimport\s+(?:type\s+)?[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=/u;

type Direct = { readonly name: string; readonly localName: string | undefined; readonly exportStart: number };

/** The name in `export { name }` or `export default name`, undefined where the declaration itself is exported. */
function givenName(text: string, found: Direct): string | undefined {
  const afterExport =
    /export\s*(?:(\{)|default\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?:[;\r\n}/]|$))?/uy;
  afterExport.lastIndex = found.exportStart;
  const [, brace, defaultName] = afterExport.exec(text) ?? [];
  return brace === undefined ? defaultName : (found.localName ?? found.name);
}

/** Errs on the side of the full parser: a word in a comment or a string costs time only. */
function mayBeType(text: string, localNames: readonly string[], hasTypeImport: boolean): boolean {
  if (hasTypeImport || /\bdeclare\b/.test(text)) return true;
  const declared = /\b(?:interface|type|namespace|module)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*|\/)/gu;
  const typeNames = new Set(Array.from(text.matchAll(declared), (match) => match[1]));
  return typeNames.has('/') || localNames.some((name) => typeNames.has(name));
}
