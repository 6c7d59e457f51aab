import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runProgram } from '../host/runProgram.ts';
import { repositoryFile } from '../support/repository.ts';

const vsce = repositoryFile('node_modules', '@vscode', 'vsce', 'vsce');
const staged = [
  ...['dist', 'schemas', 'media', 'l10n', 'package.nls.json', '.vscodeignore'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE'],
];

/**
 * Packages what `dist` holds now into a VSIX and gives its path. A copy is packaged, without the scripts that would
 * first build anew: nothing changes under the tests that run.
 */
export async function packageVsix(vsixFile: string): Promise<string> {
  if (!existsSync(repositoryFile('dist', 'extension.cjs')))
    throw new Error('There is no dist/extension.cjs to package: run `npm run build` first.');
  const folder = await mkdtemp(path.join(tmpdir(), 'atomic-index-vsix-'));
  try {
    for (const name of staged) await cp(repositoryFile(name), path.join(folder, name), { recursive: true });
    const manifest: Record<string, unknown> = JSON.parse(
      readFileSync(repositoryFile('package.json'), 'utf8'),
    );
    const { scripts: _, devDependencies: __, ...published } = manifest;
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(published, undefined, 2));
    // In a process of its own: on an error it ends the whole process that it runs in.
    await runProgram(
      process.execPath,
      [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', vsixFile],
      { cwd: folder },
    );
    return vsixFile;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lists the files that would be published, in order; `package.json` says how. */
export async function listPublished(): Promise<string[]> {
  const output = await runProgram(process.execPath, [vsce, 'ls', '--no-dependencies'], {
    cwd: repositoryFile(),
  });
  return output
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}
