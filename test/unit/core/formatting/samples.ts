import type { Listing, Source } from '../../../../src/core/types.ts';

/** Pages whose titles hold what formatters like to touch: long words, marks, quotes, tables' bars. */
export function listing(title: string): Listing {
  const page = (relativePath: string, name: string, description?: string): Source => ({
    relativePath,
    facts: { kind: 'page', title: name, ...(description === undefined ? {} : { description }) },
  });
  const sources = [
    page(
      'apple.md',
      title,
      'The first of all fruits, red or green or yellow, known for * and _ and snake_case_names',
    ),
    page('guide/index.md', 'A guide to "quotes" and \'others\''),
    page(
      'guide/deep/er/page.md',
      'Pipes | and [brackets] and <tags> & more',
      '1. not a list # not a heading',
    ),
    page('guide/intro.md', '`code` and *stars*', '+ plus - minus ~tilde~ \\ backslash'),
    page('x.md', '日本語のタイトル and some more words to make the line long enough to be wrapped at forty'),
    page('y.md', 'https://example.com/a_b_c'),
  ];
  return { folder: 'docs', outputFromFolder: 'index.md', sources };
}

/** Modules with many names, and with names that are only types. */
export function moduleListing(title: string): Listing {
  const names = [
    'one',
    'two',
    'three',
    'aLongNameThatMakesTheLineLong',
    'anotherLongNameForTheSameLine',
    title,
  ];
  const exports = names.map((name) => ({ name, isTypeOnly: false }));
  const sources: readonly Source[] = [
    { relativePath: 'a.ts', facts: { kind: 'module', exports, stars: [] } },
    {
      relativePath: 'b.ts',
      facts: { kind: 'module', exports: [{ name: 'T', isTypeOnly: true }], stars: [] },
    },
    {
      relativePath: 'c.ts',
      facts: { kind: 'module', exports: [{ name: 'default', isTypeOnly: false }], stars: [] },
    },
  ];
  return { folder: 'docs', outputFromFolder: 'index.ts', sources };
}

/** Decision records, whose titles stand in a table. */
export function decisionListing(title: string): Listing {
  const record = (number: number, name: string): Source => ({
    relativePath: `000${number}-record.md`,
    facts: {
      kind: 'decision',
      number,
      title: name,
      status: 'accepted',
      date: `2024-01-0${number}`,
      supersedes: [],
      supersededBy: [],
    },
  });
  const sources = [record(1, title), record(2, 'Pipes | and _underscores_ in `code`')];
  return { folder: 'docs', outputFromFolder: 'index.md', sources };
}

/** A template with markup that formatters like to touch. */
export const liquidTemplate = `# Pages

{% for page in pages %}* [{{ page.title }}]({{ page.url }}) *and* __more__
{% endfor %}
| a | b |
|-|-|
| {{ pages[0].title }} | long cell |
`;
