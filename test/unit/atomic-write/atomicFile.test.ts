import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AtomicFile } from '../../../src/atomic-write/index.ts';
import { expectWriteError } from '../../support/expectError.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('AtomicFile', () => {
  const folder = useTempFolder();

  it('writes JSON piece by piece, visible only at the commit', async () => {
    const file = folder.at('data.json');
    fs.writeFileSync(file, 'old');
    const handle = await AtomicFile.open(file);
    await handle.write('{"a":');
    await handle.write('"ü"}');
    assert.equal(fs.readFileSync(file, 'utf8'), 'old');
    const result = await handle.commit();
    assert.deepEqual(JSON.parse(fs.readFileSync(file, 'utf8')), { a: 'ü' });
    assert.equal(result.bytes, 10);
  });

  it('writes binary chunks in the order of the calls, awaited or not', async () => {
    const handle = await AtomicFile.open(folder.at('a.bin'));
    const writes = Array.from({ length: 100 }, (_, n) => handle.write(new Uint8Array([n])));
    await Promise.all(writes);
    await handle.commit();
    assert.deepEqual(
      [...fs.readFileSync(folder.at('a.bin'))],
      Array.from({ length: 100 }, (_, n) => n),
    );
  });

  it('rolls back when the block that uses it throws', async () => {
    const file = folder.at('a.txt');
    fs.writeFileSync(file, 'old');
    const work = async () => {
      const handle = await AtomicFile.open(file);
      try {
        await handle.write('half of the new');
        throw new Error('the caller failed');
      } finally {
        await handle[Symbol.asyncDispose]();
      }
    };
    await assert.rejects(work(), /the caller failed/);
    assert.equal(fs.readFileSync(file, 'utf8'), 'old');
  });

  it('does nothing more after a commit or an abort', async () => {
    const handle = await AtomicFile.open(folder.at('a.txt'));
    await handle.write('text');
    await handle.commit();
    await handle.abort();
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'text');
    await expectWriteError(handle.write('more'), { code: 'CLOSED', step: 'write', retryable: false });
    await expectWriteError(handle.commit(), { code: 'CLOSED', step: 'guard', retryable: false });
  });

  it('takes a stream, with its back-pressure', async () => {
    const handle = await AtomicFile.open(folder.at('a.txt'));
    const lines = Readable.from(
      (function* () {
        for (let n = 0; n < 5000; n++) yield `line ${n}\n`;
      })(),
    );
    await pipeline(lines, handle.writable);
    await handle.commit();
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8').split('\n').length, 5001);
  });

  it('keeps the old file when the source of the stream fails', async () => {
    const file = folder.at('a.txt');
    fs.writeFileSync(file, 'old');
    const handle = await AtomicFile.open(file);
    const failing = Readable.from(
      (async function* () {
        yield 'some';
        throw new Error('the source failed');
      })(),
    );
    await assert.rejects(pipeline(failing, handle.writable), /the source failed/);
    await expectWriteError(handle.commit(), { code: 'CLOSED', step: 'guard', retryable: false });
    assert.equal(fs.readFileSync(file, 'utf8'), 'old');
  });

  it('asks a stream for no more than it can take', async () => {
    const handle = await AtomicFile.open(folder.at('a.bin'), { durability: 'none' });
    const { writable } = handle;
    const piece = Buffer.alloc(256 * 1024);
    let asked = 0;
    let mostBuffered = 0;
    const source = new Readable({
      highWaterMark: piece.length,
      read() {
        mostBuffered = Math.max(mostBuffered, writable.writableLength);
        this.push(asked++ < 200 ? piece : null);
      },
    });
    await pipeline(source, writable);
    assert.equal((await handle.commit()).bytes, 200 * piece.length);
    assert.ok(mostBuffered <= 2 * piece.length, `${mostBuffered} of ${200 * piece.length} bytes waited`);
  });

  it('ends a stream that is aborted in the middle, with the old file kept', async () => {
    const file = folder.at('a.txt');
    fs.writeFileSync(file, 'old');
    const controller = new AbortController();
    const handle = await AtomicFile.open(file, { signal: controller.signal });
    let pieces = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          if (++pieces === 50) controller.abort();
          yield 'text '.repeat(1000);
        }
      })(),
    );
    await assert.rejects(pipeline(endless, handle.writable), { code: 'ABORTED' });
    assert.ok(pieces < 200, `${pieces} pieces were asked for`);
    await expectWriteError(handle.commit(), { code: 'CLOSED', step: 'guard', retryable: false });
    assert.deepEqual([fs.readFileSync(file, 'utf8'), fs.readdirSync(folder.path)], ['old', ['a.txt']]);
  });

  it('ends a stream by the signal of the pipeline, and by an abort of its own', async () => {
    const file = folder.at('a.txt');
    const endless = () =>
      Readable.from(
        (function* () {
          for (;;) yield 'text ';
        })(),
      );
    const controller = new AbortController();
    const first = await AtomicFile.open(file);
    const piping = pipeline(endless(), first.writable, { signal: controller.signal });
    controller.abort();
    await assert.rejects(piping, { name: 'AbortError' });
    await first.abort();
    const second = await AtomicFile.open(file);
    const other = assert.rejects(pipeline(endless(), second.writable), { code: 'CLOSED' });
    await second.abort();
    await other;
    assert.deepEqual(fs.readdirSync(folder.path), []);
  });

  it('keeps the old file when the stream closes before its end', async () => {
    const file = folder.at('a.txt');
    fs.writeFileSync(file, 'old');
    const handle = await AtomicFile.open(file);
    const source = new Readable({ read: () => undefined });
    source.push('some');
    setImmediate(() => source.destroy());
    await assert.rejects(pipeline(source, handle.writable), { code: 'ERR_STREAM_PREMATURE_CLOSE' });
    await expectWriteError(handle.commit(), { code: 'CLOSED', step: 'guard', retryable: false });
    assert.deepEqual([fs.readFileSync(file, 'utf8'), fs.readdirSync(folder.path)], ['old', ['a.txt']]);
  });

  it('waits for a write that is going on before it closes the file', async () => {
    const big = Buffer.alloc(4 * 1024 * 1024, 'x');
    for (let n = 0; n < 20; n++) {
      const handle = await AtomicFile.open(folder.at('a.bin'));
      const writing = handle.write(big);
      const aborting = handle.abort();
      // A descriptor freed too early would be given to these files, and take the rest of the write.
      const others = Array.from({ length: 8 }, (_, k) =>
        fs.promises.writeFile(folder.at(`other ${k}`), 'own'),
      );
      await Promise.all([aborting, ...others]);
      await writing.catch((error) => assert.equal(error.code, 'CLOSED'));
      for (let k = 0; k < 8; k++) assert.equal(fs.readFileSync(folder.at(`other ${k}`), 'utf8'), 'own');
    }
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const handle = await AtomicFile.open(folder.at('a.txt'), { signal: controller.signal });
    await handle.write('some');
    controller.abort();
    await expectWriteError(handle.write('more'), { code: 'ABORTED', step: 'write', retryable: false });
    assert.equal(fs.existsSync(folder.at('a.txt')), false);
  });

  it('honours expected, exclusive and mode like a whole write', async () => {
    const file = folder.at('a.txt');
    const first = await AtomicFile.open(file, { exclusive: true, mode: 0o600 });
    const second = await AtomicFile.open(file, { expected: 'absent' });
    await first.write('first');
    await first.commit();
    await expectWriteError(second.commit(), { code: 'CONFLICT', step: 'guard', retryable: false });
    assert.equal(fs.readFileSync(file, 'utf8'), 'first');
  });
});
