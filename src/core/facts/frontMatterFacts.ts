import { foldText } from '../escape.ts';
import type { PageFacts } from '../types.ts';
import { calendarDate } from './calendarDate.ts';
import type { PlainData, PlainValue } from './plainData.ts';

/** Takes from front matter what all generators know by name; the whole of it is `data`. */
export function frontMatterFacts(data: PlainData): Omit<PageFacts, 'kind'> {
  const title = textOf(data['title']);
  const description = textOf(data['description']) ?? textOf(data['summary']);
  const order = ['order', 'weight', 'sidebar_position', 'nav_order']
    .map((key) => numberOf(data[key]))
    .find((number) => number !== undefined);
  const isDraft = /^(?:true|yes|on)$/i.test(textOf(data['draft']) ?? '');
  const date = calendarDate(textOf(data['date']) ?? '');
  const tags = [data['tags'], taxonomyTags(data), data['keywords']]
    .map(tagsOf)
    .find((list) => list.length > 0);
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(order !== undefined && { order }),
    ...(isDraft && { isDraft }),
    ...(date !== undefined && { date }),
    ...(tags !== undefined && { tags }),
    ...(Object.keys(data).length > 0 && { data }),
  };
}

function textOf(value: PlainValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = foldText(value);
  return text === '' || text === '~' || /^null$/i.test(text) ? undefined : text;
}

function numberOf(value: PlainValue | undefined): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Zola keeps the tags of a page in a table of its own (Zola's documentation, "Taxonomies"). */
function taxonomyTags(data: PlainData): PlainValue | undefined {
  const taxonomies = data['taxonomies'];
  return typeof taxonomies === 'object' && 'tags' in taxonomies ? taxonomies['tags'] : undefined;
}

/** Reads a list, or one text with commas, in the order in which they stand and each once. */
function tagsOf(value: PlainValue | undefined): readonly string[] {
  const items = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  const tags = items.map((item: PlainValue) => textOf(item)).filter((tag) => tag !== undefined);
  return [...new Set(tags)];
}
