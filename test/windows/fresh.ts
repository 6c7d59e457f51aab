import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { repositoryFile } from '../support/repository.ts';
import type { Output, ProjectName, Tree } from './tree.ts';

const run = promisify(execFile);

/** The command-line tool as it is published. */
export const commandLineTool = repositoryFile('dist', 'cli.mjs');

/** What the outputs would be if they were made anew, by the command-line tool, from a copy of all other files. */
export async function freshTexts(
  tree: Tree,
  projects: readonly ProjectName[],
): Promise<ReadonlyMap<string, string>> {
  const outputs: readonly Output[] = tree.outputsOf(projects);
  const files = new Set(outputs.map(({ file }) => file));
  const parent = path.dirname(tree.harbour);
  const copy = await mkdtemp(path.join(parent, 'fresh-'));
  try {
    await cp(tree.harbour, path.join(copy, path.basename(tree.harbour)), {
      recursive: true,
      // Temp files come and go; a copy would stumble over one that is gone.
      filter: (source) => !/^\.(git$|~ai-)/.test(path.basename(source)) && !files.has(source),
    });
    const inCopy = (file: string): string => path.join(copy, path.relative(parent, file));
    for (const project of projects)
      await run(process.execPath, [commandLineTool, 'regenerate', inCopy(tree[project])]);
    const texts = await Promise.all(
      outputs.map(async ({ file }) => [file, await readFile(inCopy(file), 'utf8')] as const),
    );
    return new Map(texts);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
