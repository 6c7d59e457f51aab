import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { atomicWriteBytes, atomicWriteText } from '../../../src/atomic-write/index.ts';
import { expectWriteError } from '../../support/expectError.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('atomicWriteText and atomicWriteBytes', () => {
  const folder = useTempFolder();

  it('write a new file with any text', async () => {
    const text = 'Grüße, 世界 🌍\r\n\u0000 e\u0301 é';
    const result = await atomicWriteText(folder.at('a.txt'), text);
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), text);
    assert.deepEqual(result, {
      outcome: 'written',
      bytes: Buffer.byteLength(text),
      path: folder.at('a.txt'),
      isNew: true,
      durability: process.platform === 'win32' ? 'data' : 'full',
      renameRetries: 0,
      isOwnerKept: true,
    });
  });

  it('overwrite a longer file completely', async () => {
    fs.writeFileSync(folder.at('a.txt'), 'old '.repeat(1000));
    const result = await atomicWriteText(folder.at('a.txt'), 'new');
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'new');
    assert.equal(result.isNew, false);
  });

  it('write an empty file', async () => {
    await atomicWriteText(folder.at('a.txt'), '');
    assert.equal(fs.statSync(folder.at('a.txt')).size, 0);
  });

  it('honour the encoding', async () => {
    await atomicWriteText(folder.at('a.txt'), 'ü', { encoding: 'utf16le' });
    assert.deepEqual([...fs.readFileSync(folder.at('a.txt'))], [0xfc, 0]);
  });

  it('write all bytes of views of any element size, and only those of the view', async () => {
    const buffer = new Uint8Array([9, 1, 2, 3, 4, 5, 6, 7, 8, 9]).buffer;
    const cases: [ArrayBufferView, number[]][] = [
      [new Uint8Array(buffer, 1, 3), [1, 2, 3]],
      [new Uint16Array(buffer, 2, 2), [2, 3, 4, 5]],
      [new DataView(buffer, 1, 2), [1, 2]],
      [Buffer.from([0, 255]), [0, 255]],
    ];
    for (const [view, expected] of cases) {
      await atomicWriteBytes(folder.at('a.bin'), view);
      assert.deepEqual([...fs.readFileSync(folder.at('a.bin'))], expected);
    }
  });

  it('write 10 MB', async () => {
    const bytes = Buffer.alloc(10 * 1024 * 1024, 'abcdefghij');
    await atomicWriteBytes(folder.at('a.bin'), bytes);
    assert.ok(fs.readFileSync(folder.at('a.bin')).equals(bytes));
  });

  it('make missing parents, unless asked not to', async () => {
    await atomicWriteText(folder.at('x', 'y', 'a.txt'), 'text');
    assert.equal(fs.readFileSync(folder.at('x', 'y', 'a.txt'), 'utf8'), 'text');
    await expectWriteError(atomicWriteText(folder.at('z', 'a.txt'), 'text', { ensureParent: false }), {
      code: 'ENOENT',
      step: 'createTemp',
      retryable: false,
    });
    assert.equal(fs.existsSync(folder.at('z')), false);
  });

  it('keep the order of calls: the last one wins', async () => {
    const file = folder.at('a.txt');
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => atomicWriteText(file, `${n}`, { durability: 'none' })),
    );
    assert.equal(fs.readFileSync(file, 'utf8'), '49');
  });

  it('write many different files at once', async () => {
    const names = Array.from({ length: 200 }, (_, n) => `file ${n}.txt`);
    await Promise.all(names.map((name) => atomicWriteText(folder.at(name), name)));
    for (const name of names) assert.equal(fs.readFileSync(folder.at(name), 'utf8'), name);
  });

  it('refuse a folder, a path that ends like one, a pipe and an empty path', async () => {
    fs.mkdirSync(folder.at('sub'));
    await expectWriteError(atomicWriteText(folder.at('sub'), 'x'), {
      code: 'EISDIR',
      step: 'inspect',
      retryable: false,
    });
    await expectWriteError(atomicWriteText(`${folder.at('new')}/`, 'x'), {
      code: 'EISDIR',
      step: 'resolve',
      retryable: false,
    });
    await expectWriteError(atomicWriteText('', 'x'), { code: 'ENOENT', step: 'resolve', retryable: false });
    await expectWriteError(atomicWriteText(folder.at('a\u0000b'), 'x'), {
      code: 'ILLEGAL_NAME',
      step: 'resolve',
      retryable: false,
    });
    if (process.platform === 'win32') return;
    await expectWriteError(atomicWriteText('/dev/null', 'x'), {
      code: 'NOT_A_FILE',
      step: 'inspect',
      retryable: false,
    });
  });

  it('refuse a parent that is a file', async () => {
    fs.writeFileSync(folder.at('file'), 'old');
    await assert.rejects(atomicWriteText(folder.at('file', 'a.txt'), 'x'), { name: 'AtomicWriteError' });
    assert.equal(fs.readFileSync(folder.at('file'), 'utf8'), 'old');
  });

  it('refuse a parent that cannot be made', async () => {
    fs.writeFileSync(folder.at('file'), 'old');
    await assert.rejects(atomicWriteText(folder.at('file', 'sub', 'a.txt'), 'x'), {
      name: 'AtomicWriteError',
    });
  });

  it('end with ABORTED when the signal is aborted, before or during the write', async () => {
    const file = folder.at('a.txt');
    fs.writeFileSync(file, 'old');
    await expectWriteError(atomicWriteText(file, 'new', { signal: AbortSignal.abort() }), {
      code: 'ABORTED',
      step: 'resolve',
      retryable: false,
    });
    const controller = new AbortController();
    await expectWriteError(
      atomicWriteText(file, 'new', { signal: controller.signal, beforeRename: () => controller.abort() }),
      { code: 'ABORTED', step: 'guard', retryable: false },
    );
    assert.equal(fs.readFileSync(file, 'utf8'), 'old');
  });

  it('let the caller refuse right before the rename', async () => {
    const file = folder.at('a.txt');
    fs.writeFileSync(file, 'old');
    const reason = new Error('the editor has unsaved changes');
    const refusal = atomicWriteText(file, 'new', {
      beforeRename: () => {
        throw reason;
      },
    });
    const error = await expectWriteError(refusal, { code: 'REFUSED', step: 'guard', retryable: false });
    assert.equal(error.cause, reason);
    assert.equal(fs.readFileSync(file, 'utf8'), 'old');
  });
});

describe('names', () => {
  const folder = useTempFolder();
  const names = [
    'a',
    'x'.repeat(255),
    '界'.repeat(85),
    '🌍'.repeat(63),
    ' lead',
    '-dash',
    'a b#%?.md',
    '.hidden',
    '...',
  ];
  const legal = process.platform === 'win32' ? names.filter((name) => !/[?]|\.$/.test(name)) : names;
  for (const name of legal) {
    it(`of ${Buffer.byteLength(name)} bytes work: ${name.slice(0, 12)}`, async () => {
      await atomicWriteText(folder.at(name), name);
      await atomicWriteText(folder.at(name), `${name}!`);
      assert.deepEqual(fs.readdirSync(folder.path), [name]);
      assert.equal(fs.readFileSync(folder.at(name), 'utf8'), `${name}!`);
    });
  }

  it('that are too long fail and write nothing', async () => {
    const attempt = atomicWriteText(folder.at('x'.repeat(256)), 'x');
    await assert.rejects(attempt, { name: 'AtomicWriteError' });
    assert.deepEqual(fs.readdirSync(folder.path), []);
  });
});
