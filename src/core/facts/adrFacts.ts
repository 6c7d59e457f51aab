import { foldText } from '../escape.ts';
import type { DecisionFacts, DecisionLink, Problem } from '../types.ts';
import { type AdrLine, adrLines } from './adrLines.ts';
import { adrLinks } from './adrLinks.ts';
import { calendarDate } from './calendarDate.ts';
import { splitFrontMatter } from './frontMatter.ts';
import { plainText } from './markdownText.ts';
import { readPageFacts } from './pageFacts.ts';

/** What a decision record says of itself, with what is wrong in it. */
export type AdrReading = { readonly facts: DecisionFacts; readonly problems: readonly Problem[] };

/**
 * Reads an architecture decision record in Markdown, as MADR writes it (front matter since version 3, before that a list
 * `* Status: accepted`) or adr-tools (a section `## Status`, a line `Date: 2020-01-01`). Throws nothing.
 */
export function readAdrFacts(text: string, extension: string, relativePath: string): AdrReading {
  const page = readPageFacts(text, extension, relativePath);
  const data = page.facts.data ?? {};
  const { bodyStart } = splitFrontMatter(text);
  const lines = adrLines(text, bodyStart);
  const number = numberOf(data, relativePath, page.facts.title);
  const title = page.facts.title === undefined ? undefined : withoutNumber(page.facts.title, number);
  const said = [...valuesOf(data, 'status').map(statement(text, 'status')), ...fieldOf(lines, 'status')];
  const supersededBy = [
    ...linksFrom(data, text, ['superseded_by', 'superseded-by', 'supersededBy']),
    ...linksIn([...said, ...lines], supersededByPattern),
  ];
  const supersedes = [
    ...linksFrom(data, text, ['supersedes']),
    ...linksIn([...said, ...lines], supersedesPattern),
  ];
  const status = supersededBy.length > 0 ? 'Superseded' : statusOf(said);
  const date = page.facts.date ?? dateOf(fieldOf(lines, 'date'));
  const facts: DecisionFacts = {
    kind: 'decision',
    ...(number !== undefined && { number }),
    ...(title !== undefined && { title }),
    ...(status !== undefined && { status }),
    ...(date !== undefined && { date }),
    supersedes: withoutDoubles(supersedes),
    supersededBy: withoutDoubles(supersededBy),
  };
  return { facts, problems: page.problems };
}

type Statement = { readonly text: string; readonly line: number };

/** Both spellings of adr-tools and of MADR's first template are about. */
const supersededByPattern = /^[-*+_[\]\s]*super[sc]ee?ded(?:\s|-)+by\b(?<rest>.*)$/i;
const supersedesPattern = /^[-*+_[\]\s]*super[sc]ee?des\b(?<rest>.*)$/i;

/** The number in the front matter, or in the name (`0001-x.md`, `adr-001.md`, no date), or before the title. */
function numberOf(
  data: Readonly<Record<string, unknown>>,
  relativePath: string,
  title: string | undefined,
): number | undefined {
  const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
  const digits =
    ['number', 'adr', 'id']
      .flatMap((key) => valuesOf(data, key))
      .map((value) => /^(?:adr[-_ ]?)?(\d{1,9})$/i.exec(value.trim())?.[1])
      .find((found) => found !== undefined) ??
    /^(?!\d{4}-\d{2}-\d{2})(?:adr[-_ ]?)?(\d{1,9})(?=[-_. ])/i.exec(name)?.[1] ??
    numberedTitle.exec(title ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const numberedTitle = /^(?:ADR[-_ #]*)?(\d{1,9})\s*[.:)\-–—|]\s*(?=\S)/i;

/** `5. Use Markdown` or `ADR-0005: Use Markdown`, but not the `2024` of `2024: the year of the harbour`. */
function withoutNumber(title: string, number: number | undefined): string {
  const match = numberedTitle.exec(title);
  return match !== null && Number(match[1]) === number ? title.slice(match[0].length) : title;
}

function valuesOf(data: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  const value = data[key];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === 'string').map(foldText);
}

/** Places a value of the front matter at the line of its key. */
function statement(text: string, key: string): (value: string) => Statement {
  const at = text.search(new RegExp(`^["']?${key}["']?[ \\t]*[:=]`, 'm'));
  const line = at === -1 ? 1 : text.slice(0, at).split('\n').length;
  return (value) => ({ text: value, line });
}

/** What a record says of a field: `* Status: x`, `**Status**: x`, `| Status | x |`, or the section `## Status`. */
function fieldOf(lines: readonly AdrLine[], name: string): readonly Statement[] {
  const pattern = new RegExp(`^[-*+_|\\s]*${name}[*_\\s]*[:|][*_\\s]*(?<value>.*?)[|\\s]*$`, 'i');
  const inline = lines.flatMap(({ text, line, section }) => {
    const value = pattern.exec(text)?.groups?.['value'];
    return value ? [{ text: value, line, isAbove: section === '' }] : [];
  });
  // Further down the same words may be about anything, such as the status of a request.
  const below = lines.filter(({ section }) => section === name);
  const above = inline.filter(({ isAbove }) => isAbove);
  return above.length + below.length > 0 ? [...above, ...below] : inline;
}

/** The first statement that is neither a link to another record nor the text that a template leaves to fill in. */
function statusOf(said: readonly Statement[]): string | undefined {
  for (const { text } of said) {
    if (/^[^\w]*\{|\{.*\||\[.*\|.*\]/.test(text) || supersedesPattern.test(text)) continue;
    const plain = plainText(text.replace(/^[-*+]\s+/, '')).replace(/[.;,]$/, '');
    if (plain !== '') return plain.charAt(0).toUpperCase() + plain.slice(1);
  }
  return undefined;
}

function dateOf(said: readonly Statement[]): string | undefined {
  return said
    .map(({ text }) => calendarDate(/\d{4}-\d{1,2}-\d{1,2}/.exec(text)?.[0] ?? ''))
    .find((date) => date !== undefined);
}

function linksFrom(
  data: Readonly<Record<string, unknown>>,
  text: string,
  keys: readonly string[],
): readonly DecisionLink[] {
  return keys.flatMap((key) =>
    valuesOf(data, key)
      .map(statement(text, key))
      .flatMap((said) => adrLinks(said.text, said.line)),
  );
}

function linksIn(said: readonly Statement[], pattern: RegExp): readonly DecisionLink[] {
  return said.flatMap(({ text, line }) => adrLinks(pattern.exec(text)?.groups?.['rest'] ?? '', line));
}

function withoutDoubles(links: readonly DecisionLink[]): readonly DecisionLink[] {
  return [...new Map(links.map((link) => [link.path ?? link.number, link])).values()];
}
