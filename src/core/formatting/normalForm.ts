import { codeForm } from './codeForm.ts';
import { markdownForm } from './markdownForm.ts';
import { markupForm } from './markupForm.ts';

const forms: readonly (readonly [endings: RegExp, form: (text: string) => string])[] = [
  [/\.(md|markdown|mdx)$/i, markdownForm],
  [/\.(html?|xhtml|xml|svg|vue|svelte|rss|atom)$/i, markupForm],
  [/\.([mc]?[tj]sx?|jsonc?|json5|css|scss|less)$/i, codeForm],
  [/\.(ya?ml)$/i, lineForm],
];

/**
 * Gives what of a text no formatter changes, by the language of its file; two texts with the same form differ only in
 * white space, quotes and the like. `null` for a language whose formatters we don't know.
 */
export function normalForm(text: string, relativePath: string): string | null {
  const form = forms.find(([endings]) => endings.test(relativePath))?.[1];
  return form === undefined ? null : form(text);
}

function lineForm(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => line.trimEnd().replaceAll("'", '"')).join('\n');
}
