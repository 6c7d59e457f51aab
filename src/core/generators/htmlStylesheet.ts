import * as path from 'node:path';
import * as v from 'valibot';
import { encodePath, escapeHtml } from '../escape.ts';
import type { Listing, Problem } from '../types.ts';

export const stylesheetOptionEntries = {
  stylesheet: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^(?:https:\/\/[\w.-]+(?::\d+)?\/[^\s"'<>\\]*|(?![/~])(?!(?:.*\/)?\.\.(?:\/|$))[^:\\\0]+)$/,
        'must be a path in this folder, written with `/`, or an address that begins with https://',
      ),
      v.description(
        'A stylesheet of your own, after the one that is built in: a path relative to the project file, whose text is copied into the page, or an https address, which is linked.',
      ),
    ),
  ),
  linkStylesheet: v.optional(
    v.pipe(v.boolean(), v.description('Links a stylesheet given by its path instead of copying its text.')),
    false,
  ),
};

export type StylesheetOptions = {
  readonly stylesheet?: string | undefined;
  readonly linkStylesheet: boolean;
};

/** What a stylesheet of the user's adds to a page. */
export type Stylesheet = {
  /** What is added to the page's head, whole lines. */
  readonly markup: string;
  /** Sources of a content security policy from which the stylesheet, its images and fonts may come. */
  readonly sources: string;
};

/** The file whose text the page needs, relative to the root. */
export function stylesheetInputs(options: StylesheetOptions): readonly string[] {
  return options.stylesheet === undefined || isLinked(options)
    ? []
    : [path.posix.normalize(options.stylesheet)];
}

/** Gives the stylesheet of a page, or a problem when its text was not read. Without the option both are missing. */
export function stylesheetOf(
  listing: Listing,
  options: StylesheetOptions,
): { readonly stylesheet?: Stylesheet; readonly problems: readonly Problem[] } {
  const { stylesheet } = options;
  if (stylesheet === undefined) return { problems: [] };
  // A browser without a server takes neighbouring files for strangers, unless their scheme is named.
  const sources = /^https:\/\/[^/]+/.exec(stylesheet)?.[0] ?? "'self' file: data:";
  if (isLinked(options)) {
    const href = escapeHtml(stylesheet.startsWith('https://') ? stylesheet : linkTo(listing, stylesheet));
    return { stylesheet: { markup: `    <link rel="stylesheet" href="${href}">\n`, sources }, problems: [] };
  }
  const text = listing.inputs?.get(path.posix.normalize(stylesheet));
  if (text === undefined) return { problems: [unread(listing, stylesheet)] };
  return { stylesheet: { markup: `    <style>\n${safeStyle(text)}\n    </style>\n`, sources }, problems: [] };
}

function isLinked({ stylesheet, linkStylesheet }: StylesheetOptions): boolean {
  return linkStylesheet || stylesheet?.startsWith('https://') === true;
}

function linkTo(listing: Listing, stylesheet: string): string {
  const outputFolder = path.posix.dirname(path.posix.join(listing.folder, listing.outputFromFolder));
  return encodePath(path.posix.relative(outputFolder, stylesheet));
}

/** Nothing but `</style` ends the element, and in CSS a backslash before the slash changes nothing. */
function safeStyle(text: string): string {
  return text
    .replace(/<\/(?=style)/gi, '<\\/')
    .replaceAll('\0', '\uFFFD')
    .replace(/\r\n?/g, '\n')
    .trim();
}

function unread(listing: Listing, stylesheet: string): Problem {
  return {
    severity: 'error',
    code: 'stylesheet-unread',
    message: `The stylesheet ${stylesheet} was not read, so the page is left as it is. Correct the option "stylesheet".`,
    relativePath: listing.outputFromFolder,
  };
}
