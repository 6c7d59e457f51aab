/** An open code fence; `contentIndent` is the column of the list item that holds it, 0 outside lists. */
export type Fence = { readonly character: string; readonly length: number; readonly contentIndent: number };

export type BlockKind =
  | 'blank'
  | 'code'
  | 'atx'
  | 'underline'
  | 'fence'
  | 'rule'
  | 'html'
  | 'container'
  | 'definition'
  | 'text';

/** Counts the columns of white space that a line begins with, tabs reaching to the next multiple of four. */
function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns++;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/** Says what a line outside fences begins (or `text` when it goes on), after CommonMark's rules of precedence. */
export function blockKind(line: string, isParagraph: boolean): BlockKind {
  const content = line.trim();
  if (content === '') return 'blank';
  if (indentOf(line) >= 4) return isParagraph ? 'text' : 'code';
  if (/^#{1,6}(?:[ \t]|$)/.test(content)) return 'atx';
  if (fencePattern.test(content)) return 'fence';
  if (isParagraph && /^(?:=+|-+)$/.test(content)) return 'underline';
  if (isRule(content)) return 'rule';
  if (isContainer(content, isParagraph)) return 'container';
  if (content.startsWith('<') && startsHtmlBlock(content, isParagraph)) return 'html';
  if (!isParagraph && /^\[[^\][]+\]:/.test(content)) return 'definition';
  return 'text';
}

const fencePattern = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;

/** Reads the fence that a line opens, also behind list markers. */
export function openingFence(line: string): Fence | undefined {
  const markers = /^(?:[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+)*/.exec(line)?.[0] ?? '';
  const match = fencePattern.exec(line.slice(markers.length).trim());
  const run = match?.[1] ?? match?.[2];
  if (run === undefined) return undefined;
  return {
    character: run.charAt(0),
    length: run.length,
    contentIndent: indentOf(markers.replace(/\S/g, ' ')),
  };
}

/** Tells whether a line closes a fence: the same character, at least as many, and nothing else. */
export function closesFence(line: string, fence: Fence): boolean {
  if (indentOf(line) >= fence.contentIndent + 4) return false;
  const content = line.trim();
  return content.length >= fence.length && content === fence.character.repeat(content.length);
}

/** Tells whether a line stands left of the list item that holds the fence, which ends them both. */
export function isOutside(line: string, fence: Fence): boolean {
  return fence.contentIndent > 0 && line.trim() !== '' && indentOf(line) < fence.contentIndent;
}

function isRule(content: string): boolean {
  return /^[-*_]/.test(content) && /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(content);
}

/** Quotes, bullets and numbers; inside a paragraph an empty item or a number other than 1 is only text. */
function isContainer(content: string, isParagraph: boolean): boolean {
  if (content.startsWith('>')) return true;
  return isParagraph
    ? /^(?:[-+*]|1[.)])[ \t]+\S/.test(content)
    : /^(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/.test(content);
}

/** Tells whether the text of a quote or a list item begins a paragraph, which the next lines may go on with. */
export function opensParagraph(line: string): boolean {
  const content = line.replace(/^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)))+[ \t]*/, '');
  return blockKind(content, false) === 'text';
}

const blockTag =
  /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|picture|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[\s/>]|$)/i;

function startsHtmlBlock(content: string, isParagraph: boolean): boolean {
  if (/^<(?:!--|\?|![a-z]|!\[CDATA\[|(?:script|pre|style|textarea)(?:[\s>]|$))/i.test(content)) return true;
  if (blockTag.test(content)) return true;
  return !isParagraph && /^<\/?[a-z][^<>]*>$/i.test(content);
}

/** Finds where an HTML block ends: behind its closing mark (comments, scripts), else at the next blank line. */
export function htmlBlockEnd(text: string, start: number, line: string): number {
  const content = line.trimStart();
  const raw = /^<(script|pre|style|textarea)(?:[\s>]|$)/i.exec(content)?.[1];
  let closing = /\n[ \t]*\r?(?:\n|$)/g;
  if (content.startsWith('<!--')) closing = /-->/g;
  else if (content.startsWith('<?')) closing = /\?>/g;
  else if (content.startsWith('<![CDATA[')) closing = /\]\]>/g;
  else if (/^<![a-z]/i.test(content)) closing = />/g;
  else if (raw !== undefined) closing = new RegExp(`</${raw}>`, 'gi');
  closing.lastIndex = start;
  if (closing.exec(text) === null) return text.length;
  const isAtLineStart = text.charAt(closing.lastIndex - 1) === '\n';
  const nextLine = isAtLineStart ? closing.lastIndex : text.indexOf('\n', closing.lastIndex) + 1;
  return nextLine === 0 ? text.length : nextLine;
}
