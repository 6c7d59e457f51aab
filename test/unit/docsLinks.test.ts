import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { anchorsOf, linksOf } from '../support/markdownPage.ts';
import { repositoryFile } from '../support/repository.ts';

const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'bench/README.md'],
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

describe('the documentation', () => {
  for (const page of pages) {
    const text = readFileSync(repositoryFile(page), 'utf8');

    it(`has no link that leads nowhere: ${page}`, () => assert.deepEqual(mistakesIn(page, text), []));

    it(`names no test or benchmark that is not there: ${page}`, () => {
      const named = Array.from(text.matchAll(/`((?:test|bench)\/[^`*\s]+)`/g), ([, name = '']) => name);
      assert.deepEqual(
        named.filter((name) => statSync(repositoryFile(name), { throwIfNoEntry: false }) === undefined),
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
