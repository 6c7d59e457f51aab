import * as v from 'valibot';
import { encodePath, escapeMarkdown, escapeMarkdownHeading } from '../escape.ts';
import type { Listing, Rendered } from '../types.ts';
import { type AdrRecord, type AdrReference, adrRecords } from './adrRecords.ts';
import type { Generator } from './generator.ts';
import { markdownTable } from './markdownTable.ts';
import { headingOf, pageOptionEntries, readOptions } from './pageOptions.ts';
import { pathFromOutput } from './relativePath.ts';

const optionsSchema = v.strictObject({
  title: pageOptionEntries.title,
  format: v.optional(
    v.pipe(
      v.picklist(['table', 'list']),
      v.description('A table with number, title, status and date, or a list.'),
    ),
    'table',
  ),
  newestFirst: v.optional(
    v.pipe(v.boolean(), v.description('Puts the highest number first instead of last.')),
    false,
  ),
});

/** Lists architecture decision records with their status, and who supersedes whom. */
export const adrLog: Generator = {
  id: 'adr-log',
  description:
    'A Markdown page that lists architecture decision records (MADR, adr-tools) with their status.',
  optionsSchema,
  defaultOutput: 'index.md',
  defaultInclude: ['**/*.md', '**/*.markdown'],
  defaultExclude: [
    '**/node_modules/**',
    '**/{index,INDEX,Index,readme,README,Readme}.{md,markdown}',
    '**/{,adr-,ADR-}template*.md',
    '**/{0000,000}-{,adr-,ADR-}template.md',
    '**/templates/**',
  ],
  reads: 'decisions',
  unreadableSource: 'list-by-name',
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    const { records, problems } = adrRecords(listing);
    const ordered = options.newestFirst ? records.toReversed() : records;
    const lines = [`# ${escapeMarkdownHeading(headingOf(listing, options.title))}`, ''];
    if (ordered.length === 0) lines.push('No decisions yet.');
    else lines.push(...(options.format === 'list' ? list(ordered, listing) : table(ordered, listing)));
    return { body: `${lines.join('\n')}\n`, problems };
  },
};

function table(records: readonly AdrRecord[], listing: Listing): readonly string[] {
  const rows = records.map((record) => [
    record.number === undefined ? '' : String(record.number),
    linkTo(record.title, record.relativePath, listing),
    statusOf(record, listing),
    record.date ?? '',
  ]);
  return markdownTable([['Number', 'Decision', 'Status', 'Date'], ...rows]);
}

function list(records: readonly AdrRecord[], listing: Listing): readonly string[] {
  return records.map((record) => {
    const title = record.number === undefined ? record.title : `${record.number}. ${record.title}`;
    const about = [statusOf(record, listing), record.date ?? ''].filter((text) => text !== '');
    const tail = about.length === 0 ? '' : `: ${about.join(', ')}`;
    return `- ${linkTo(title, record.relativePath, listing)}${tail}`;
  });
}

function statusOf(record: AdrRecord, listing: Listing): string {
  const names = (references: readonly AdrReference[]) =>
    references.map(({ text, relativePath }) => linkTo(text, relativePath, listing)).join(', ');
  const { status, supersedes, supersededBy } = record;
  const parts = [
    supersededBy.length > 0 ? `Superseded by ${names(supersededBy)}` : escapeMarkdown(status ?? ''),
    supersedes.length > 0 ? `supersedes ${names(supersedes)}` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function linkTo(text: string, relativePath: string | undefined, listing: Listing): string {
  if (relativePath === undefined) return escapeMarkdown(text);
  return `[${escapeMarkdown(text)}](${encodePath(pathFromOutput(listing, relativePath))})`;
}
