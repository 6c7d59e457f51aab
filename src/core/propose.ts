import * as path from 'node:path';
import { AtomicWriteError, atomicWriteText } from '../atomic-write/index.ts';
import { defaultMaxFiles } from './project/loadProject.ts';
import { projectFileName } from './project/projectFileName.ts';
import { readSourceText } from './scan/readText.ts';
import { walk } from './scan/walk.ts';

type Proposal = { readonly comment: string; readonly entry: Readonly<Record<string, unknown>> };

/** Writes a first project file for a root: filled in with what is there, and with an example where nothing is. */
export async function proposeProjectFile(absoluteRoot: string): Promise<string> {
  const { files } = await walk(absoluteRoot, {
    includesHidden: false,
    maxEntries: defaultMaxFiles,
    signal: undefined,
  });
  const decisions = decisionFolders(files);
  const isDecision = (file: string) => decisions.some(({ folder }) => path.posix.dirname(file) === folder);
  const proposals = [
    ...pageFolders(
      files.filter((file) => !isDecision(file)),
      /^(docs?|documentation|guides?|adr|handbook|wiki)$/i,
      /\.(md|markdown)$/i,
      'markdown-index',
    ).map((proposal) => withoutLogs(proposal, decisions)),
    ...decisions.map(({ folder, count, hasOwn }) => ({
      comment: `${count} decision records in ${folder}.${hasOwn ? ownIndex('index.md') : ''}`,
      entry: { generator: 'adr-log', folder, output: 'index.md' },
    })),
    ...pageFolders(files, /^(site|public|www|html|static)$/i, /\.html?$/i, 'html-index'),
    ...(await barrels(absoluteRoot, files)),
  ];
  return print(proposals.length > 0 ? proposals : [example]);
}

/**
 * Creates the project file of a root, and never overwrites one.
 * @throws {AtomicWriteError} when the file can't be written.
 */
export async function createProjectFile(absoluteRoot: string, text: string): Promise<'created' | 'exists'> {
  try {
    await atomicWriteText(path.join(absoluteRoot, projectFileName), text, { exclusive: true });
    return 'created';
  } catch (error) {
    if (error instanceof AtomicWriteError && error.code === 'EEXIST') return 'exists';
    throw error;
  }
}

const example: Proposal = {
  comment: 'An example: list the Markdown pages of a folder "docs" in docs/index.md.',
  entry: { generator: 'markdown-index', folder: 'docs', output: 'index.md' },
};

function ownIndex(output: string): string {
  return ` ${output} is there already; it is left alone until you overwrite it.`;
}

type DecisionFolder = { readonly folder: string; readonly count: number; readonly hasOwn: boolean };

/** Folders named as adr-tools and MADR name theirs, with numbered files in them. */
function decisionFolders(files: readonly string[]): readonly DecisionFolder[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = path.posix.dirname(file);
    const isRecord = /^(?:adr[-_]?)?\d{3,4}[-_].*\.(?:md|markdown)$/i.test(path.posix.basename(file));
    if (isRecord && /(?:^|\/)(?:adrs?|decisions)$/i.test(folder))
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .sort()
    .map(([folder, count]) => ({ folder, count, hasOwn: files.includes(`${folder}/index.md`) }));
}

/** A generated log is never listed by another target; naming it keeps the new project file free of notes. */
function withoutLogs(proposal: Proposal, decisions: readonly DecisionFolder[]): Proposal {
  const root = `${proposal.entry['folder']}/`;
  const exclude = decisions
    .filter(({ folder }) => folder.startsWith(root))
    .map(({ folder }) => `${folder.slice(root.length)}/index.md`);
  return exclude.length === 0 ? proposal : { ...proposal, entry: { ...proposal.entry, exclude } };
}

function pageFolders(
  files: readonly string[],
  name: RegExp,
  ending: RegExp,
  generator: 'markdown-index' | 'html-index',
): Proposal[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const [folder = '', ...rest] = file.split('/');
    if (rest.length > 0 && name.test(folder) && ending.test(file))
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const output = generator === 'markdown-index' ? 'index.md' : 'index.html';
  return [...counts].sort().map(([folder, count]) => {
    const hasOwn = files.includes(`${folder}/${output}`);
    const note = hasOwn ? ownIndex(output) : '';
    return { comment: `${count} pages in ${folder}.${note}`, entry: { generator, folder, output } };
  });
}

/** A folder wants a barrel when its `index` only passes on what others export, or when it is a package's sources. */
async function barrels(absoluteRoot: string, files: readonly string[]): Promise<Proposal[]> {
  const proposals: Proposal[] = [];
  const packages = new Set(
    files.flatMap((file) => /^packages\/[^/]+\/src(?=\/[^/]+\.tsx?$)/.exec(file)?.[0] ?? []),
  );
  if (packages.size > 0) {
    const entry = { generator: 'barrel', folders: 'packages/*/src', output: 'index.ts' };
    proposals.push({ comment: `One barrel for each of ${packages.size} packages.`, entry });
  }
  for (const file of files.filter((name) => /(^|\/)index\.[jt]sx?$/.test(name)).sort()) {
    const folder = path.posix.dirname(file);
    if (packages.has(folder)) continue;
    const source = await readSourceText(path.join(absoluteRoot, file));
    if (source.kind !== 'text' || !isBarrel(source.text)) continue;
    const output = path.posix.basename(file);
    const comment = `${file} only passes on what others export; it is left alone until you overwrite it.`;
    proposals.push({ comment, entry: { generator: 'barrel', folder: folder === '.' ? '' : folder, output } });
  }
  return proposals;
}

function isBarrel(text: string): boolean {
  const statements = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').split(/;|\n(?=export)/);
  const said = statements.map((statement) => statement.trim()).filter((statement) => statement !== '');
  return said.length > 0 && said.every((statement) => /^export\b[\s\S]*\bfrom\s*['"]/.test(statement));
}

function print(proposals: readonly Proposal[]): string {
  const entries = proposals.map(({ comment, entry }) => {
    const pairs = Object.entries(entry).map(
      ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return `    // ${comment}\n    { ${pairs.join(', ')} }`;
  });
  return `// What Atomic Index keeps up to date: one target for each entry.\n// Comments are welcome here.\n{\n  "targets": [\n${entries.join(',\n')}\n  ]\n}\n`;
}
