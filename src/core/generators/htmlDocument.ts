import { escapeHtml } from '../escape.ts';
import { filterBox, filterScript, filterScriptSource, filterStyle } from './htmlFilter.ts';
import { crumbStyle, htmlStyle } from './htmlStyle.ts';
import type { Stylesheet } from './htmlStylesheet.ts';

/** What an HTML index is made of. Titles and labels are plain text, `list` is markup, `href` is encoded. */
export type HtmlParts = {
  readonly title: string;
  readonly lang: string;
  readonly list: readonly string[];
  /** Links to the indexes of the folders above, from the top down. */
  readonly crumbs: readonly { readonly title: string; readonly href: string }[];
  /** The text before the filter's box; without one there is no box and no script. */
  readonly filterLabel: string | undefined;
  readonly stylesheet: Stylesheet | undefined;
};

/** Writes a complete page. What is not asked for leaves no trace in it. */
export function htmlDocument(parts: HtmlParts): string {
  const title = escapeHtml(parts.title);
  const hasFilter = parts.filterLabel !== undefined && parts.list.length > 0;
  const styles = [htmlStyle, parts.crumbs.length > 0 ? crumbStyle : '', hasFilter ? filterStyle : ''].join(
    '',
  );
  const navClass = hasFilter ? ' class="pages"' : '';
  const content =
    parts.list.length === 0
      ? ['      <p lang="en">No pages yet.</p>']
      : [`      <nav${navClass} aria-label="${title}">`, ...parts.list, '      </nav>'];
  if (hasFilter) content.unshift(`      ${filterBox(parts.filterLabel ?? '')}`);
  return `<!doctype html>
<html lang="${escapeHtml(parts.lang)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${policyOf(parts.stylesheet, hasFilter)}">
    <title>${title}</title>
    <style>
${styles.replace(/^(?=.)/gm, '      ')}    </style>
${parts.stylesheet?.markup ?? ''}  </head>
  <body>
    <main>
${crumbsOf(parts, title)}      <h1 dir="auto">${title}</h1>
${content.join('\n')}
    </main>
${hasFilter ? `    ${filterScript}\n` : ''}  </body>
</html>
`;
}

/** Allows what the page needs and nothing else: a mistake in escaping could still run no script. */
function policyOf(stylesheet: Stylesheet | undefined, hasFilter: boolean): string {
  const sources = stylesheet?.sources;
  return [
    "default-src 'none'",
    sources === undefined ? "style-src 'unsafe-inline'" : `style-src 'unsafe-inline' ${sources}`,
    ...(sources === undefined ? [] : [`img-src ${sources}`, `font-src ${sources}`]),
    ...(hasFilter ? [`script-src ${filterScriptSource}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function crumbsOf({ crumbs }: HtmlParts, title: string): string {
  const [top] = crumbs;
  if (top === undefined) return '';
  const items = crumbs.map(
    (crumb) =>
      `          <li><a dir="auto" href="${escapeHtml(crumb.href)}">${escapeHtml(crumb.title)}</a></li>\n`,
  );
  // Labelled by where it begins: a word of ours would be in another language than the page.
  return `      <nav class="crumbs" aria-label="${escapeHtml(top.title)}">
        <ol role="list">
${items.join('')}          <li aria-current="page" dir="auto">${title}</li>
        </ol>
      </nav>
`;
}
