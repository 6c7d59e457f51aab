import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { runProgram } from '../../host/runProgram.ts';
import { repositoryFile } from '../../support/repository.ts';

const manifest = {
  name: 'windows-test-driver',
  publisher: 'atomic-index-test',
  version: '1.0.0',
  description: 'Does in a window what a test says.',
  engines: { vscode: '^1.100.0' },
  extensionKind: ['workspace'],
  activationEvents: ['*'],
  capabilities: { untrustedWorkspaces: { supported: true } },
  main: './extension.cjs',
  license: 'MIT',
};

/** Builds the small extension that the test drives windows with, as a VSIX in an empty or new folder. */
export async function packageDriver(folder: string): Promise<string> {
  const vsix = path.join(folder, 'driver.vsix');
  if (existsSync(vsix)) return vsix;
  const source = path.join(folder, 'driver');
  await mkdir(source, { recursive: true });
  await esbuild.build({
    entryPoints: [repositoryFile('test', 'windows', 'driver', 'extension.ts')],
    outfile: path.join(source, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  await writeFile(path.join(source, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(source, 'README.md'), 'For tests.\n');
  const vsce = repositoryFile('node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '-o', vsix];
  await runProgram(process.execPath, [vsce, ...args], { cwd: source });
  return vsix;
}
