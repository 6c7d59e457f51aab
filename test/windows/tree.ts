import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { writeTree } from '../support/tree.ts';
import type { Random } from './random.ts';

const run = promisify(execFile);

/** The folders of projects: the harbour is the parent of the pier, and both have a project file. */
export type ProjectName = 'harbour' | 'pier';

/** What an output lists. A page lies in `docs`, a module in `src`. */
export type Area = 'docs' | 'src';

export type Output = { readonly file: string; readonly project: ProjectName; readonly area: Area };

export type Tree = {
  readonly harbour: string;
  readonly pier: string;
  /** Where the files of this kind are made, renamed and removed; git does not know them. */
  folderOf(area: Area): string;
  /** The names in that folder that are not generated, in order. */
  namesIn(area: Area): readonly string[];
  outputsOf(projects: readonly ProjectName[]): readonly Output[];
  /** Puts the first branch of the pages and a few files of each kind in place, and removes all else but the outputs. */
  reset(): Promise<void>;
  /** Swaps all pages by a checkout of the branch that is not there. */
  checkout(): Promise<void>;
};

const settings = {
  // VS Code's own git would now and then hold the lock that a checkout needs.
  'git.enabled': false,
};

const projects: Readonly<Record<ProjectName, readonly object[]>> = {
  pier: [
    { generator: 'markdown-index', folder: 'docs', output: 'index.md' },
    { generator: 'html-index', folder: 'docs', output: 'pages.html' },
    { generator: 'barrel', folder: 'src', output: 'index.ts' },
  ],
  harbour: [
    // The same file as the first target of the pier, and the same text.
    { generator: 'markdown-index', folder: 'pier/docs', output: 'index.md' },
    { generator: 'markdown-index', folder: 'pier', output: '../contents.md' },
  ],
};

const branches = ['low-tide', 'high-tide'] as const;

/** Makes a tree in an empty folder, with a git repository of two branches that differ in all their pages. */
export async function makeTree(folder: string, pages: number): Promise<Tree> {
  const harbour = path.join(folder, 'harbour');
  const pier = path.join(harbour, 'pier');
  const git = (...args: string[]) => run('git', args, { cwd: pier });
  const commit = async (message: string): Promise<void> => {
    await git('add', 'docs/pages');
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
    await git(...author, 'commit', '-q', '-m', message);
  };
  const pagesOf = (branch: string) =>
    Object.fromEntries(
      Array.from({ length: pages }, (_, number) => [
        `docs/pages/${branch.slice(0, number % 2)}page-${number + 1}.md`,
        `# Page ${number + 1} at ${branch}\n`,
      ]),
    );
  const writeProject = (name: ProjectName, place: string): void =>
    writeTree(place, {
      'atomic-index.json': JSON.stringify({ targets: projects[name] }),
      '.vscode/settings.json': JSON.stringify(settings),
    });

  mkdirSync(pier, { recursive: true });
  writeProject('harbour', harbour);
  writeProject('pier', pier);
  await git('init', '-q', '-b', branches[1]);
  writeTree(pier, pagesOf(branches[1]));
  await commit(branches[1]);
  await git('checkout', '-q', '-b', branches[0]);
  rmSync(path.join(pier, 'docs', 'pages'), { recursive: true });
  writeTree(pier, pagesOf(branches[0]));
  await commit(branches[0]);

  const folderOf = (area: Area) =>
    area === 'docs' ? path.join(pier, 'docs', 'notes') : path.join(pier, 'src');
  for (const area of ['docs', 'src'] as const) mkdirSync(folderOf(area));
  const namesIn = (area: Area): readonly string[] =>
    readdirSync(folderOf(area))
      .filter((name) => name !== 'index.ts')
      .sort();
  const outputs: readonly Output[] = [
    { file: path.join(pier, 'docs', 'index.md'), project: 'pier', area: 'docs' },
    { file: path.join(pier, 'docs', 'pages.html'), project: 'pier', area: 'docs' },
    { file: path.join(pier, 'src', 'index.ts'), project: 'pier', area: 'src' },
    { file: path.join(harbour, 'contents.md'), project: 'harbour', area: 'docs' },
  ];
  let branch = 0;
  return {
    harbour,
    pier,
    folderOf,
    namesIn,
    outputsOf: (names) => outputs.filter(({ project }) => names.includes(project)),
    reset: async () => {
      if (branch !== 0) await git('checkout', '-q', branches[0]);
      branch = 0;
      // The folders stay: without one its target can't be made.
      for (const area of ['docs', 'src'] as const) {
        for (const name of namesIn(area)) rmSync(path.join(folderOf(area), name));
      }
      const files: Record<string, string> = {};
      for (let number = 1; number <= 4; number++) {
        files[`docs/notes/note-${number}.md`] = `# Note ${number}\n`;
        files[`src/module${number}.ts`] = `export const first${number} = ${number};\n`;
      }
      writeTree(pier, files);
    },
    checkout: async () => {
      branch = 1 - branch;
      await git('checkout', '-q', branches[branch] ?? branches[0]);
    },
  };
}

// Above the numbers of the files that a tree begins with.
let lastNumber = 100;

/** A text for a file of an area that no file had before. */
export function newText(area: Area, random: Random): string {
  const number = ++lastNumber;
  const length = random.below(20);
  return area === 'docs'
    ? `# Tide ${number}\n\n${'Water. '.repeat(length)}\n`
    : `export const tide${number} = ${length};\n`;
}

/** A name for a file of an area that no file had before. */
export function newName(area: Area): string {
  const number = ++lastNumber;
  return area === 'docs' ? `note-${number}.md` : `module${number}.ts`;
}
