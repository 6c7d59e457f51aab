import assert from 'node:assert/strict';
import * as v from 'valibot';
import { llmsTxt } from '../../../../src/core/generators/llmsTxt.ts';
import { provenanceOf, withHeader } from '../../../../src/core/provenance.ts';
import { listPages, type PageSpec } from './listings.ts';

function made(
  pages: Readonly<Record<string, PageSpec>>,
  options: Readonly<Record<string, unknown>> = {},
  output = 'llms.txt',
): string {
  const { body, problems } = llmsTxt.render(listPages(pages, output), options);
  assert.deepEqual(problems, []);
  const text = withHeader(body, llmsTxt.id, output);
  assert.equal(provenanceOf(text), 'generated');
  return text.replace(/^<!-- @generated.*-->$/m, '<!-- H -->');
}

/** Reads the form as the parser of its authors does (AnswerDotAI/llms-txt): strictly, each line of a list a link. */
function parse(text: string) {
  const [start = '', ...rest] = text.split(/^##\s*(.*?)$/m);
  const head = /^#\s*(?<title>.+?$)\n+(?:^>\s*(?<summary>.+?$)$)?\n+(?<info>[\s\S]*)/m.exec(start.trim());
  assert.ok(head?.groups, text);
  const sections: Record<string, readonly (readonly string[])[]> = {};
  for (let i = 0; i < rest.length; i += 2) {
    const lines = (rest[i + 1] ?? '').trim().split(/\n+/);
    sections[rest[i] ?? ''] = lines.map((line) => {
      const match = /-\s*\[([^\]]+)\]\(([^)]+)\)(?::\s*(.*))?/.exec(line);
      assert.ok(match, line);
      return match.slice(1, 4).filter((part) => part !== undefined);
    });
  }
  return { ...head.groups, sections };
}

const pages = {
  'README.md': { title: 'Harbour', description: 'All about it' },
  'a.md': { title: 'A', description: 'About a' },
  'guide/index.md': 'Guide',
  'guide/b.md': 'B',
  'old/c.md': 'C',
  'old/draft.md': { isDraft: true },
};

describe('an llms.txt', () => {
  it('has title, summary, details and a section for each folder', () => {
    assert.equal(
      made(pages, { details: 'Ask the harbour master.\r\n\n- He knows.\n' }),
      `# Harbour

> All about it

<!-- H -->

Ask the harbour master.

- He knows.

## Pages

- [Harbour](README.md): All about it
- [A](a.md): About a

## Guide

- [Guide](guide/index.md)
- [B](guide/b.md)

## old

- [C](old/c.md)
`,
    );
  });

  it('has sections of its own, with "Optional" last', () => {
    const text = made(pages, {
      title: 'The Harbour',
      summary: 'Ships',
      base: 'https://example.org/docs',
      descriptions: false,
      sections: [
        { title: 'Start', include: ['a.md', 'guide/**'] },
        { title: 'Never', include: ['nothing'] },
      ],
      optional: ['old/**', 'guide/b.md'],
    });
    assert.deepEqual(parse(text), {
      title: 'The Harbour',
      summary: 'Ships',
      info: '<!-- H -->',
      sections: {
        Start: [
          ['A', 'https://example.org/docs/a.md'],
          ['Guide', 'https://example.org/docs/guide/index.md'],
        ],
        Pages: [['Harbour', 'https://example.org/docs/README.md']],
        Optional: [
          ['B', 'https://example.org/docs/guide/b.md'],
          ['C', 'https://example.org/docs/old/c.md'],
        ],
      },
    });
  });

  it('begins with its title and can be parsed, whatever is in it or missing', () => {
    const bare = made({});
    assert.equal(bare, '# Docs\n\n<!-- H -->\n');
    assert.deepEqual(parse(bare), { title: 'Docs', summary: undefined, info: '<!-- H -->', sections: {} });
    const text = made(
      { 'x/a(1).md': { title: '[a](b) \n## c', description: '- [x](javascript:y)' } },
      { title: '> # no', summary: '## no\n- x' },
    );
    assert.match(text, /^# > # no\n/);
    const { sections } = parse(text);
    assert.deepEqual(sections, {
      x: [['&#91;a&#93;(b) ## c', 'x/a%281%29.md', '- \\[x\\](javascript:y)']],
    });
  });

  it('refuses headings among the details, and outputs that are no text', () => {
    for (const details of ['# a', 'a\n\n## b', ' \n# a'])
      assert.equal(v.safeParse(llmsTxt.optionsSchema, { details }).success, false, details);
    assert.equal(v.safeParse(llmsTxt.optionsSchema, { details: 'a #b\n- c' }).success, true);
    assert.equal(llmsTxt.refuseOutput?.('x/llms.txt'), null);
    assert.notEqual(llmsTxt.refuseOutput?.('llms.html'), null);
  });

  it('links from where it stands', () => {
    assert.match(made({ 'a.md': 'A' }, {}, '../llms.txt'), /- \[A\]\(docs\/a\.md\)/);
  });
});
