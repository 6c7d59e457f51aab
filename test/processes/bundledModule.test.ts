import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

describe('the atomic-write module alone (dist/atomic-write.mjs)', function () {
  this.timeout(30_000);
  const folder = useTempFolder();
  const url = `file://${repositoryFile('dist', 'atomic-write.mjs')}`;

  it('can be imported by another program', () => {
    const code = `import { atomicWriteText } from '${url}'; console.log((await atomicWriteText('a.txt', 'ü')).bytes);`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    assert.deepEqual([child.stdout, child.stderr], ['2\n', '']);
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'ü');
  });

  it('writes several files as one for another program', () => {
    const code = `
      import { atomicWriteBatch, recoverBatches, sweepTempFiles } from '${url}';
      const entries = ['a.txt', 'sub/b.txt'].map((path) => ({ path, content: 'text' }));
      const results = await atomicWriteBatch(entries, { journalFolder: '.' });
      console.log(results.map(({ outcome }) => outcome).join(), (await recoverBatches('.')).recovered.length);`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    assert.deepEqual([child.stdout, child.stderr], ['written,written 0\n', '']);
    assert.equal(fs.readFileSync(folder.at('sub', 'b.txt'), 'utf8'), 'text');
  });

  it('collides with no other copy of itself in one process', () => {
    const code = `
      const copies = await Promise.all([1, 2, 3].map((n) => import('${url}?' + n)));
      await Promise.all(Array.from({ length: 90 }, (_, n) =>
        copies[n % 3].atomicWriteText('a.txt', 'text '.repeat(n * 100), { durability: 'none' })));`;
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder.path });
    assert.deepEqual(fs.readdirSync(folder.path), ['a.txt']);
  });

  it('has declarations that another program compiles against', () => {
    fs.writeFileSync(
      folder.at('use.mts'),
      `import { AtomicFile, AtomicWriteError, atomicWriteBatch, atomicWriteText, type BatchOptions, type WriteResult } from '${repositoryFile('dist', 'atomic-write.mjs')}';
       const result: WriteResult = await atomicWriteText('a', 'b', { durability: 'none', ifChanged: true });
       export const outcome: 'written' | 'unchanged' = result.outcome;
       export const wrong = (error: unknown): string | null => error instanceof AtomicWriteError ? error.step : null;
       const options: BatchOptions = { journalFolder: '.', onEntryError: 'leaveOut' };
       const [first] = await atomicWriteBatch([{ path: 'a', content: new Uint8Array(1), expected: 'absent' }], options);
       export const code: string = first instanceof AtomicWriteError ? first.code : (first?.outcome ?? '');
       const file = await AtomicFile.open('a');
       await file.write(new Uint16Array(1));
       // @ts-expect-error there is no such option
       await atomicWriteText('a', 'b', { durabilty: 'none' });`,
    );
    const compiler = repositoryFile('node_modules', 'typescript', 'bin', 'tsc');
    const types = repositoryFile('node_modules', '@types');
    const args = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--types',
      'node',
      '--typeRoots',
      types,
    ];
    const result = spawnSync(process.execPath, [compiler, ...args, folder.at('use.mts')], {
      encoding: 'utf8',
    });
    assert.deepEqual([result.status, result.stdout], [0, '']);
  });
});
