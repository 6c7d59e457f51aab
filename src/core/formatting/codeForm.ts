/** Strings, comments, white space, words, and single characters otherwise. */
const token =
  /"(?:[^"\\\r\n]|\\[\s\S])*"|'(?:[^'\\\r\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|\s+|[\p{L}\p{N}_$]+|[\s\S]/gu;

/** The same behind the last end of a comment, where each beginning of one would be searched to the end of the text. */
const lastToken =
  /"(?:[^"\\\r\n]|\\[\s\S])*"|'(?:[^'\\\r\n]|\\[\s\S])*'|\/\/[^\r\n]*|\s+|[\p{L}\p{N}_$]+|[\s\S]/gu;

/**
 * Gives what formatters of JavaScript, TypeScript, JSON and CSS leave as it is: the tokens, without white space,
 * semicolons and trailing commas, and with one kind of quotes. Of what it can't tell apart (a regular expression, a
 * template) it keeps more than it must, so that an edit is rather seen than missed.
 */
export function codeForm(text: string): string {
  const tokens: string[] = [];
  const lastEnd = Math.max(text.lastIndexOf('*/') + 2, text.lastIndexOf('`') + 1, 0);
  // Texts only: with `matchAll` each of a large file's hundred thousand tokens would be an object of its own.
  for (const parts of [text.slice(0, lastEnd).match(token), text.slice(lastEnd).match(lastToken)]) {
    for (const part of parts ?? []) {
      if (/^\s+$/.test(part) || part === ';') continue;
      if (/^[}\])]$/.test(part) && tokens.at(-1) === ',') tokens.pop();
      tokens.push(normalToken(part));
    }
  }
  return tokens.join('\n');
}

function normalToken(part: string): string {
  const quote = part.charAt(0);
  if ((quote === '"' || quote === "'") && part.length > 1) {
    const content = part.slice(1, -1).replace(/\\(["'])/g, '$1');
    return JSON.stringify(content);
  }
  return part.startsWith('/*') || part.startsWith('//') ? part.replace(/\s+/g, ' ').trim() : part;
}
