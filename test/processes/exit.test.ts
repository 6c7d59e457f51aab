import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { sweepTempFiles } from '../../src/atomic-write/index.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const module = JSON.stringify(`file://${repositoryFile('out/src/atomic-write/index.js')}`);

describe('the end of a process in the middle of a write', () => {
  const folder = useTempFolder();
  const endings: readonly [string, string][] = [
    ['process.exit', 'process.exit(3);'],
    [
      'an exception nobody catches',
      "setImmediate(() => { throw new Error('bug'); }); await new Promise(() => {});",
    ],
    ['running out of work', ''],
  ];
  for (const [name, ending] of endings) {
    it(`removes its temp files: ${name}`, () => {
      fs.writeFileSync(folder.at('a.txt'), 'old');
      const code = `
        import { AtomicFile } from ${module};
        import * as fs from 'node:fs';
        const handle = await AtomicFile.open('a.txt');
        await handle.write('half');
        console.log(fs.readdirSync('.').length);
        ${ending}`;
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
        cwd: folder.path,
        encoding: 'utf8',
      });
      assert.equal(child.stdout.trim(), '2');
      assert.deepEqual(fs.readdirSync(folder.path), ['a.txt']);
      assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'old');
    });
  }

  it('takes no temp file along that a batch has made final', async () => {
    const code = `
      import { atomicWriteBatch } from ${module};
      import * as fs from 'node:fs';
      setInterval(() => {
        if (fs.readdirSync('.').some((name) => name.endsWith('-j.tmp'))) process.exit(3);
      }, 0);
      for (let version = 0; ; version++) {
        const entries = Array.from({ length: 100 }, (_, n) => ({ path: n + '.txt', content: String(version) }));
        await atomicWriteBatch(entries, { journalFolder: '.', durability: 'none' });
      }`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder.path });
    assert.equal(child.status, 3);
    await sweepTempFiles(folder.path);
    const texts = fs.readdirSync(folder.path).map((name) => fs.readFileSync(folder.at(name), 'utf8'));
    assert.equal(texts.length, 100);
    assert.equal(new Set(texts).size, 1, `versions ${[...new Set(texts)]}`);
  });
});
