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
  const lastEnd = Math.max(text.lastIndexOf('*/') + 2, text.lastIndexOf('`') + 1, 0);
  const parts: string[] = [];
  let tokens: string[] = [];
  let start = 0;
  for (const [pattern, end] of [
    [token, lastEnd],
    [lastToken, text.length],
  ] as const) {
    const piece = text.slice(start, end);
    start = end;
    // Where a token ends is all that is asked: of a large file's hundred thousand tokens, half are white space, and a
    // list of all of them would be larger than the file.
    pattern.lastIndex = 0;
    for (let at = 0; at < piece.length && pattern.test(piece); at = pattern.lastIndex) {
      const part = piece.slice(at, pattern.lastIndex);
      if (/^\s+$/.test(part) || part === ';') continue;
      if (/^[}\])]$/.test(part) && tokens.at(-1) === ',') tokens.pop();
      if (tokens.length >= joinedAtOnce) {
        parts.push(tokens.join('\n'));
        tokens = [];
      }
      tokens.push(normalToken(part));
    }
  }
  parts.push(tokens.join('\n'));
  return parts.join('\n');
}

/** Tokens held before they are joined, which is done right before the next one: the last may still be taken away. */
const joinedAtOnce = 4096;

function normalToken(part: string): string {
  const quote = part.charAt(0);
  if ((quote === '"' || quote === "'") && part.length > 1) {
    const content = part.slice(1, -1).replace(/\\(["'])/g, '$1');
    return JSON.stringify(content);
  }
  return part.startsWith('/*') || part.startsWith('//') ? part.replace(/\s+/g, ' ').trim() : part;
}
