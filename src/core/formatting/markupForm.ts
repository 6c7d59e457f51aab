import { codeForm } from './codeForm.ts';

/**
 * Gives what formatters of HTML, XML and Vue leave as it is: tags and texts, without the white space around them. A
 * text's own words stay one space apart. Takes time in proportion to the text, whatever it holds.
 */
export function markupForm(text: string): string {
  const lower = text.toLowerCase();
  const missing = new Set<string>();
  /** Finds the end of what is closed by a mark; a mark that was not found once is not looked for again. */
  const endOf = (mark: string, from: number): number => {
    const at = missing.has(mark) ? -1 : lower.indexOf(mark, from);
    if (at === -1) missing.add(mark);
    return at === -1 ? -1 : at + mark.length;
  };
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('<', at);
    addText(text.slice(at, start === -1 ? undefined : start), parts);
    if (start === -1) break;
    const commentEnd = text.startsWith('<!--', start) ? endOf('-->', start + 4) : -1;
    const tagEnd = commentEnd === -1 ? endOfTag(text, start) : -1;
    if (commentEnd !== -1) {
      parts.push(text.slice(start, commentEnd).replace(/\s+/g, ' '));
      at = commentEnd;
    } else if (tagEnd === -1) {
      parts.push('<');
      at = start + 1;
    } else {
      const tag = text.slice(start, tagEnd);
      parts.push(tagForm(tag));
      at = tagEnd;
      const name = /^<(style|script)\b/i.exec(tag)?.[1]?.toLowerCase();
      const close = name === undefined ? -1 : endOf(`</${name}`, at);
      if (name === undefined || close === -1) continue;
      const contentEnd = close - name.length - 2;
      parts.push(codeForm(text.slice(at, contentEnd)));
      at = contentEnd;
    }
  }
  return parts.join('\n');
}

/** A tag with more parts is taken for text: nobody formats it. */
const tagPattern = /<(?:[^<>"']|"[^"<>]*"|'[^'<>]*'){1,5000}>/y;

function endOfTag(text: string, start: number): number {
  tagPattern.lastIndex = start;
  return tagPattern.test(text) ? tagPattern.lastIndex : -1;
}

function addText(text: string, parts: string[]): void {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words !== '') parts.push(words);
}

function tagForm(tag: string): string {
  return tag
    .replace(/'([^'"]*)'/g, '"$1"')
    .replace(/\s+/g, ' ')
    .replace(/ ?= ?/g, '=')
    .replace(/ ?\/?>$/, '>')
    .replace(/^<!doctype/i, '<!doctype');
}
