import picomatch from 'picomatch';
import * as v from 'valibot';
import {
  encodePath,
  escapeMarkdown,
  escapeMarkdownBlock,
  escapeMarkdownHeading,
  foldText,
} from '../escape.ts';
import { headerMark } from '../provenance.ts';
import type { Listing, PageFacts, Problem, Rendered } from '../types.ts';
import type { Generator } from './generator.ts';
import { headingOf, pageOptionEntries, readOptions } from './pageOptions.ts';
import { orderOptionEntries } from './pageOrder.ts';
import { buildTree, type Entry } from './pageTree.ts';
import { baseUrl, urlOf } from './pageUrls.ts';
import { pathFromOutput } from './relativePath.ts';

const globs = v.array(v.pipe(v.string(), v.nonEmpty()));

const optionsSchema = v.strictObject({
  title: v.optional(
    v.pipe(
      v.string(),
      v.description(
        "The project's name. Empty: the title of the folder's own index page, or the folder's name.",
      ),
    ),
    '',
  ),
  summary: v.optional(
    v.pipe(
      v.string(),
      v.description("One or two sentences. Empty: the description of the folder's own index page."),
    ),
    '',
  ),
  details: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^(?!\s*#)(?![\s\S]*\n\s*#)/, 'must not hold headings: they would begin a list of links'),
      v.description('Markdown without headings to stand above the lists.'),
    ),
    '',
  ),
  sections: v.optional(
    v.pipe(
      v.array(v.strictObject({ title: v.pipe(v.string(), v.nonEmpty()), include: globs })),
      v.description(
        'Sections of your own; a page stands in the first whose globs match. All other pages have a section for each folder.',
      ),
    ),
    [],
  ),
  optional: v.optional(
    v.pipe(
      globs,
      v.description('Globs of pages for the section "Optional", which readers in a hurry leave out.'),
    ),
    [],
  ),
  base: v.optional(
    v.pipe(
      baseUrl,
      v.description(
        'Where the folder is on the web, such as `https://example.org/docs/`. Without it links are relative.',
      ),
    ),
  ),
  descriptions: pageOptionEntries.descriptions,
  drafts: pageOptionEntries.drafts,
  ...orderOptionEntries,
});
type Options = v.InferOutput<typeof optionsSchema>;

type Page = {
  readonly title: string;
  readonly description: string | undefined;
  readonly relativePath: string;
};

/** Lists the pages of a folder for language models, in the form of llmstxt.org. */
export const llmsTxt: Generator = {
  id: 'llms-txt',
  description: 'An llms.txt that lists the pages of a folder, in sections, for language models.',
  optionsSchema,
  defaultOutput: 'llms.txt',
  defaultInclude: ['**/*.{md,markdown}'],
  defaultExclude: ['**/node_modules/**'],
  reads: 'pages',
  unreadableSource: 'list-by-name',
  makes: 'files',
  refuseOutput: (output) =>
    /\.(?:txt|md)$/i.test(output)
      ? null
      : `"output" of an llms-txt target must end with .txt or .md: ${output}`,
  render(listing, given): Rendered {
    const options = readOptions(optionsSchema, given);
    const problems: Problem[] = [];
    const own = ownPage(listing);
    const title = headingOf(listing, options.title || (own?.title ?? ''));
    const summary = foldText(options.summary) || foldText(own?.description ?? '');
    const lines = [`# ${escapeMarkdownHeading(title)}`, ''];
    if (summary !== '') lines.push(`> ${escapeMarkdownBlock(summary)}`, '');
    // Here is room for any text. First must be the title; between title and summary, and in a list of links, the parser
    // of the format's authors (AnswerDotAI/llms-txt, `miniparse.py`) would take it for a part of them or fail.
    lines.push(`<!-- ${headerMark} -->`);
    const details = options.details.replace(/\r\n?/g, '\n').trim();
    if (details !== '') lines.push('', details);
    for (const [heading, pages] of sectionsOf(listing, options, problems)) {
      lines.push('', `## ${escapeMarkdownHeading(heading)}`, '');
      for (const page of pages) lines.push(lineOf(page, listing, options));
    }
    return { body: `${lines.join('\n')}\n`, problems };
  },
};

function ownPage(listing: Listing): PageFacts | undefined {
  const page = listing.sources.find(({ relativePath }) =>
    /^(?:index|readme)\.(?:md|markdown)$/i.test(relativePath),
  );
  return page?.facts.kind === 'page' ? page.facts : undefined;
}

/** Sections by title in the order of the project file, then of the folders; "Optional" comes last. */
function sectionsOf(
  listing: Listing,
  options: Options,
  problems: Problem[],
): ReadonlyMap<string, readonly Page[]> {
  const sections = new Map<string, Page[]>();
  const add = (title: string, page: Page): void => {
    const section = sections.get(title);
    if (section === undefined) sections.set(title, [page]);
    else section.push(page);
  };
  const isOptional = options.optional.length > 0 ? picomatch([...options.optional]) : () => false;
  const chosen = options.sections.map(({ title, include }) => ({
    title: foldText(title) || optionalTitle,
    matches: include.length > 0 ? picomatch([...include]) : () => false,
  }));
  const tree = buildTree(listing, options, problems);
  const byFolder = tree.flatMap((entry): readonly (readonly [string, Page])[] => {
    const title = entry.children.length > 0 ? entry.title : 'Pages';
    return pagesOf(entry).map((page) => [title, page]);
  });
  const rest: (readonly [string, Page])[] = [];
  for (const [folderTitle, page] of byFolder) {
    const section = chosen.find(({ matches }) => matches(page.relativePath));
    if (isOptional(page.relativePath)) rest.push([optionalTitle, page]);
    else rest.push([section?.title ?? folderTitle, page]);
  }
  for (const { title } of chosen) for (const [name, page] of rest) if (name === title) add(title, page);
  for (const [name, page] of rest) if (!chosen.some(({ title }) => title === name)) add(name, page);
  const last = sections.get(optionalTitle);
  sections.delete(optionalTitle);
  return last === undefined ? sections : new Map([...sections, [optionalTitle, last]]);
}

/** The format gives this title its meaning. */
const optionalTitle = 'Optional';

function pagesOf(entry: Entry): readonly Page[] {
  const { title, description, relativePath, children } = entry;
  const own = relativePath === undefined ? [] : [{ title, description, relativePath }];
  return [...own, ...children.flatMap(pagesOf)];
}

function lineOf(page: Page, listing: Listing, options: Options): string {
  const url =
    options.base === undefined
      ? encodePath(pathFromOutput(listing, page.relativePath))
      : urlOf(page.relativePath, options.base);
  const description =
    options.descriptions && page.description !== undefined ? `: ${escapeMarkdown(page.description)}` : '';
  // Simple parsers end a title at the first bracket, also behind a backslash.
  const title = escapeMarkdown(page.title).replaceAll('\\[', '&#91;').replaceAll('\\]', '&#93;');
  return `- [${title}](${url})${description}`;
}
