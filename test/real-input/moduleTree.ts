import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { readModuleFacts } from '../../src/core/facts/moduleFacts.ts';
import { comparePaths } from '../../src/core/order.ts';
import type { Listing, Problem, Source } from '../../src/core/types.ts';

/** Makes a folder for one test below the system's own and hands back how to remove it. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'atomic-index-real-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes files given by relative path. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [relativePath, text] of Object.entries(files)) {
    const absolutePath = join(folder, relativePath);
    mkdirSync(dirname(absolutePath), { recursive: true });
    writeFileSync(absolutePath, text);
  }
}

/** Lists the files below a folder that a filter takes, with `/` between the parts of their paths, in our order. */
export function listFiles(folder: string, isWanted: (relativePath: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter(isWanted)
    .sort(comparePaths);
}

/** Reads modules into a listing as a scan would. */
export async function listModules(
  folder: string,
  relativePaths: readonly string[],
  output: string,
): Promise<{ readonly listing: Listing; readonly problems: readonly Problem[] }> {
  const sources: Source[] = [];
  const problems: Problem[] = [];
  for (const relativePath of relativePaths) {
    const reading = await readModuleFacts(readFileSync(join(folder, relativePath), 'utf8'), relativePath);
    sources.push({ relativePath, facts: reading.facts });
    problems.push(...reading.problems);
  }
  return { listing: { folder: '', outputFromFolder: output, sources }, problems };
}
