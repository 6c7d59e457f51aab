import * as v from 'valibot';
import { encodePath, escapeHtml } from '../escape.ts';
import type { Listing, Problem, Rendered } from '../types.ts';
import type { Generator } from './generator.ts';
import { htmlStyle } from './htmlStyle.ts';
import { headingOf, pageOptionEntries, readOptions } from './pageOptions.ts';
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
});
type Options = v.InferOutput<typeof optionsSchema>;

/** Lists the pages of a folder as one complete HTML page, without script and without other files. */
export const htmlIndex: Generator = {
  id: 'html-index',
  description: 'A self-contained HTML page with a nested list of links to the pages of a folder.',
  optionsSchema,
  defaultOutput: 'index.html',
  defaultInclude: ['**/*.{html,htm,md,markdown,txt,pdf}'],
  defaultExclude: ['**/node_modules/**'],
  reads: 'pages',
  unreadableSource: 'list-by-name',
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    const problems: Problem[] = [];
    const hidesNumbers = orderOf(options).includes('prefix');
    const title = escapeHtml(headingOf(listing, options.title, hidesNumbers));
    const entries = buildTree(listing, options, problems);
    const lines: string[] = [];
    addList(entries, '        ', listing, options, lines);
    return { body: page(title, options.lang, lines), problems };
  },
};

/** The policy allows the style and nothing else: a mistake in escaping could still run no script. */
function page(title: string, lang: string, list: readonly string[]): string {
  const empty = '      <p lang="en">No pages yet.</p>';
  const nav = [`      <nav aria-label="${title}">`, ...list, '      </nav>'];
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <title>${title}</title>
    <style>
${htmlStyle.replace(/^(?=.)/gm, '      ')}    </style>
  </head>
  <body>
    <main>
      <h1 dir="auto">${title}</h1>
${(list.length === 0 ? [empty] : nav).join('\n')}
    </main>
  </body>
</html>
`;
}

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
  const href = escapeHtml(encodePath(pathFromOutput(listing, entry.relativePath)));
  return `<a class="name" dir="auto" href="${href}">${title}</a>${badgeOf(entry.relativePath)}`;
}

/** Says what a link opens when it is no page for the browser. */
function badgeOf(relativePath: string): string {
  const name = baseName(relativePath);
  const extension = name.slice(stemOf(name).length + 1);
  return /^(?:html?|md|markdown|)$/i.test(extension)
    ? ''
    : ` <small>${escapeHtml(extension.toUpperCase())}</small>`;
}
