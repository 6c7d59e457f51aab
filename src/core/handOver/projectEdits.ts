import {
  createScanner,
  type FormattingOptions,
  type JSONPath,
  modify,
  type Node,
  parseTree,
} from 'jsonc-parser';
import type { TextRange } from '../types.ts';

/** One change of a text; offsets count UTF-16 code units of the old one. */
export type TextEdit = { readonly offset: number; readonly length: number; readonly content: string };

type Entry = {
  readonly index: number;
  readonly value: Readonly<Record<string, unknown>>;
  readonly node: Node;
  readonly previous: Node | undefined;
};

/**
 * Takes a target out of a project file and keeps all else as it is written, comments included: its entry, or for an
 * entry that stands for many folders, this one. `null` when the text has no such entry any more.
 */
export function removeTarget(text: string, target: Located): readonly TextEdit[] | null {
  const entry = entryAt(text, target.range);
  if (entry === null) return null;
  if (entry.value['folders'] === undefined) return cutElement(withoutBom(text), entry);
  return exceptFolder(text, entry, target.folder);
}

/** Makes a target fill a region of its output in place of all of it. `null` when the text has no such entry any more. */
export function addRegion(text: string, target: Located, id: string): readonly TextEdit[] | null {
  const entry = entryAt(text, target.range);
  if (entry === null) return null;
  if (entry.value['folders'] === undefined) return edit(text, ['targets', entry.index, 'region'], id);
  const { folders: _, exceptFolders: __, ...rest } = entry.value;
  const own = { ...rest, folder: target.folder, region: id };
  const without = exceptFolder(text, entry, target.folder);
  const added = edit(text, ['targets', entry.index + 1], own, true);
  return [...without, ...added];
}

/** The folder of a target, and where its entry stands in the project file. */
export type Located = { readonly folder: string; readonly range: TextRange };

/** Applies edits that don't overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.toSorted((a, b) => b.offset - a.offset);
  return sorted.reduce(
    (now, { offset, length, content }) => now.slice(0, offset) + content + now.slice(offset + length),
    text,
  );
}

/** Cuts an element with one comma and its own lines; `modify` would cut the comments around it too. */
function cutElement(text: string, { node, previous }: Entry): readonly TextEdit[] {
  const own = commaAfter(text, node);
  const comma = own ?? (previous === undefined ? null : commaAfter(text, previous));
  const end = own === null ? node.offset + node.length : own + 1;
  const isAloneBefore = /(?:^|\n)[ \t]*$/.test(text.slice(0, node.offset));
  const lineRest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end))?.[0];
  const isAlone =
    isAloneBefore && lineRest !== undefined && /^[\s,]*$/.test(text.slice(node.offset + node.length, end));
  const indent = isAlone ? (/[ \t]*$/.exec(text.slice(0, node.offset))?.[0].length ?? 0) : 0;
  if (isAlone)
    return [cut(node.offset - indent, end + lineRest.length), ...(own === null ? cutComma(comma) : [])];
  return [cut(node.offset, node.offset + node.length), ...cutComma(comma)];
}

function cut(from: number, to: number): TextEdit {
  return { offset: from, length: to - from, content: '' };
}

function cutComma(at: number | null): readonly TextEdit[] {
  return at === null ? [] : [cut(at, at + 1)];
}

/** Finds the comma behind an element, past comments. */
function commaAfter(text: string, { offset, length }: Node): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset + length);
  return scanner.scan() === commaToken ? scanner.getTokenOffset() : null;
}

/** `SyntaxKind.CommaToken`, a `const enum` that can't be had with isolated modules. */
const commaToken = 5;

function exceptFolder(text: string, { index, value }: Entry, folder: string): readonly TextEdit[] {
  const before = Array.isArray(value['exceptFolders']) ? value['exceptFolders'] : [];
  return edit(text, ['targets', index, 'exceptFolders'], [...before, folder]);
}

function edit(text: string, path: JSONPath, value: unknown, isInsertion = false): readonly TextEdit[] {
  const formattingOptions = styleOf(text);
  return modify(withoutBom(text), path, value, { formattingOptions, isArrayInsertion: isInsertion });
}

function styleOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const isTabs = indent.startsWith('\t');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { insertSpaces: !isTabs, tabSize: isTabs ? 1 : Math.min(8, indent.length), eol };
}

function entryAt(text: string, range: TextRange): Entry | null {
  const root = parseTree(withoutBom(text), [], { allowTrailingComma: true });
  const targets = root?.children?.find((property) => property.children?.[0]?.value === 'targets')
    ?.children?.[1];
  const nodes = targets?.type === 'array' ? (targets.children ?? []) : [];
  const index = nodes.findIndex(({ offset, length }) => offset === range.offset && length === range.length);
  const node = nodes[index];
  return node?.type === 'object' ? { index, value: objectOf(node), node, previous: nodes[index - 1] } : null;
}

function plain(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plain);
  return node.type === 'object' ? objectOf(node) : node.value;
}

function objectOf(node: Node): Readonly<Record<string, unknown>> {
  const pairs = (node.children ?? []).map(({ children: [key, value] = [] }) => {
    return [String(key?.value), value === undefined ? null : plain(value)] as const;
  });
  return Object.fromEntries(pairs);
}

/** A space in its place keeps the offsets, and the parser doesn't know the mark. */
function withoutBom(text: string): string {
  return text.replace(/^\uFEFF/, ' ');
}
