import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { atomicWriteBytes, atomicWriteText } from '../../../src/atomic-write/index.ts';
import { expectWriteError } from '../../support/expectError.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('ifChanged', () => {
  const folder = useTempFolder();

  it('touches nothing when the bytes are the same', async () => {
    const file = folder.at('a.txt');
    await atomicWriteText(file, 'same');
    const before = fs.statSync(file, { bigint: true });
    await setTimeout(20);
    const result = await atomicWriteText(file, 'same', { ifChanged: true });
    const after = fs.statSync(file, { bigint: true });
    assert.equal(result.outcome, 'unchanged');
    assert.deepEqual([after.ino, after.mtimeNs, after.ctimeNs], [before.ino, before.mtimeNs, before.ctimeNs]);
  });

  for (const length of [0, 1, 1024 * 1024, 3 * 1024 * 1024 + 1]) {
    it(`compares to the last of ${length} bytes`, async () => {
      const file = folder.at('a.bin');
      const bytes = Buffer.alloc(length, 'atomic');
      fs.writeFileSync(file, bytes);
      assert.equal((await atomicWriteBytes(file, bytes, { ifChanged: true })).outcome, 'unchanged');
      if (length === 0) return;
      bytes.writeUInt8(1, length - 1);
      assert.equal((await atomicWriteBytes(file, bytes, { ifChanged: true })).outcome, 'written');
      assert.ok(fs.readFileSync(file).equals(bytes));
    });
  }

  it('writes when the bytes differ at equal length, when there is no file, and when the mode differs', async () => {
    const file = folder.at('a.txt');
    assert.equal((await atomicWriteText(file, 'one', { ifChanged: true })).outcome, 'written');
    assert.equal((await atomicWriteText(file, 'two', { ifChanged: true })).outcome, 'written');
    if (process.platform === 'win32') return;
    assert.equal((await atomicWriteText(file, 'two', { ifChanged: true, mode: 0o600 })).outcome, 'written');
    assert.equal(fs.statSync(file).mode & 0o7777, 0o600);
  });
});

describe('expected', () => {
  const folder = useTempFolder();
  const conflict = { code: 'CONFLICT', step: 'guard', retryable: false };
  const sha256 = (text: string) => ({ sha256: createHash('sha256').update(text).digest('hex') });

  it('writes when the file is what the caller read', async () => {
    const file = folder.at('a.txt');
    await atomicWriteText(file, 'one', { expected: 'absent' });
    await atomicWriteText(file, 'two', { expected: Buffer.from('one') });
    await atomicWriteText(file, 'three', { expected: sha256('two') });
    assert.equal(fs.readFileSync(file, 'utf8'), 'three');
    assert.equal(fs.statSync(file).nlink, 1);
  });

  it('refuses with CONFLICT when it is not', async () => {
    const file = folder.at('a.txt');
    await expectWriteError(atomicWriteText(file, 'x', { expected: Buffer.from('one') }), conflict);
    fs.writeFileSync(file, 'other');
    for (const expected of [Buffer.from('one'), sha256('one'), 'absent'] as const) {
      await expectWriteError(atomicWriteText(file, 'x', { expected }), conflict);
    }
    assert.equal(fs.readFileSync(file, 'utf8'), 'other');
  });

  it('sees a change made while the temp file was written', async () => {
    const file = folder.at('a.txt');
    fs.writeFileSync(file, 'one');
    const beforeRename = () => fs.writeFileSync(file, 'by hand');
    await expectWriteError(
      atomicWriteText(file, 'x', { expected: Buffer.from('one'), beforeRename }),
      conflict,
    );
    assert.equal(fs.readFileSync(file, 'utf8'), 'by hand');
  });

  it('loses no update of writers in one process', async () => {
    const file = folder.at('counter');
    fs.writeFileSync(file, '0');
    const increment = async (): Promise<void> => {
      for (;;) {
        const read = fs.readFileSync(file);
        try {
          await atomicWriteText(file, `${Number(read) + 1}`, { expected: read, durability: 'none' });
          return;
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'CONFLICT')) throw error;
        }
      }
    };
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let n = 0; n < 10; n++) await increment();
      }),
    );
    assert.equal(fs.readFileSync(file, 'utf8'), '80');
  });
});

describe('exclusive', () => {
  const folder = useTempFolder();

  it('creates a file and never overwrites one', async () => {
    const file = folder.at('a.txt');
    await atomicWriteText(file, 'first', { exclusive: true });
    const exists = { code: 'EEXIST', step: 'inspect', retryable: false };
    await expectWriteError(atomicWriteText(file, 'second', { exclusive: true }), exists);
    assert.equal(fs.readFileSync(file, 'utf8'), 'first');
  });

  it('does not overwrite a file that appears in the last moment', async () => {
    const file = folder.at('a.txt');
    const beforeRename = () => fs.writeFileSync(file, 'by hand');
    const exists = { code: 'EEXIST', step: 'rename', retryable: false };
    await expectWriteError(atomicWriteText(file, 'x', { exclusive: true, beforeRename }), exists);
    assert.equal(fs.readFileSync(file, 'utf8'), 'by hand');
  });

  it('lets exactly one of many writers win', async () => {
    const file = folder.at('a.txt');
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => atomicWriteText(file, `${n}`, { exclusive: true })),
    );
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
  });
});
