import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { sweepTempFiles } from '../../src/atomic-write/index.ts';
import { type Fault, runUnderFaults } from '../support/faultLayer.ts';
import { leftoversIn } from '../support/leftovers.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;
const oldText = 'old '.repeat(3000);
const newText = 'new '.repeat(5000);

linuxOnly('a write whose cleanup fails (fault layer, Linux)', function () {
  this.timeout(20_000);
  const folder = useTempFolder();

  it('tells the first error when the cleanup fails too, and has cleaned up at the end of the process', async () => {
    fs.writeFileSync(folder.at('a.txt'), oldText);
    const { output } = await runUnderFaults(
      'writeOnce.js',
      [folder.at('a.txt'), newText],
      [
        { operation: 'write', what: 'ENOSPC' },
        { operation: 'unlink', what: 'EBUSY', times: 1 },
      ],
      folder.path,
    );
    assert.match(output, /"step":"write","code":"ENOSPC"/);
    assert.deepEqual(fs.readdirSync(folder.path), ['a.txt']);
  });
});

linuxOnly('the temp file of a write (fault layer, Linux)', function () {
  this.timeout(20_000);
  const folder = useTempFolder();

  it('is created exclusively, and readable by its maker alone where the file is private', async () => {
    fs.writeFileSync(folder.at('a.txt'), oldText);
    fs.chmodSync(folder.at('a.txt'), 0o640);
    const log = `${folder.path}.calls`;
    try {
      await runUnderFaults('writeOnce.js', [folder.at('a.txt'), newText], [], folder.path, log);
      assert.match(fs.readFileSync(log, 'utf8'), /^exclusive private open\n/);
    } finally {
      fs.rmSync(log, { force: true });
    }
  });
});

linuxOnly('the folder syncs of many writes at once (fault layer, Linux)', function () {
  this.timeout(20_000);
  const folder = useTempFolder();
  /** Many while the first is going on, and one after all. */
  const syncFolders = async (faults: readonly Fault[]) => {
    const log = `${folder.path}.calls`;
    try {
      const { output } = await runUnderFaults('syncFolders.js', [folder.path], faults, folder.path, log);
      const calls = fs.readFileSync(log, 'utf8').split('\n');
      const ends: readonly (boolean | string)[] = JSON.parse(output);
      return { ends, syncs: calls.filter((call) => call.startsWith('fsyncdir')).length };
    } finally {
      fs.rmSync(log, { force: true });
    }
  };

  it('are shared, but never one that had begun before', async () => {
    const { ends, syncs } = await syncFolders([]);
    assert.ok(ends.length > 3 && ends.every((end) => end === true), String(ends));
    assert.equal(syncs, 3, 'the first, the one for all who came while it was going on, the last');
  });

  it('fail with the one that they waited for, since the next one would hide what was lost', async () => {
    const { ends, syncs } = await syncFolders([{ operation: 'fsyncdir', what: 'EIO', times: 1 }]);
    assert.deepEqual([...new Set(ends.slice(0, -1))], ['EIO']);
    assert.deepEqual([ends.at(-1), syncs], [true, 2]);
  });
});

linuxOnly('a writer that is killed (fault layer, Linux)', function () {
  this.timeout(20_000);
  const folder = useTempFolder();
  const points: readonly [Fault['operation'], Fault['what'], 'old' | 'new'][] = [
    ['open', 'KILL', 'old'],
    ['open', 'KILLAFTER', 'old'],
    ['write', 'KILL', 'old'],
    ['write', 'KILLAFTER', 'old'],
    ['fchmod', 'KILLAFTER', 'old'],
    ['fsync', 'KILL', 'old'],
    ['fsync', 'KILLAFTER', 'old'],
    ['close', 'KILLAFTER', 'old'],
    ['rename', 'KILL', 'old'],
    ['rename', 'KILLAFTER', 'new'],
    ['fsyncdir', 'KILL', 'new'],
    ['fsyncdir', 'KILLAFTER', 'new'],
  ];
  for (const [operation, what, survivor] of points) {
    it(`leaves the ${survivor} file whole: ${what === 'KILL' ? 'before' : 'after'} ${operation}`, async () => {
      fs.writeFileSync(folder.at('a.txt'), oldText);
      fs.chmodSync(folder.at('a.txt'), 0o640);
      const { signal } = await runUnderFaults(
        'writeOnce.js',
        [folder.at('a.txt'), newText],
        [{ operation, what }],
        folder.path,
      );
      assert.equal(signal, 'SIGKILL');
      assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), survivor === 'old' ? oldText : newText);
      await sweepTempFiles(folder.path);
      assert.deepEqual(leftoversIn(folder.path), []);
    });
  }

  it('between link and unlink leaves a new file that can be written and swept', async () => {
    const { signal } = await runUnderFaults(
      'writeOnce.js',
      [folder.at('a.txt'), newText, '{"exclusive":true}'],
      [{ operation: 'link', what: 'KILLAFTER' }],
      folder.path,
    );
    assert.equal(signal, 'SIGKILL');
    assert.equal(fs.statSync(folder.at('a.txt')).nlink, 2);
    const { output } = await runUnderFaults('writeOnce.js', [folder.at('a.txt'), 'next'], [], folder.path);
    assert.match(output, /"outcome":"written"/);
    await sweepTempFiles(folder.path);
    assert.deepEqual(fs.readdirSync(folder.path), ['a.txt']);
  });
});
