import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { anchorsOf, linksOf } from '../support/markdownPage.ts';
import { repositoryFile } from '../support/repository.ts';

const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'bench/README.md', 'examples/README.md'],
  ...readdirSync(repositoryFile('docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join('docs', name.replaceAll('\\', '/')))
    .sort(),
];

function mistakesIn(page: string, text: string): string[] {
  return linksOf(text).flatMap((link) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [, relativePath = '', anchor] = /^([^#]*)(?:#(.*))?$/.exec(link) ?? [];
    const target = relativePath === '' ? page : path.posix.join(path.posix.dirname(page), relativePath);
    const stats = statSync(repositoryFile(target), { throwIfNoEntry: false });
    if (target.startsWith('../') || stats === undefined) return [`${link}: there is no ${target}`];
    if (anchor === undefined) return [];
    const anchors = anchorsOf(readFileSync(repositoryFile(target), 'utf8'));
    return anchors.includes(anchor) ? [] : [`${link}: ${target} has no such heading`];
  });
}

/** Tests and benchmarks that a page names by their paths, tests also without `test/` and `.test.ts`. */
function namesIn(text: string): string[] {
  const names = text.matchAll(
    /`((?:test|bench|unit|processes|real-input|ui|integration|planted)\/[\w./-]+)`/g,
  );
  return Array.from(names, ([, name = '']) => name);
}

function isThere(name: string): boolean {
  const candidates = [name, `test/${name}`, `test/${name}.ts`, `test/${name}.test.ts`];
  return candidates.some((path) => statSync(repositoryFile(path), { throwIfNoEntry: false }) !== undefined);
}

describe('the documentation', () => {
  for (const page of pages) {
    const text = readFileSync(repositoryFile(page), 'utf8');

    it(`has no link that leads nowhere: ${page}`, () => assert.deepEqual(mistakesIn(page, text), []));

    it(`names no test or benchmark that is not there: ${page}`, () => {
      assert.deepEqual(
        namesIn(text).filter((name) => !isThere(name)),
        [],
      );
    });

    it(`has no heading twice: ${page}`, () => {
      const anchors = anchorsOf(text);
      assert.deepEqual(
        anchors.filter((anchor) => /-\d+$/.test(anchor) && anchors.includes(anchor.replace(/-\d+$/, ''))),
        [],
      );
    });
  }

  it('is read by a check that sees missing files, headings and folders', () => {
    const text =
      '[a](no.md) [b](../README.md#no) ![c](../media/no.png) [d](#no) [e](../README.md#install) [f](generators)';
    assert.deepEqual(['test/no.ts', 'unit/no', 'unit/docsLinks', 'unit/lock'].map(isThere), [
      false,
      false,
      true,
      true,
    ]);
    assert.equal(mistakesIn('docs/x.md', `# X\n\n${text}\n`).length, 4);
  });

  it('has every page behind a link of the README or of an overview', () => {
    const linked = ['README.md', 'ARCHITECTURE.md', 'docs/generators.md', 'docs/comparison.md'].flatMap(
      (page) =>
        linksOf(readFileSync(repositoryFile(page), 'utf8')).map((link) =>
          path.posix.join(path.posix.dirname(page), link.replace(/#.*$/, '')),
        ),
    );
    const inDocs = pages.filter((page) => page.startsWith('docs/'));
    assert.deepEqual(
      inDocs.filter((page) => !linked.includes(page)),
      [],
    );
  });
});
