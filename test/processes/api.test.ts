import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { writeTree } from '../support/tree.ts';

const samples = {
  extension: repositoryFile('examples', 'extension', 'extension.js'),
  plugin: repositoryFile('examples', 'plugin', 'package', 'main.js'),
};

describe('the types for other extensions and packages (atomic-index/api)', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const compile = (...files: readonly string[]): string => {
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'node16'];
    const lib = ['--target', 'es2022', '--allowJs', '--checkJs', '--types', 'node,vscode'];
    const compiler = repositoryFile('node_modules', 'ts5', 'bin', 'tsc');
    const { stdout } = spawnSync(process.execPath, [compiler, ...options, ...lib, ...files], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    return stdout;
  };
  beforeEach(() => {
    writeTree(folder.path, { 'package.json': '{ "type": "commonjs" }' });
    // As npm would install it: what `exports` of the manifest names, and nothing else.
    fs.mkdirSync(folder.at('node_modules', 'atomic-index', 'dist'), { recursive: true });
    for (const name of ['package.json', 'dist/api.d.cts'])
      fs.copyFileSync(repositoryFile(name), folder.at('node_modules', 'atomic-index', name));
    for (const name of ['@types', 'undici-types'])
      fs.symlinkSync(repositoryFile('node_modules', name), folder.at('node_modules', name), 'junction');
  });

  // All in one, since a compiler takes seconds to begin with.
  it('fit the samples and what one does with the API, can be copied, and refuse what it does not take', () => {
    fs.copyFileSync(samples.extension, folder.at('extension.js'));
    fs.copyFileSync(samples.plugin, folder.at('main.mjs'));
    fs.writeFileSync(
      folder.at('use.ts'),
      `import type { AtomicIndexApi, RegenerateReport } from 'atomic-index/api';
       import * as vscode from 'vscode';
       export async function use(api: AtomicIndexApi, context: vscode.ExtensionContext): Promise<void> {
         const [report] = await api.regenerate(vscode.Uri.file('/folder'));
         const outcome: string | undefined = report?.targets[0]?.outcome;
         context.subscriptions.push(api.onDidRegenerate(({ problems }) => problems.length));
         const event: vscode.Event<RegenerateReport> = api.onDidRegenerate;
         const { isNew } = await api.atomicWriteText('a', outcome ?? '', { durability: 'none' });
         await api.atomicWriteBatch([{ path: 'a', content: new Uint8Array(1) }], { journalFolder: '.' });
         const file = await api.AtomicFile.open('a', { mode: 0o600 });
         await file.write(String(isNew));
         await file.commit();
         // @ts-expect-error there is no such option
         await api.atomicWriteText('a', 'b', { durabilty: 'none' });
         // @ts-expect-error a generator needs more
         api.registerGenerator({ id: 'sample.words' });
         void event;
       }`,
    );
    fs.copyFileSync(repositoryFile('dist', 'api.d.cts'), folder.at('atomicIndex.d.ts'));
    fs.writeFileSync(
      folder.at('copied.ts'),
      `import type { PageGenerator } from './atomicIndex';
       export const render: PageGenerator['render'] = async ({ sources }) => String(sources.length);`,
    );
    assert.equal(compile('extension.js', 'main.mjs', 'use.ts', 'copied.ts'), '');
  });

  it('describe a package that the command line takes', () => {
    fs.cpSync(repositoryFile('examples', 'plugin', 'project'), folder.at('project'), { recursive: true });
    fs.cpSync(
      repositoryFile('examples', 'plugin', 'package'),
      folder.at('project', 'node_modules', 'atomic-index-name-list'),
      { recursive: true },
    );
    const args = [
      repositoryFile('dist', 'cli.mjs'),
      'check',
      '--diff',
      '--allow-plugins',
      folder.at('project'),
    ];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.deepEqual([stdout, stderr, status], ['1 unchanged (nothing was written)\n', '', 0]);
  });
});
