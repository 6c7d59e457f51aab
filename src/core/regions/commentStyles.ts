/** What stands before and after a comment on one line, without the spaces inside. */
export type CommentStyle = { readonly open: string; readonly close: string };

const html: CommentStyle = { open: '<!--', close: '-->' };
const braces: CommentStyle = { open: '{/*', close: '*/}' };
const slashes: CommentStyle = { open: '//', close: '' };
const block: CommentStyle = { open: '/*', close: '*/' };
const hash: CommentStyle = { open: '#', close: '' };
const dashes: CommentStyle = { open: '--', close: '' };
const semicolon: CommentStyle = { open: ';', close: '' };
const percent: CommentStyle = { open: '%', close: '' };
const dots: CommentStyle = { open: '..', close: '' };
const apostrophe: CommentStyle = { open: "'", close: '' };
const quote: CommentStyle = { open: '"', close: '' };
const rem: CommentStyle = { open: 'REM', close: '' };
const parentheses: CommentStyle = { open: '(*', close: '*)' };
const handlebars: CommentStyle = { open: '{{!--', close: '--}}' };
const jinja: CommentStyle = { open: '{#', close: '#}' };

/** The first style of a row is the one for markers that we write. */
const rows: readonly (readonly [endings: string, styles: readonly CommentStyle[]])[] = [
  ['md markdown html htm xhtml xml svg rss atom xsl xsd csproj props targets plist', [html]],
  ['mdx', [braces]],
  ['vue svelte astro', [html, slashes, block]],
  ['ts tsx mts cts js jsx mjs cjs', [slashes, block, braces]],
  ['c h cc cpp cxx hpp hh cs java kt kts go rs swift scala dart zig groovy gradle proto', [slashes, block]],
  ['jsonc json5 adoc asciidoc', [slashes]],
  ['css', [block]],
  ['scss less sass styl', [slashes, block]],
  ['php', [slashes, hash, block, html]],
  ['yml yaml toml py pyi sh bash zsh fish rb rake gemspec pl pm r jl nix tf hcl cmake mk', [hash]],
  ['ps1 psm1 coffee ex exs cr nim tcl awk conf env properties gitignore dockerignore org', [hash]],
  ['graphql gql po', [hash]],
  ['ini cfg', [semicolon, hash]],
  ['sql lua hs elm adb ads vhd vhdl', [dashes]],
  ['el lisp clj cljs cljc scm rkt asm reg', [semicolon]],
  ['tex sty cls bib erl hrl m', [percent]],
  ['rst', [dots]],
  ['vb bas vbs', [apostrophe]],
  ['vim', [quote]],
  ['bat cmd', [rem]],
  ['ml mli pas', [parentheses]],
  ['fs fsi fsx', [slashes, parentheses]],
  ['hbs handlebars', [handlebars, html]],
  ['j2 jinja jinja2 njk twig', [jinja, html]],
];

const byEnding: ReadonlyMap<string, readonly CommentStyle[]> = new Map(
  rows.flatMap(([endings, styles]) => endings.split(' ').map((ending) => [ending, styles] as const)),
);

const byName: ReadonlyMap<string, readonly CommentStyle[]> = new Map(
  [
    'makefile',
    'dockerfile',
    'containerfile',
    'gemfile',
    'rakefile',
    'justfile',
    'codeowners',
    'jenkinsfile',
  ].map((name) => [name, name === 'jenkinsfile' ? [slashes, block] : [hash]] as const),
);

/** The comment styles in which a file may hold markers, by its name; none when the language is not known. */
export function commentStylesFor(relativePath: string): readonly CommentStyle[] {
  const name = relativePath.slice(relativePath.lastIndexOf('/') + 1).toLowerCase();
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return byName.get(name) ?? (name.includes('.') ? byEnding.get(ending) : undefined) ?? [];
}

/** Tells whether the file is Markdown, where a marker in a code block is only text. */
export function isMarkdown(relativePath: string): boolean {
  return /\.(md|markdown|mdx)$/i.test(relativePath);
}
