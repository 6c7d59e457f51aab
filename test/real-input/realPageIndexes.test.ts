import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { howOften, isLongForm } from '../support/longForm.ts';
import { anchorsOf, linksOf } from '../support/markdownPage.ts';
import { readTree, writeTree } from '../support/tree.ts';
import { makeFolder } from './moduleTree.ts';
import { sample } from './realModules.ts';
import { copyRealPages, isVisible } from './realPages.ts';
import { regenerateIn, threeSurroundings } from './regenerateIn.ts';

const seed = Number(process.env['ATOMIC_INDEX_SEED'] ?? Date.now() % 1_000_000);
const base = 'https://example.org/real%20pages/';
const begin = '<!-- atomic-index:begin generator=toc minLevel=1 maxLevel=6 -->\n';
const emptyRegion = `${begin}<!-- atomic-index:end -->\n\n`;

/** Outputs in the folder of the pages, above it and beside it. */
const markdownIndexes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'docs/a-nested.md': {},
  'docs/a-list.md': { style: 'list', order: ['title'] },
  'a-table.md': { style: 'table', columns: ['title', 'description', 'date', 'tags'], groupBy: 'folder' },
  'beside it/a-cards.md': { style: 'cards', order: ['prefix', 'date'], folderOrder: 'first' },
  'docs/SUMMARY-A.md': { style: 'summary', groupBy: 'folder' },
  'a-summary.md': { style: 'summary', folderOrder: 'last' },
};
/** Where each folder gets an index of its own: all of them take a minute. */
const linkedFolder = isLongForm ? 'docs' : 'docs/npm-docs';
const addresses = ['html', 'clean', 'folder', 'source'] as const;

const entries = [
  ...Object.entries(markdownIndexes).map(([output, options]) => entry('markdown-index', output, options)),
  entry('html-index', 'docs/a-pages.html', {}),
  entry('html-index', 'beside it/a-filter.html', { filter: true, order: ['title'] }),
  entry('llms-txt', 'docs/a-llms.txt', {}),
  entry('llms-txt', 'a-llms.txt', { base, optional: ['**/CHANGELOG.md'] }),
  ...addresses.map((urls) => entry('sitemap', `docs/a-${urls}.xml`, { base, urls })),
  entry('json-manifest', 'docs/a-flat.json', {}),
  entry('json-manifest', 'beside it/a-tree.json', { tree: true }),
  ...['md', 'html'].map((ending) => ({
    generator: ending === 'md' ? 'markdown-index' : 'html-index',
    folders: `${linkedFolder}/**`,
    output: `a-linked.${ending}`,
    options: { linkIndexes: true, drafts: true },
  })),
];

function entry(generator: string, output: string, options: Readonly<Record<string, unknown>>): object {
  const fromFolder = posix.relative('docs', output);
  return { generator, folder: 'docs', output: fromFolder, options: { drafts: true, ...options } };
}

