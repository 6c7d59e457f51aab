import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';

export type SuiteName = 'folder' | 'multi-root' | 'other-extension' | 'restricted' | 'two-windows';

/** The suites, each of which needs a window of its own; `two-windows` needs two at once on one workspace. */
export const suiteNames: readonly SuiteName[] = [
  'folder',
  'multi-root',
  'other-extension',
  'restricted',
  'two-windows',
];

/** For the sample extension in `examples/extension`. */
const tagProject = { targets: [{ generator: 'sample.tag-index', folder: 'docs', output: 'tags.md' }] };
const project = { targets: [{ generator: 'markdown-index', folder: 'docs', output: 'index.md' }] };

/** Makes what the window of a suite opens in an empty folder and returns its path: a folder or a `.code-workspace` file. */
export async function prepareWorkspace(suite: SuiteName, emptyFolder: string): Promise<string> {
  const root = path.join(emptyFolder, 'workspace');
  await fill(root, suite === 'other-extension' ? tagProject : project);
  if (suite !== 'multi-root') return root;
  await fill(path.join(root, 'nested'));
  // Not a workspace folder yet; a test adds it.
  await fill(path.join(emptyFolder, 'late'));
  const file = path.join(emptyFolder, 'both.code-workspace');
  const folders = [
    { name: 'outer', path: 'workspace' },
    { name: 'inner', path: 'workspace/nested' },
  ];
  await writeFile(file, JSON.stringify({ folders }));
  return file;
}

async function fill(folder: string, content: unknown = project): Promise<void> {
  await mkdir(path.join(folder, 'docs'), { recursive: true });
  await writeFile(path.join(folder, 'atomic-index.json'), JSON.stringify(content));
  await writeFile(path.join(folder, 'docs', 'first.md'), '---\ntags: [harbour]\n---\n# First page\n');
}
