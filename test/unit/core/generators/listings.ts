import assert from 'node:assert/strict';
import { readModuleFacts } from '../../../../src/core/facts/moduleFacts.ts';
import { comparePaths } from '../../../../src/core/order.ts';
import type { Listing, PageFacts } from '../../../../src/core/types.ts';

/** What a test says of a page: its title, or more. */
export type PageSpec = string | Omit<PageFacts, 'kind'>;

/** Makes a listing of pages, sorted as a scan sorts it. */
export function listPages(
  pages: Readonly<Record<string, PageSpec>>,
  output = 'index.md',
  folder = 'docs',
): Listing {
  const sources = Object.entries(pages)
    .map(([relativePath, spec]) => {
      const facts: PageFacts = { kind: 'page', ...(typeof spec === 'string' ? { title: spec } : spec) };
      return { relativePath, facts };
    })
    .sort((a, b) => comparePaths(a.relativePath, b.relativePath));
  return { folder, outputFromFolder: output, sources };
}

/** Makes a listing of modules from their texts, sorted as a scan sorts it. */
export async function listModules(
  files: Readonly<Record<string, string>>,
  output = 'index.ts',
  folder = 'lib',
  more: Pick<Listing, 'inputs' | 'outputs'> = {},
): Promise<Listing> {
  const sources = [];
  for (const relativePath of Object.keys(files).sort(comparePaths)) {
    const { facts, problems } = await readModuleFacts(files[relativePath] ?? '', relativePath);
    assert.deepEqual(problems, []);
    sources.push({ relativePath, facts });
  }
  return { folder, outputFromFolder: output, sources, ...more };
}
