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

linuxOnly('the system calls of a write (fault layer, Linux)', function () {
  this.timeout(20_000);
  const folder = useTempFolder();
  const callsOf = async (options: object): Promise<string[]> => {
    const log = `${folder.path}.calls`;
    try {
      const args = [folder.at('a.txt'), newText, JSON.stringify(options)];
      await runUnderFaults('writeOnce.js', args, [], folder.path, log);
      return fs.readFileSync(log, 'utf8').trim().split('\n');
    } finally {
      fs.rmSync(log, { force: true });
    }
  };

  it('sync the file before the rename and the folder after it', async () => {
    fs.writeFileSync(folder.at('a.txt'), oldText);
    const expected = [
      'exclusive private open',
      'write',
      'fchmod',
      'fsync',
      'close',
      'rename',
      'opendir',
      'fsyncdir',
    ];
    assert.deepEqual(await callsOf({}), expected);
  });

  it('leave out what a lower durability does not ask for', async () => {
    fs.writeFileSync(folder.at('a.txt'), oldText);
    assert.deepEqual(await callsOf({ durability: 'data' }), [
      'exclusive private open',
      'write',
      'fchmod',
      'fsync',
      'close',
      'rename',
    ]);
    assert.deepEqual(await callsOf({ durability: 'none' }), [
      'exclusive private open',
      'write',
      'fchmod',
      'close',
      'rename',
    ]);
  });

  it('create exclusively by link, and remove the temp name', async () => {
    const expected = [
      'exclusive private open',
      'write',
      'fchmod',
      'fsync',
      'close',
      'link',
      'unlink',
      'opendir',
      'fsyncdir',
    ];
    assert.deepEqual(await callsOf({ exclusive: true }), expected);
  });

  it('are none for unchanged content', async () => {
    fs.writeFileSync(folder.at('a.txt'), newText);
    fs.writeFileSync(`${folder.path}.calls`, '');
    assert.deepEqual(await callsOf({ ifChanged: true }), ['']);
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
