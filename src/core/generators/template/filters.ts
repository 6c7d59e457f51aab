import type { FilterImplOptions, filters as LiquidFilters } from 'liquidjs';
import { encodePath, escapeHtml, escapeMarkdown, escapeMarkdownBlock } from '../../escape.ts';
import { calendarDate } from '../../facts/calendarDate.ts';
import { headerMark } from '../../provenance.ts';
import type { Listing } from '../../types.ts';
import { pathFromOutput } from '../relativePath.ts';

/** How a value is escaped when a template prints it and doesn't say otherwise, by the ending of the output. */
export function escapeFor(output: string): (value: unknown) => string {
  const escaped = escapeByEnding(/\.([A-Za-z0-9]+)$/.exec(output)?.[1]?.toLowerCase() ?? '');
  return (value) => {
    const text = textOf(value);
    return text === headerMark ? text : escaped(text);
  };
}

function escapeByEnding(ending: string): (text: string) => string {
  if (/^(?:md|markdown|mdx)$/.test(ending)) return escapeMarkdown;
  if (/^(?:x?html?|xml|svg|rss|atom|xsl|vue|svelte)$/.test(ending)) return escapeHtml;
  if (/^(?:json|jsonc)$/.test(ending)) return (text) => JSON.stringify(text).slice(1, -1);
  return (text) => text;
}

/** The filters that templates have in addition to LiquidJS's own, and in place of some of them. */
export function templateFilters(
  listing: Listing,
  builtIn: typeof LiquidFilters,
): Readonly<Record<string, FilterImplOptions>> {
  const escaping = (escaped: (text: string) => string): FilterImplOptions => ({
    raw: true,
    handler: (value: unknown) => escaped(textOf(value)),
  });
  const isJson = /\.jsonc?$/i.test(listing.outputFromFolder);
  const json = handlerOf(builtIn['json']);
  const dates = ['date', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string'].map(
    (name): readonly [string, FilterImplOptions] => [name, fixedDate(handlerOf(builtIn[name]))],
  );
  return {
    ...Object.fromEntries(dates),
    escape_markdown: escaping(escapeMarkdown),
    escape_markdown_block: escaping(escapeMarkdownBlock),
    escape_html: escaping(escapeHtml),
    escape_xml: escaping(escapeHtml),
    escape: escaping(escapeHtml),
    xml_escape: escaping(escapeHtml),
    link: escaping((path) => encodePath(pathFromOutput(listing, path))),
    encode_path: escaping(encodePath),
    slug,
    // In HTML the text of JSON is as dangerous as any other.
    json: { raw: isJson, handler: json },
    jsonify: { raw: isJson, handler: json },
    sample(): never {
      throw new Error('the filter sample picks at random, but a file must come out the same each time');
    },
  };
}

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>;

function handlerOf(filter: FilterImplOptions | undefined): Handler {
  if (filter === undefined) throw new TypeError('LiquidJS lacks a filter that templates had');
  return typeof filter === 'function' ? filter : filter.handler;
}

/** `now` and times without a zone would make another file tomorrow, or elsewhere: only days are dates here. */
function fixedDate(format: Handler): Handler {
  return function (value: unknown, ...args: readonly unknown[]): unknown {
    if (value === null || value === undefined || value === '') return '';
    const day = calendarDate(textOf(value));
    if (day === undefined) throw new Error(`"${textOf(value)}" is no day such as 2024-01-31`);
    return format.call(this, `${day}T00:00:00Z`, ...args);
  };
}

/** Makes the name of a heading as GitHub does: small letters, dashes for spaces, no punctuation. */
function slug(value: unknown): string {
  return textOf(value)
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (typeof value !== 'object') return String(value);
  // LiquidJS's own objects, such as the one for `nil`, stand for a plain value.
  const plain: unknown = 'valueOf' in value && typeof value.valueOf === 'function' ? value.valueOf() : value;
  return plain === value ? JSON.stringify(value) : textOf(plain);
}
