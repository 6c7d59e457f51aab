import assert from 'node:assert/strict';
import { type OrderOptions, type Sortable, siblingOrder } from '../../../../src/core/generators/pageOrder.ts';
import { buildTree, type Entry } from '../../../../src/core/generators/pageTree.ts';
import type { Problem } from '../../../../src/core/types.ts';
import { listPages, type PageSpec } from './listings.ts';

function flatten(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => [entry.path, ...flatten(entry.children)]);
}

function check(
  pages: Readonly<Record<string, PageSpec>>,
  options: OrderOptions,
  expected: readonly string[],
  messages: readonly string[] = [],
): void {
  const problems: Problem[] = [];
  const entries = buildTree(listPages(pages), { drafts: false, ...options }, problems);
  assert.deepEqual(flatten(entries), expected);
  assert.deepEqual(
    problems.map(({ severity, relativePath, message }) => `${severity} ${relativePath}: ${message}`),
    messages,
  );
}

describe('the order of pages', () => {
  it('follows the list first, which places the folders of its pages too', () => {
    const pages = {
      'a.md': 'A',
      'b.md': { order: 1 },
      'c/d.md': 'D',
      'c/e.md': 'E',
      'c/f.md': 'F',
      'g/h.md': 'H',
    };
    const list = ['g/', 'c/f.md', './a.md', 'c/e.md'];
    check(pages, { pages: list }, ['g', 'g/h.md', 'c', 'c/f.md', 'c/e.md', 'c/d.md', 'a.md', 'b.md']);
    check(pages, { pages: list, order: ['name'] }, [
      'a.md',
      'b.md',
      'c',
      'c/d.md',
      'c/e.md',
      'c/f.md',
      'g',
      'g/h.md',
    ]);
  });
  it('is doubtful where the list names what is not there', () => {
    check(
      { 'a.md': 'A', 'c/d.md': 'D' },
      { pages: ['b.md', 'c', 'a'] },
      ['c', 'c/d.md', 'a.md'],
      [
        'warning index.md: The option "pages" names b.md, which is no listed page or folder. Correct the path, or remove it.',
        'warning index.md: The option "pages" names a, which is no listed page or folder. Correct the path, or remove it.',
      ],
    );
  });
  it('takes the keys in the order in which they are given', () => {
    const pages = {
      '2-a.md': { title: 'Zebra', order: 1 },
      '10-b.md': { title: 'apple', date: '2024-01-02' },
      'c.md': { title: 'Banana 10', date: '2023-05-06', order: 0 },
      'd.md': { title: 'banana 9', date: '2024-01-02' },
    };
    check(pages, {}, ['c.md', '2-a.md', '10-b.md', 'd.md']);
    check(pages, { order: [] }, ['2-a.md', '10-b.md', 'c.md', 'd.md']);
    check(pages, { order: ['prefix', 'frontmatter'] }, ['2-a.md', '10-b.md', 'c.md', 'd.md']);
    check(pages, { order: ['title'] }, ['10-b.md', 'd.md', 'c.md', '2-a.md']);
    check(pages, { order: ['date', 'title'] }, ['10-b.md', 'd.md', 'c.md', '2-a.md']);
    check(pages, { order: ['date-oldest', 'title'] }, ['c.md', '10-b.md', 'd.md', '2-a.md']);
  });
  it('puts folders before or behind the pages, each part in its order', () => {
    const pages = {
      'a.md': { order: 2 },
      'b/c.md': 'C',
      'd.md': { order: 1 },
      'e/index.md': { order: 3 },
      'e/f.md': 'F',
    };
    check(pages, { folderOrder: 'first' }, ['e', 'e/f.md', 'b', 'b/c.md', 'd.md', 'a.md']);
    check(pages, { folderOrder: 'last' }, ['d.md', 'a.md', 'e', 'e/f.md', 'b', 'b/c.md']);
    check(pages, {}, ['d.md', 'a.md', 'e', 'e/f.md', 'b', 'b/c.md']);
  });
  it('hides the numbers of names where they decide, not in titles that a page gives', () => {
    const pages = { '1-a/2-b.md': {}, '1-a/1-c.md': '1-c', '2024-01-02-d.md': {}, '02-e.pdf': {} };
    const titles = (options: OrderOptions) => {
      const list = (entries: readonly Entry[]): string[] =>
        entries.flatMap((one) => [one.title, ...list(one.children)]);
      return list(buildTree(listPages(pages), { drafts: false, ...options }));
    };
    assert.deepEqual(titles({ order: ['prefix'] }), ['a', '1-c', 'b', 'e.pdf', '2024-01-02-d']);
    assert.deepEqual(titles({}), ['1-a', '1-c', '2-b', '02-e.pdf', '2024-01-02-d']);
  });
  it('tells of pages beside each other with the same number, once, and not where another key was asked to decide', () => {
    const pages = {
      'a.md': { order: 1 },
      'b/index.md': { order: 1 },
      'b/c.md': { order: 1 },
      'd.md': { order: 1 },
      'e.md': { order: 2 },
    };
    const paths = ['a.md', 'b', 'b/c.md', 'd.md', 'e.md'];
    check(pages, {}, paths, [
      'information d.md: This page has the order 1, as a.md and 1 more; their names decide. Give it a number of its own if that is not meant.',
    ]);
    check(pages, { order: ['frontmatter', 'title'] }, paths);
    check(pages, { order: ['name'] }, paths);
    check(pages, { pages: ['a.md', 'd.md'] }, ['a.md', 'd.md', 'b', 'b/c.md', 'e.md']);
  });

  let seed = 20_240_607;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const pick = <Item>(...items: readonly [Item, ...Item[]]): Item => items[next(items.length)] ?? items[0];
  const sortable = (i: number): Sortable => ({
    name: `${pick('', '1-', '01-', '2_', '10. ')}${pick('a', 'B', 'ä', 'Z', 'ı', 'I', '2024-01-01')}${i}`,
    path: `p${i}`,
    title: pick('a', 'A', 'ä', 'Ä', 'z 9', 'z 10', 'İ', 'i', 'ß', '😀', '\uE000'),
    isFolder: next(3) === 0,
    facts: {
      kind: 'page',
      ...(next(2) === 0 && { order: pick(-1, 0, 1.5, 10) }),
      ...(next(2) === 0 && { date: pick('2024-01-02', '2023-12-31', '2024-01-10') }),
    },
  });

  it(`is total, and the same whatever order the disk gives (seed ${seed})`, () => {
    for (let round = 0; round < 200; round++) {
      const items = Array.from({ length: 40 }, (_, i) => sortable(i));
      const order = [1, 2, 3].map(() =>
        pick('list', 'frontmatter', 'prefix', 'name', 'title', 'date', 'date-oldest'),
      );
      const pages = [`p${next(40)}`, `p${next(40)}`];
      const compare = siblingOrder({ order, pages, folderOrder: pick('mixed', 'first', 'last') });
      const sorted = items.toSorted(compare);
      const shuffled = items.map((item) => ({ item, at: next(1000) })).sort((a, b) => a.at - b.at);
      assert.deepEqual(shuffled.map(({ item }) => item).sort(compare), sorted);
      for (const [i, left] of sorted.entries()) {
        for (const [j, right] of sorted.entries()) {
          assert.equal(
            Math.sign(compare(left, right)),
            Math.sign(i - j),
            `${left.name} and ${right.name} by ${order}`,
          );
        }
      }
    }
  }).timeout(20_000);
});
