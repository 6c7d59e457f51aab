import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { sweepTempFiles } from '../../src/atomic-write/index.ts';
import { type Fault, runUnderFaults } from '../support/faultLayer.ts';
import { leftoversIn } from '../support/leftovers.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;
const oldText = 'old '.repeat(3000);
const newText = 'new '.repeat(5000);

linuxOnly('a write whose system calls fail (fault layer, Linux)', function () {
  this.timeout(20_000);
  const folder = useTempFolder();
  const write = async (faults: readonly Fault[], options: object = {}, file = folder.at('a.txt')) => {
    const { output, signal } = await runUnderFaults(
      'writeOnce.js',
      [file, newText, JSON.stringify(options)],
      faults,
      folder.path,
    );
    assert.equal(signal, null);
    return JSON.parse(output) as {
      readonly error?: { readonly step: string; readonly code: string; readonly message: string };
      readonly result?: { readonly durability: string; readonly renameRetries: number };
    };
  };

  const matrix: readonly [Fault['operation'], string, readonly Fault['what'][]][] = [
    ['open', 'createTemp', ['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EACCES', 'EROFS', 'EIO', 'ESTALE']],
    ['write', 'write', ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'ESTALE']],
    ['fchmod', 'setMode', ['EPERM', 'EIO', 'EROFS']],
    ['fsync', 'sync', ['EIO', 'ENOSPC', 'EDQUOT', 'ESTALE']],
    ['close', 'close', ['EIO', 'ENOSPC', 'EDQUOT']],
    ['rename', 'rename', ['ENOSPC', 'EIO', 'EROFS', 'ESTALE', 'EXDEV', 'EDQUOT']],
  ];
  for (const [operation, step, codes] of matrix) {
    for (const what of codes) {
      it(`keeps the old file and says so: ${what} at ${operation}`, async () => {
        fs.writeFileSync(folder.at('a.txt'), oldText);
        const { error } = await write([{ operation, what }]);
        assert.deepEqual([error?.step, error?.code], [step, what]);
        assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), oldText);
        assert.deepEqual(fs.readdirSync(folder.path), ['a.txt']);
      });
    }
  }

  for (const what of ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'] as const) {
    it(`keeps the old file when a short write is followed by ${what}`, async () => {
      fs.writeFileSync(folder.at('a.txt'), oldText);
      const { error } = await write([
        { operation: 'write', what: 'SHORT', times: 1 },
        { operation: 'write', what },
      ]);
      assert.deepEqual([error?.step, error?.code], ['write', what]);
      assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), oldText);
      assert.deepEqual(fs.readdirSync(folder.path), ['a.txt']);
    });
  }

  it('writes all bytes when every write is short', async () => {
    const { result } = await write([{ operation: 'write', what: 'SHORT', times: 30 }]);
    assert.ok(result);
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), newText);
  });

  it('keeps the old file when fewer bytes arrived than were claimed', async () => {
    fs.writeFileSync(folder.at('a.txt'), oldText);
    const { error } = await write([{ operation: 'write', what: 'LIE' }]);
    assert.deepEqual([error?.step, error?.code], ['verify', 'SHORT_WRITE']);
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), oldText);
  });

  it('has the new file in place and tells that it may not survive a power cut: EIO at the folder sync', async () => {
    fs.writeFileSync(folder.at('a.txt'), oldText);
    const { error } = await write([{ operation: 'fsyncdir', what: 'EIO' }]);
    assert.deepEqual([error?.step, error?.code], ['syncFolder', 'EIO']);
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), newText);
  });

  for (const fault of [
    { operation: 'fsyncdir', what: 'EINVAL' },
    { operation: 'opendir', what: 'EACCES' },
  ] as const) {
    it(`says that less was reached where a folder can't be synced: ${fault.what} at ${fault.operation}`, async () => {
      const { result } = await write([fault]);
      assert.equal(result?.durability, 'data');
    });
  }

  it('keeps the old file when a missing parent cannot be made', async () => {
    const { error } = await write([{ operation: 'mkdir', what: 'ENOSPC' }], {}, folder.at('sub', 'a.txt'));
    assert.deepEqual([error?.step, error?.code], ['makeFolder', 'ENOSPC']);
  });

  for (const what of ['EPERM', 'EACCES', 'EBUSY'] as const) {
    for (const times of [3, 8]) {
      it(`goes on after ${times} renames blocked by ${what}, though the target exists`, async () => {
        fs.writeFileSync(folder.at('a.txt'), oldText);
        const { result } = await write([{ operation: 'rename', what, times }], { renameDeadlineMs: 10_000 });
        assert.equal(result?.renameRetries, times);
        assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), newText);
      });
    }

    it(`gives up at the deadline when renames stay blocked by ${what}`, async () => {
      fs.writeFileSync(folder.at('a.txt'), oldText);
      const { error } = await write([{ operation: 'rename', what }], { renameDeadlineMs: 200 });
      assert.deepEqual([error?.step, error?.code], ['rename', what]);
      assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), oldText);
    });
  }

  it('never repeats a sync that failed', async () => {
    const { error } = await write([{ operation: 'fsync', what: 'EIO', times: 1 }]);
    assert.deepEqual([error?.step, error?.code], ['sync', 'EIO']);
  });

  it('takes another name when the first ones exist already', async () => {
    assert.ok((await write([{ operation: 'open', what: 'EEXIST', times: 4 }])).result);
    assert.equal((await write([{ operation: 'open', what: 'EEXIST' }])).error?.code, 'EEXIST');
  });

  it('creates a file without link(2) where the file system has none, but not exclusively', async () => {
    const fault: Fault = { operation: 'link', what: 'EPERM' };
    assert.equal((await write([fault], { exclusive: true })).error?.code, 'EPERM');
    assert.ok((await write([fault], { expected: 'absent' })).result);
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
