import * as v from 'valibot';
import { encodePath, escapeHtml } from '../escape.ts';
import type { Listing, Problem, Rendered } from '../types.ts';
import type { Generator } from './generator.ts';
import { htmlDocument } from './htmlDocument.ts';
import { stylesheetInputs, stylesheetOf, stylesheetOptionEntries } from './htmlStylesheet.ts';
import { indexBelow, indexesAbove } from './neighbourIndexes.ts';
import { headingOf, linkIndexesEntry, pageOptionEntries, readOptions } from './pageOptions.ts';
import { orderOf, orderOptionEntries } from './pageOrder.ts';
import { buildTree, type Entry } from './pageTree.ts';
import { baseName, pathFromOutput, stemOf } from './relativePath.ts';

const optionsSchema = v.strictObject({
  ...pageOptionEntries,
  ...orderOptionEntries,
  lang: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/, 'must be a language tag such as `en` or `pt-BR`'),
      v.description("The language of the pages' titles, such as `en` or `pt-BR`."),
    ),
    'en',
  ),
  filter: v.optional(
    v.pipe(
      v.union([v.boolean(), v.pipe(v.string(), v.nonEmpty())]),
      v.description(
        'A box that shows only what matches the words typed into it, with the text before the box or `true`. It needs script, and is not there without.',
      ),
    ),
    false,
  ),
  ...stylesheetOptionEntries,
  linkIndexes: linkIndexesEntry,
});
type Options = v.InferOutput<typeof optionsSchema>;

/** Lists the pages of a folder as one complete HTML page, without other files, and without script unless asked. */
export const htmlIndex: Generator = {
  id: 'html-index',
  description: 'A self-contained HTML page with a nested list of links to the pages of a folder.',
  optionsSchema,
  defaultOutput: 'index.html',
  defaultInclude: ['**/*.{html,htm,md,markdown,txt,pdf}'],
  defaultExclude: ['**/node_modules/**'],
  reads: 'pages',
  unreadableSource: 'list-by-name',
  makes: 'files',
  inputs: (given) => stylesheetInputs(readOptions(optionsSchema, given)),
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    const { stylesheet, problems: stylesheetProblems } = stylesheetOf(listing, options);
    const problems: Problem[] = [...stylesheetProblems];
    const hidesNumbers = orderOf(options).includes('prefix');
    const indexOf = (folder: string) => (options.linkIndexes ? indexBelow(listing, folder) : undefined);
    const entries = buildTree(listing, { ...options, indexOf }, problems);
    const list: string[] = [];
    addList(entries, '        ', listing, options, list);
    const crumbs = options.linkIndexes ? indexesAbove(listing, hidesNumbers) : [];
    const body = htmlDocument({
      title: headingOf(listing, options.title, hidesNumbers),
      lang: options.lang,
      list,
      crumbs: crumbs.map(({ title, relativePath }) => ({ title, href: hrefOf(listing, relativePath) })),
      filterLabel: options.filter === true ? 'Filter' : options.filter || undefined,
      stylesheet,
    });
    return { body, problems };
  },
};

function addList(
  entries: readonly Entry[],
  indent: string,
  listing: Listing,
  options: Options,
  lines: string[],
): void {
  if (entries.length === 0) return;
  // Without the role, Safari's reader takes a list without bullets for no list at all.
  lines.push(`${indent}<ul role="list">`);
  for (const entry of entries) {
    const className = entry.children.length > 0 ? ' class="folder"' : '';
    lines.push(`${indent}  <li${className}>`, `${indent}    ${linkOf(entry, listing)}`);
    if (options.descriptions && entry.description !== undefined) {
      lines.push(`${indent}    <p dir="auto">${escapeHtml(entry.description)}</p>`);
    }
    addList(entry.children, `${indent}    `, listing, options, lines);
    lines.push(`${indent}  </li>`);
  }
  lines.push(`${indent}</ul>`);
}

function linkOf(entry: Entry, listing: Listing): string {
  // `dir="auto"` keeps a title that turns the direction of text from turning what stands around it.
  const title = escapeHtml(entry.title);
  if (entry.relativePath === undefined) return `<span class="name" dir="auto">${title}</span>`;
  const href = escapeHtml(hrefOf(listing, entry.relativePath));
  return `<a class="name" dir="auto" href="${href}">${title}</a>${badgeOf(entry.relativePath)}`;
}

function hrefOf(listing: Listing, relativePath: string): string {
  return encodePath(pathFromOutput(listing, relativePath));
}

/** Says what a link opens when it is no page for the browser. */
function badgeOf(relativePath: string): string {
  const name = baseName(relativePath);
  const extension = name.slice(stemOf(name).length + 1);
  return /^(?:html?|md|markdown|)$/i.test(extension)
    ? ''
    : ` <small>${escapeHtml(extension.toUpperCase())}</small>`;
}
