import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runProgram } from '../host/runProgram.ts';
import { repositoryFile } from '../support/repository.ts';

/** Packages the sample extension as anybody would who has copied it, and gives the path of the VSIX. */
export async function packageSample(vsixFile: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'atomic-index-sample-'));
  try {
    await cp(repositoryFile('examples', 'extension'), folder, { recursive: true });
    const vsce = repositoryFile('node_modules', '@vscode', 'vsce', 'vsce');
    const args = [
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--skip-license',
      '--no-rewrite-relative-links',
      '-o',
      vsixFile,
    ];
    await runProgram(process.execPath, [vsce, ...args], { cwd: folder });
    return vsixFile;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
