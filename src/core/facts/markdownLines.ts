/** An open code fence: the character it is made of, and how many. */
export type Fence = { readonly character: string; readonly length: number };

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
  | 'table'
  | 'text';

/** Counts the columns of white space that a line begins with, tabs reaching to the next multiple of four. */
export function indentOf(line: string): number {
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
  if (isParagraph && tableRule.test(content)) return 'table';
  if (!isParagraph && definition.test(content)) return 'definition';
  return 'text';
}

/** The line below a table's header, which makes a table of the paragraph (GitHub Flavored Markdown, "Tables"). */
const tableRule = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;

/** A link definition on one line; its title may also end on a later one. */
const definition =
  /^\[(?:[^\][\\]|\\.)+\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)(?:[ \t]+(?:"[^"]*"?|'[^']*'?|\([^()]*\)?))?$/;

/** Counts the cells of a table's row. */
export function columnsOf(row: string): number {
  const cells = row.trim().replace(/^\||(?<!\\)\|$/g, '');
  return cells.split(/(?<!\\)\|/).length;
}

const fencePattern = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;

/** Reads the fence that a line opens. */
export function openingFence(line: string): Fence | undefined {
  const match = fencePattern.exec(line.trim());
  const run = match?.[1] ?? match?.[2];
  return run === undefined ? undefined : { character: run.charAt(0), length: run.length };
}

/** Tells whether a line closes a fence: the same character, at least as many, and nothing else. */
export function closesFence(line: string, fence: Fence): boolean {
  if (indentOf(line) >= 4) return false;
  const content = line.trim();
  return content.length >= fence.length && content === fence.character.repeat(content.length);
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

/** One whole tag and nothing else (CommonMark 0.31, "HTML blocks", condition 7); `<Buffer 08 00>` is none. */
const completeTag =
  /^<(?:\/[a-z][a-z\d-]*\s*|[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?)>$/i;

function startsHtmlBlock(content: string, isParagraph: boolean): boolean {
  if (/^<(?:!--|\?|![a-z]|!\[CDATA\[|(?:script|pre|style|textarea)(?:[\s>]|$))/i.test(content)) return true;
  if (blockTag.test(content)) return true;
  return !isParagraph && completeTag.test(content);
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
