import * as v from 'valibot';
import { escapeHtml } from '../escape.ts';
import { calendarDate } from '../facts/calendarDate.ts';
import type { Listing, PageFacts, Problem, Rendered, Source } from '../types.ts';
import type { Generator } from './generator.ts';
import { baseUrl, pageUrls, urlOf, urlOptionEntries } from './pageUrls.ts';

const optionsSchema = v.strictObject({
  ...urlOptionEntries,
  base: v.pipe(
    baseUrl,
    v.description('Where the folder is on the web, such as `https://example.org/docs/`.'),
  ),
  lastmod: v.optional(
    v.pipe(
      v.picklist(['frontMatter', 'git', 'none']),
      v.description(
        'Where the day of the last change comes from: `lastmod`, `updated` or `date` of the front matter, or the last commit where it does not say; or no days at all.',
      ),
    ),
    'frontMatter',
  ),
  drafts: v.optional(
    v.pipe(v.boolean(), v.description('Lists pages whose front matter says `draft: true`, too.')),
    false,
  ),
});
type Options = v.InferOutput<typeof optionsSchema>;

/** What sitemaps.org allows in one file. */
const maxUrls = 50_000;
const maxBytes = 50 * 1024 * 1024;

/** Lists the pages of a folder for search engines, after the protocol of sitemaps.org, version 0.9. */
export const sitemap: Generator = {
  id: 'sitemap',
  description: 'A sitemap.xml that lists the pages of a folder for search engines.',
  optionsSchema,
  defaultOutput: 'sitemap.xml',
  defaultInclude: ['**/*.{md,markdown,html,htm}'],
  defaultExclude: ['**/node_modules/**', '**/404.{md,html}'],
  reads: 'pages',
  unreadableSource: 'list-by-name',
  makes: 'files',
  needsGitDates: (options) => options['lastmod'] === 'git',
  refuseOutput: (output) =>
    output.endsWith('.xml') ? null : `"output" of a sitemap must end with .xml: ${output}`,
  render(listing, given): Rendered {
    const parsed = v.safeParse(optionsSchema, given);
    if (!parsed.success) return refused(listing, 'sitemap-base-missing', noBase);
    const options = parsed.output;
    const listed = listing.sources.filter((source) => isListed(factsOf(source), options));
    const { urls, problems } = pageUrls(listed, options.urls);
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ];
    for (const { source, path } of urls) {
      const lastmod = lastmodOf(source, options);
      const day = lastmod === undefined ? '' : `\n    <lastmod>${lastmod}</lastmod>`;
      lines.push(`  <url>\n    <loc>${escapeHtml(urlOf(path, options.base))}</loc>${day}\n  </url>`);
    }
    const body = `${lines.join('\n')}\n</urlset>\n`;
    const bytes = Buffer.byteLength(body);
    if (urls.length > maxUrls || bytes > maxBytes) {
      return refused(listing, 'sitemap-too-large', tooLarge(urls.length, bytes));
    }
    return { body, problems };
  },
};

const noBase =
  'The option "base" must be an absolute address such as https://example.org/docs/. Add it to the target.';

function tooLarge(count: number, bytes: number): string {
  const size = `${count} addresses and ${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return `The sitemap would have ${size}; search engines take at most ${maxUrls} and 50 MB. Make several targets of smaller folders.`;
}

function refused(listing: Listing, code: string, message: string): Rendered {
  const problem: Problem = { severity: 'error', code, message, relativePath: listing.outputFromFolder };
  return { body: '', problems: [problem] };
}

/** `noindex` and `sitemap: false` are what site generators know for a page that search engines shall not list. */
function isListed(facts: PageFacts, options: Options): boolean {
  const says = (key: string, value: string) => facts.data?.[key] === value;
  if (says('sitemap', 'false') || says('noindex', 'true')) return false;
  return options.drafts || facts.isDraft !== true;
}

function lastmodOf(source: Source, { lastmod }: Options): string | undefined {
  if (lastmod === 'none') return undefined;
  const facts = factsOf(source);
  const said = ['lastmod', 'updated']
    .map((key) => facts.data?.[key])
    .map((value) => (typeof value === 'string' ? calendarDate(value) : undefined))
    .find((date) => date !== undefined);
  return said ?? (lastmod === 'git' ? source.gitDate : undefined) ?? facts.date;
}

function factsOf(source: Source): PageFacts {
  return source.facts.kind === 'page' ? source.facts : { kind: 'page' };
}
