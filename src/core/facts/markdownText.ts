import { foldText } from '../escape.ts';
import { decodeEntities } from './entities.ts';
import { type Delimiter, matchEmphasis } from './markdownEmphasis.ts';

const maxInlineLength = 2000;

/** Whether the page says where a reference such as `[text][label]` leads; where it doesn't, the brackets are text. */
export type IsDefined = (label: string) => boolean;

/** Strips a heading's inline markup to the text that a reader sees. Longer headings are cut at 2,000 characters. */
export function plainText(markup: string, isDefined: IsDefined = () => true): string {
  const source = markup.slice(0, maxInlineLength).replace(/[ \t]*\{#[-\w:.]+\}[ \t]*$/, '');
  return foldText(textOf(source, true, isDefined));
}

/**
 * Strips a heading's inline markup to the text that its anchor is made from: white space stays, and images have none.
 */
export function anchorText(markup: string, isDefined: IsDefined = () => true): string {
  return textOf(markup.slice(0, maxInlineLength), false, isDefined);
}

function textOf(source: string, isForReading: boolean, isDefined: IsDefined): string {
  const pieces: string[] = [];
  const delimiters: Delimiter[] = [];
  /** Opening brackets that may turn out to belong to a link or an image, and where the text in them begins. */
  const brackets: { readonly piece: number; readonly start: number }[] = [];
  let at = 0;
  while (at < source.length) {
    const character = source.charAt(at);
    if (character === '\\') at = readEscape(source, at, pieces);
    else if (character === '`') at = readCode(source, at, pieces);
    else if (character === '<') at = readTag(source, at, pieces, isForReading);
    else if (character === '&') at = readEntity(source, at, pieces);
    else if (character === '*' || character === '_' || character === '~') {
      at = readDelimiters(source, at, pieces, delimiters);
    } else if (character === '[' || source.startsWith('![', at)) {
      const opening = character === '[' ? '[' : '![';
      at += opening.length;
      brackets.push({ piece: pieces.length, start: at });
      pieces.push(opening);
    } else if (character === ']') {
      const opener = brackets.pop();
      const end = opener && linkEnd(source, at + 1, source.slice(opener.start, at), isDefined);
      if (opener === undefined || end === undefined) pieces.push(']');
      else if (pieces[opener.piece] === '![' && !isForReading) dropFrom(opener.piece, pieces, delimiters);
      else pieces[opener.piece] = '';
      at = end ?? at + 1;
    } else {
      const end = nextSpecial(source, at + 1);
      pieces.push(source.slice(at, end));
      at = end;
    }
  }
  matchEmphasis(delimiters, pieces);
  return pieces.join('');
}

function dropFrom(opener: number, pieces: string[], delimiters: Delimiter[]): void {
  pieces.fill('', opener);
  while ((delimiters.at(-1)?.piece ?? -1) > opener) delimiters.pop();
}

function nextSpecial(source: string, from: number): number {
  const special = /[\\`<&*_~[\]!]/g;
  special.lastIndex = from;
  return special.exec(source)?.index ?? source.length;
}

function readEscape(source: string, at: number, pieces: string[]): number {
  const next = source.charAt(at + 1);
  if (/[!-/:-@[-`{-~]/.test(next)) {
    pieces.push(next);
    return at + 2;
  }
  if (next !== '\n') pieces.push('\\');
  return at + 1;
}

function readCode(source: string, at: number, pieces: string[]): number {
  const run = /`+/y;
  run.lastIndex = at;
  const fence = run.exec(source)?.[0] ?? '`';
  const contentStart = at + fence.length;
  for (let end = source.indexOf(fence, contentStart); end !== -1; ) {
    let runEnd = end;
    while (source.charAt(runEnd) === '`') runEnd++;
    if (runEnd - end === fence.length) {
      const content = source.slice(contentStart, end).replace(/\r?\n/g, ' ');
      pieces.push(content.trim() === '' ? content : content.replace(/^ (.*) $/, '$1'));
      return runEnd;
    }
    end = source.indexOf(fence, runEnd);
  }
  pieces.push(fence);
  return contentStart;
}

const autolink = /<([a-zA-Z][a-zA-Z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>/y;
const comment = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<![a-zA-Z][^>]*>/y;
const tag =
  /<(?:\/[a-zA-Z][\w-]*\s*|([a-zA-Z][\w-]*)((?:\s+[a-zA-Z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*)\s*\/?)>/y;

function readTag(source: string, at: number, pieces: string[], isForReading: boolean): number {
  autolink.lastIndex = at;
  const link = autolink.exec(source);
  if (link !== null) {
    pieces.push(link[1] ?? '');
    return autolink.lastIndex;
  }
  for (const pattern of [comment, tag]) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) continue;
    if (match[1]?.toLowerCase() === 'br' && isForReading) pieces.push(' ');
    if (match[1]?.toLowerCase() === 'img' && isForReading) pieces.push(altOf(match[2] ?? ''));
    return pattern.lastIndex;
  }
  pieces.push('<');
  return at + 1;
}

function altOf(attributes: string): string {
  const match = /\salt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes);
  return decodeEntities(match?.[1] ?? match?.[2] ?? '');
}

function readEntity(source: string, at: number, pieces: string[]): number {
  const entity = /&#?[a-zA-Z\d]{1,32};/y;
  entity.lastIndex = at;
  const match = entity.exec(source);
  pieces.push(match === null ? '&' : decodeEntities(match[0]));
  return match === null ? at + 1 : entity.lastIndex;
}

function readDelimiters(source: string, at: number, pieces: string[], delimiters: Delimiter[]): number {
  const character = source.charAt(at);
  let end = at;
  while (source.charAt(end) === character) end++;
  const before = /[\s\S]$/u.exec(source.slice(Math.max(0, at - 2), at))?.[0] ?? ' ';
  const after = /^[\s\S]/u.exec(source.slice(end, end + 2))?.[0] ?? ' ';
  delimiters.push({ character, length: end - at, before, after, piece: pieces.length });
  pieces.push(source.slice(at, end));
  return end;
}

const linkTail =
  /\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*)(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?\s*\)|\[(?:[^[\]\\]|\\.)*\]/y;

/** Returns where the target of a link ends, or undefined when the brackets are only brackets, as in `read(a[, b][, c])`. */
function linkEnd(source: string, from: number, text: string, isDefined: IsDefined): number | undefined {
  linkTail.lastIndex = from;
  const tail = linkTail.exec(source)?.[0];
  if (tail === undefined) return undefined;
  const isReference = tail.startsWith('[');
  return isReference && !isDefined(tail.slice(1, -1) || text) ? undefined : from + tail.length;
}
