import { foldText } from '../escape.ts';
import type { PageFacts } from '../types.ts';
import { compareText } from './pageOrder.ts';
import type { Entry } from './pageTree.ts';

/** A part of an index below a heading of its own; the part before the first heading has none. */
export type Group = {
  readonly title: string | undefined;
  /** The page that the heading links to. */
  readonly relativePath: string | undefined;
  readonly entries: readonly Entry[];
};

/**
 * Divides an index: by `folder`, one group for each folder at the top with the pages beside them first; by any other key,
 * one group for each value that the front matter of a page gives, and `Other` for the rest, all without folders.
 */
export function groupEntries(entries: readonly Entry[], groupBy: string | undefined): readonly Group[] {
  if (groupBy === undefined) return [{ title: undefined, relativePath: undefined, entries }];
  const groups = groupBy === 'folder' ? byFolder(entries) : byValue(entries, groupBy);
  return groups.filter((group) => group.entries.length > 0);
}

function byFolder(entries: readonly Entry[]): Group[] {
  const folders = entries.filter((entry) => entry.children.length > 0);
  const beside = entries.filter((entry) => entry.children.length === 0);
  return [
    { title: undefined, relativePath: undefined, entries: beside },
    ...folders.map((entry) => ({
      title: entry.title,
      relativePath: entry.relativePath,
      entries: entry.children,
    })),
  ];
}

function byValue(entries: readonly Entry[], key: string): Group[] {
  const groups = new Map<string, Entry[]>();
  const others: Entry[] = [];
  for (const entry of pagesOf(entries)) {
    const values = valuesOf(entry.facts, key);
    for (const value of values) {
      const group = groups.get(value);
      if (group === undefined) groups.set(value, [entry]);
      else group.push(entry);
    }
    if (values.length === 0) others.push(entry);
  }
  const named = [...groups].sort(([left], [right]) => compareText(left, right));
  return [...named, ['Other', others] as const].map(([title, group]) => ({
    title,
    relativePath: undefined,
    entries: group,
  }));
}

/** Lists the pages of a tree in its order, without what is below them: as a list that is not nested. */
export function pagesOf(entries: readonly Entry[]): readonly Entry[] {
  return entries.flatMap((entry) => {
    const below = pagesOf(entry.children);
    return entry.relativePath === undefined ? below : [{ ...entry, children: [] }, ...below];
  });
}

/** The values that a page's front matter has for a key, each one line and once. */
export function valuesOf(facts: PageFacts | undefined, key: string): readonly string[] {
  if (key === 'tags') return facts?.tags ?? [];
  if (key === 'date') return facts?.date === undefined ? [] : [facts.date];
  const value = facts?.data?.[key];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = items.map((item) => (typeof item === 'string' ? foldText(item) : ''));
  return [...new Set(texts.filter((text) => text !== ''))];
}
