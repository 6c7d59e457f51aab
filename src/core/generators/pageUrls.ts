import * as v from 'valibot';
import { encodePath } from '../escape.ts';
import type { Problem, Source } from '../types.ts';
import { baseName } from './relativePath.ts';

/** An absolute address without query and fragment; `URL` decides the rest when it is used. */
export const baseUrl = v.pipe(
  v.string(),
  v.url('must be an address such as `https://example.org/docs/`'),
  v.regex(
    /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#\\]*)?$/,
    'must be an address such as `https://example.org/docs/`',
  ),
);

const styles = ['html', 'clean', 'folder', 'source'] as const;

/** The option that says how the address of a page is made from its path. */
export const urlOptionEntries = {
  urls: v.optional(
    v.pipe(
      v.picklist(styles),
      v.description(
        'The address of `guide/mooring.md`: `guide/mooring.html` (html), `guide/mooring` (clean), `guide/mooring/` (folder) or `guide/mooring.md` (source).',
      ),
    ),
    'html',
  ),
};

export type UrlStyle = (typeof styles)[number];

/** A page with its address relative to the folder, not yet encoded. The folder's own page has the empty path. */
export type PageUrl = { readonly source: Source; readonly path: string };

/** Gives each page its address. Two pages with the same one are a problem, and the first keeps it. */
export function pageUrls(
  sources: readonly Source[],
  style: UrlStyle,
): { readonly urls: readonly PageUrl[]; readonly problems: readonly Problem[] } {
  const folders = new Set(sources.filter(isIndex).map(({ relativePath }) => folderOf(relativePath)));
  const byPath = new Map<string, Source>();
  const problems: Problem[] = [];
  for (const source of sources) {
    const path = pathOf(source.relativePath, style, folders);
    const first = byPath.get(path);
    if (first === undefined) byPath.set(path, source);
    else problems.push(sameAddress(source.relativePath, first.relativePath, path));
  }
  return { urls: [...byPath].map(([path, source]) => ({ source, path })), problems };
}

/** Puts a page's path behind the base, percent-encoded. The base has passed `baseUrl`. */
export function urlOf(path: string, base: string): string {
  const { href } = new URL(base);
  const folder = href.endsWith('/') ? href : `${href}/`;
  return path === '' ? folder : `${folder}${encodePath(path).replace(/^\.\//, '')}`;
}

/** `README.md` is the page of its folder where there is no index, as on the hosts that show repositories. */
function pathOf(relativePath: string, style: UrlStyle, foldersWithIndex: ReadonlySet<string>): string {
  if (style === 'source') return relativePath;
  const folder = folderOf(relativePath);
  const isReadme = /^readme\.(?:md|markdown|mdx)$/i.test(baseName(relativePath));
  if (isIndex({ relativePath }) || (isReadme && !foldersWithIndex.has(folder))) return folder;
  const match = /^(.*)\.(md|markdown|mdx|html|htm)$/i.exec(relativePath);
  if (match === null) return relativePath;
  const [, stem = '', ending = ''] = match;
  if (style === 'html') return /^html?$/i.test(ending) ? relativePath : `${stem}.html`;
  return style === 'folder' ? `${stem}/` : stem;
}

function isIndex({ relativePath }: Pick<Source, 'relativePath'>): boolean {
  return /^index\.(?:md|markdown|mdx|html|htm)$/i.test(baseName(relativePath));
}

/** With the slash at its end, or empty. */
function folderOf(relativePath: string): string {
  return relativePath.slice(0, relativePath.length - baseName(relativePath).length);
}

function sameAddress(relativePath: string, first: string, path: string): Problem {
  const message = `${first} has the same address, ${path === '' ? 'that of the folder' : path}. Only that one is listed; exclude or rename one of them.`;
  return { severity: 'warning', code: 'address-twice', message, relativePath, line: 1, column: 1 };
}
