import { codeForm } from './codeForm.ts';

const part =
  /<!--[\s\S]*?-->|<(style|script)\b[^>]*>[\s\S]*?<\/\1\s*>|<[^<>]*(?:"[^"]*"[^<>]*|'[^']*'[^<>]*)*>|[^<]+|</gi;

/**
 * Gives what formatters of HTML, XML and Vue leave as it is: tags and texts, without the white space around them. A
 * text's own words stay one space apart.
 */
export function markupForm(text: string): string {
  const parts: string[] = [];
  for (const [found, embedded] of text.matchAll(part)) {
    if (embedded !== undefined) parts.push(...embeddedForm(found));
    else if (found.startsWith('<!--')) parts.push(found.replace(/\s+/g, ' '));
    else if (found.startsWith('<') && found.length > 1) parts.push(tagForm(found));
    else if (found.trim() !== '') parts.push(found.trim().replace(/\s+/g, ' '));
  }
  return parts.join('\n');
}

function embeddedForm(element: string): string[] {
  const open = element.indexOf('>') + 1;
  const close = element.lastIndexOf('</');
  const content = element.slice(open, close);
  return [tagForm(element.slice(0, open)), codeForm(content), tagForm(element.slice(close))];
}

function tagForm(tag: string): string {
  return tag
    .replace(/'([^'"]*)'/g, '"$1"')
    .replace(/\s+/g, ' ')
    .replace(/\s*=\s*/g, '=')
    .replace(/ ?\/?>$/, '>')
    .replace(/^<!doctype/i, '<!doctype');
}