describe(`indexes of the pages of all installed packages (seed ${seed})`, function () {
  this.timeout(300_000);
  const temp = makeFolder();
  const root = temp.path;
  const original = new Map<string, string>();
  let pages: readonly string[] = [];
  let markdownPages: readonly string[] = [];
  let outputs: readonly string[] = [];
  after(() => temp.remove());

  const [first, ...others] = threeSurroundings(seed);
  const read = (output: string) => readFileSync(join(root, output), 'utf8');
  const outputTexts = () =>
    Object.fromEntries([...outputs, ...original.keys()].map((name) => [name, read(name)]));

  before(() => {
    const copied = copyRealPages(join(root, 'docs'));
    pages = copied.filter(isVisible);
    markdownPages = pages.filter((page) => /\.(?:md|markdown)$/.test(page));
    for (const page of sample(markdownPages, howOften(60, markdownPages.length), seed)) {
      const text = readFileSync(join(root, 'docs', page), 'utf8');
      const frontMatter = /^---\n[\s\S]*?\n---\n/.exec(text)?.[0] ?? '';
      const withRegion = frontMatter + emptyRegion + text.slice(frontMatter.length);
      if (!text.startsWith('\uFEFF') && !text.includes('\r')) original.set(`toc/${page}`, withRegion);
    }
    writeTree(root, {
      ...Object.fromEntries(original),
      'atomic-index.json': JSON.stringify({ targets: entries, regions: ['toc/**/*.{md,markdown}'] }),
    });
    const { outcomes, errors } = regenerateIn(root, first);
    assert.deepEqual(errors, []);
    const notMade = outcomes.filter(
      ({ kind, output }) => kind !== (original.has(output) ? 'updated' : 'created'),
    );
    assert.deepEqual(notMade, []);
    outputs = outcomes.map(({ output }) => output).filter((output) => !original.has(output));
    console.log(
      `      ${pages.length} pages, ${outputs.length} indexes, ${original.size} tables of contents`,
    );
  });

  it('are not touched by a second run', () => {
    const before = readTree(root);
    const { outcomes } = regenerateIn(root, first);
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind !== 'unchanged'),
      [],
    );
    assert.deepEqual(readTree(root), before);
  });

  for (const surroundings of others) {
    it(`have the same bytes in the locale ${surroundings.locale}, with files listed in another order`, () => {
      const expected = outputTexts();
      for (const output of outputs) rmSync(join(root, output));
      writeTree(root, Object.fromEntries(original));
      assert.deepEqual(regenerateIn(root, surroundings).errors, []);
      assert.deepEqual(outputTexts(), expected);
    });
  }

  /** Where links lead to from an output, relative to the root; each must be a file. */
  function followed(output: string, links: readonly string[]): string[] {
    return links.map((link) => {
      const path = posix.join(posix.dirname(output), link);
      assert.ok(
        statSync(join(root, path), { throwIfNoEntry: false })?.isFile(),
        `${output}: ${link} is no file`,
      );
      return path;
    });
  }

  const inDocs = (paths: readonly string[]) => paths.map((path) => `docs/${path}`).sort();

  for (const output of [...Object.keys(markdownIndexes), 'docs/a-llms.txt']) {
    it(`link to the file of each page once: ${output}`, () => {
      assert.deepEqual(followed(output, linksOf(read(output))).sort(), inDocs(markdownPages));
    });
  }

  for (const output of ['docs/a-pages.html', 'beside it/a-filter.html']) {
    it(`link to the file of each page once: ${output}`, () => {
      assert.deepEqual(followed(output, hrefsOf(read(output))).sort(), inDocs(pages));
    });
  }

  it('link to the address of each page once, in an llms.txt with a base', () => {
    const links = linksOf(read('a-llms.txt')).map((link) => underBase(link));
    assert.deepEqual(links.sort(), inDocs(markdownPages));
  });

  it('name each page once in a manifest, flat or as a tree', () => {
    const manifest = (output: string) => followed(output, pathsIn(JSON.parse(read(output)))).sort();
    assert.deepEqual(manifest('docs/a-flat.json'), inDocs(pages));
    assert.deepEqual(manifest('beside it/a-tree.json'), inDocs(pages));
  });

  for (const urls of addresses) {
    it(`have an address of a page in each line of a sitemap, none twice, in the form ${urls}`, () => {
      const found = Array.from(read(`docs/a-${urls}.xml`).matchAll(/<loc>(.*)<\/loc>/g), ([, url = '']) =>
        underBase(decodeURIComponent(withoutEntities(url))),
      );
      assert.equal(new Set(found).size, found.length);
      const files = new Set(inDocs(pages));
      for (const path of found) {
        const stem = path.replace(/\/$|\.html$/, '');
        const candidates = ['.md', '.markdown', '.html', '.htm'].flatMap((ending) =>
          ['index', 'README', 'readme', 'Readme', 'ReadMe']
            .map((name) => `${path}${name}${ending}`)
            .concat(stem + ending),
        );
        assert.ok(
          [path, ...candidates].some((file) => files.has(file)),
          `${path} is the address of no page`,
        );
      }
      if (urls === 'source') assert.deepEqual(found.sort(), inDocs(pages));
      else assert.ok(found.length > 900, `${found.length} addresses`);
    });
  }

  for (const [ending, linksIn, expected] of [
    ['md', linksOf, () => markdownPages],
    ['html', hrefsOf, () => pages],
  ] as const) {
    it(`lead from folder to folder to every page, as ${ending}`, () => {
      const seen = new Set<string>();
      const open = [`${linkedFolder}/a-linked.${ending}`];
      for (let output = open.pop(); output !== undefined; output = open.pop()) {
        for (const path of followed(output, linksIn(read(output)))) {
          if (seen.has(path)) continue;
          seen.add(path);
          if (path.endsWith(`/a-linked.${ending}`)) open.push(path);
        }
      }
      const found = [...seen].filter((path) => !path.endsWith(`/a-linked.${ending}`));
      assert.deepEqual(
        found.sort(),
        inDocs(expected()).filter((path) => path.startsWith(`${linkedFolder}/`)),
      );
      assert.ok(found.length > 150);
    });
  }

  it('lead to headings of the page, in tables of contents, and leave the rest of the page alone', () => {
    let links = 0;
    for (const [page, text] of original) {
      const now = read(page);
      const start = now.indexOf(begin) + begin.length;
      const end = now.indexOf('<!-- atomic-index:end', start);
      const afterEnd = now.indexOf('\n', end) + 1;
      assert.equal(
        now.slice(0, start) + now.slice(afterEnd),
        text.replace('<!-- atomic-index:end -->\n', ''),
        page,
      );
      // Headings in HTML have anchors too, but no parser of Markdown says so.
      if (/<h[1-6]\b/i.test(text)) continue;
      const anchors = new Set(anchorsOf(now));
      for (const link of linksOf(now.slice(start, end))) {
        links++;
        assert.ok(anchors.has(link.slice(1)), `${page}: ${link} is no heading`);
      }
    }
    assert.ok(links > 300, `${links} links`);
  });

  function underBase(link: string): string {
    const start = decodeURIComponent(base);
    assert.ok(link.startsWith(start), link);
    return `docs/${link.slice(start.length)}`;
  }
});

/** The links of an HTML page that we made; what it escapes is known. */
function hrefsOf(html: string): string[] {
  return Array.from(html.matchAll(/<a [^>]*?href="([^"]*)"/g), ([, href = '']) =>
    decodeURIComponent(withoutEntities(href)),
  );
}

function withoutEntities(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function pathsIn(item: unknown): string[] {
  if (typeof item !== 'object' || item === null) return [];
  const own = 'path' in item && typeof item.path === 'string' ? [item.path] : [];
  const below = ['pages', 'children'].flatMap((key) => {
    const list: unknown = Reflect.get(item, key);
    return Array.isArray(list) ? list.flatMap(pathsIn) : [];
  });
  return [...own, ...below];
}
