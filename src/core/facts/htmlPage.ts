import { foldText } from '../escape.ts';
import type { PageFacts } from '../types.ts';
import { detached } from './detached.ts';
import { decodeEntities } from './entities.ts';

const maxTitleMarkup = 10_000;

/** What an HTML page says, and whether nothing that may follow the text can change that. */
export type HtmlReading = { readonly facts: PageFacts; readonly isDecided: boolean };

/** Reads title, description and first `<h1>` of an HTML page in one pass; anything unclosed ends the reading. */
export function readHtmlPage(text: string): HtmlReading {
  let title: string | undefined;
  let heading: string | undefined;
  let description: string | undefined;
  let isInHead = true;
  let isDecided = false;
  for (const tag of tagsOf(text)) {
    if (tag.name === 'title' && isInHead) title ??= foldedOrNothing(tag.content);
    else if (tag.name === 'meta' && isInHead) description ??= descriptionOf(tag.attributes);
    else if (tag.name === 'body' || tag.name === 'h1') isInHead = false;
    if (tag.name === 'h1') heading ??= headingText(text, tag.end);
    if (!isInHead && (title !== undefined || heading !== undefined)) {
      isDecided = title !== undefined || /<\/h1[\s>]/i.test(text.slice(tag.end));
      break;
    }
  }
  const shown = title ?? heading;
  const facts: PageFacts = {
    kind: 'page',
    ...(shown !== undefined && { title: detached(shown) }),
    ...(description !== undefined && { description: detached(description) }),
  };
  return { facts, isDecided };
}

/** Returns the text of the first `<h1>` of a piece of HTML, as many README files begin with one. */
export function htmlHeadingText(html: string): string | undefined {
  if (!/<h1[\s>]/i.test(html)) return undefined;
  for (const tag of tagsOf(html)) {
    const text = tag.name === 'h1' ? headingText(html, tag.end) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** `content` is set for elements that hold text only, such as `<title>`; `end` is where the opening tag ends. */
type Tag = {
  readonly name: string;
  readonly attributes: string;
  readonly content: string;
  readonly end: number;
};

/** Elements inside which a `<` begins no tag of the page, and `<svg>`, whose `<title>` is not the page's. */
const opaque = new Set([
  'script',
  'style',
  'textarea',
  'title',
  'svg',
  'template',
  'noscript',
  'iframe',
  'xmp',
]);

function* tagsOf(text: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      if (end === -1) return;
      at = end + 3;
      continue;
    }
    const name = tagName(text, at + 1);
    if (name === '') {
      at++;
      continue;
    }
    const nameEnd = at + 1 + name.length;
    at = tagEnd(text, nameEnd);
    if (at === -1) return;
    const attributes = text.slice(nameEnd, at - 1);
    if (!opaque.has(name)) {
      yield { name, attributes, content: '', end: at };
      continue;
    }
    const closing = new RegExp(`</${name}[\\s/>]`, 'gi');
    closing.lastIndex = at;
    const close = closing.exec(text);
    if (close === null) return;
    yield { name, attributes, content: text.slice(at, close.index), end: at };
    at = close.index + 1;
  }
}

function tagName(text: string, from: number): string {
  const name = /[a-zA-Z][a-zA-Z\d:-]*/y;
  name.lastIndex = from;
  return (name.exec(text)?.[0] ?? '').toLowerCase();
}

/** Finds the position behind a tag's `>`, or -1. Only a quote after `=` opens a value that may hold a `>`. */
function tagEnd(text: string, from: number): number {
  const mark = /=\s*(["'])|>/g;
  mark.lastIndex = from;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    if (match[1] === undefined) return mark.lastIndex;
    const valueEnd = text.indexOf(match[1], mark.lastIndex);
    if (valueEnd === -1) return -1;
    mark.lastIndex = valueEnd + 1;
  }
  return -1;
}

function headingText(text: string, start: number): string | undefined {
  const markup = text.slice(start, start + maxTitleMarkup);
  const end = markup.search(/<\/?h1[\s>]/i);
  const inner = markup.slice(0, end === -1 ? undefined : end).replace(/<!--[\s\S]*?-->/g, '');
  const words = inner.replace(
    /<(\/?[a-zA-Z][a-zA-Z\d]*)(?:"[^"]*"|'[^']*'|[^>"'])*>/g,
    (_tag, name: string) => (/^br$/i.test(name) ? ' ' : ''),
  );
  return (
    foldedOrNothing(words) ?? foldedOrNothing(/<img\b[^>]*\salt\s*=\s*["']([^"']*)/i.exec(inner)?.[1] ?? '')
  );
}

function descriptionOf(attributes: string): string | undefined {
  if (attributeOf(attributes, 'name')?.toLowerCase() !== 'description') return undefined;
  return foldedOrNothing(attributeOf(attributes, 'content') ?? '');
}

function attributeOf(attributes: string, name: string): string | undefined {
  const pattern = /([^\s"'=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g;
  for (const [, key, double, single, bare] of attributes.matchAll(pattern)) {
    if (key?.toLowerCase() === name) return double ?? single ?? bare ?? '';
  }
  return undefined;
}

function foldedOrNothing(markup: string): string | undefined {
  const text = foldText(decodeEntities(markup));
  return text === '' ? undefined : text;
}
