/** Makes one line of any text: control characters and runs of white space become one space, halves of pairs U+FFFD. */
export function foldText(text: string): string {
  // Most text is one line already, and a look is cheaper than three copies.
  if (!/[^\x20-\x7E]|^ | $| {2}/.test(text)) return text;
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * Escapes one line of text for the inside of a Markdown line: it shows as it is, whatever it holds. Only what needs a
 * backslash gets one, because Markdown formatters remove the others and the file would no longer be as we left it.
 */
export function escapeMarkdown(text: string): string {
  const line = foldText(text);
  if (!/[\\`*[\]<~_&]/.test(line)) return line;
  return line
    .replace(/[\\`*[\]<~]/g, '\\$&')
    .replace(/_+/g, escapeUnderscores)
    .replace(/&(?=#?[a-zA-Z0-9]+;)/g, '\\&');
}

/** Leaves underscores inside a word (`snake_case`) alone: Markdown does too, and formatters drop their backslashes. */
function escapeUnderscores(run: string, offset: number, text: string): string {
  const isAfterWord = /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, offset - 2), offset));
  const isBeforeWord = /^[\p{L}\p{N}]/u.test(text.slice(offset + run.length, offset + run.length + 2));
  return isAfterWord && isBeforeWord ? run : '\\_'.repeat(run.length);
}

/** Escapes text that begins a Markdown block, where a number, a dash or a hash sign would begin a list or a heading. */
export function escapeMarkdownBlock(text: string): string {
  return escapeMarkdown(text)
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^(?:[-+](?=\s|$)|>|#{1,6}(?=\s|$)|-(?=[-\s]*$)|=(?==*$))/, '\\$&');
}

/** Escapes the text of a Markdown heading of the `#` form, whose closing `#` signs would be lost. */
export function escapeMarkdownHeading(text: string): string {
  return escapeMarkdown(text).replace(/(^|\s)(#+)$/, '$1\\$2');
}

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for HTML content and for attribute values in either kind of quotes. */
export function escapeHtml(text: string): string {
  return foldText(text).replace(/[&<>"']/g, (character) => htmlEntities[character] ?? '');
}

/**
 * Writes a relative path as a relative URL after RFC 3986. The result holds nothing that Markdown or HTML could take
 * for its own, and never begins like a scheme (`javascript:`) or a host (`//`).
 */
export function encodePath(relativePath: string): string {
  if (/^\w[\w.~/-]*$/.test(relativePath)) return relativePath;
  const url = relativePath.split('/').map(encodeSegment).join('/');
  const first = relativePath.split('/', 1)[0] ?? '';
  return first === '' || first.includes(':') ? `./${url}` : url;
}

function encodeSegment(segment: string): string {
  if (/^[\w.~-]*$/.test(segment)) return segment;
  const wellFormed = segment.replace(/\p{Surrogate}/gu, '\uFFFD');
  // encodeURIComponent leaves these five, which RFC 3986 reserves and Markdown partly takes for the link's end.
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
