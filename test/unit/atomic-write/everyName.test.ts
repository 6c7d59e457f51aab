import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { AtomicFile, atomicWriteText } from '../../../src/atomic-write/index.ts';
import { expectWriteError } from '../../support/expectError.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const isWindows = process.platform === 'win32';
// Only Linux counts bytes; macOS counts UTF-16 units after a decomposition, Windows has forbidden characters.
const linuxOnly = process.platform === 'linux' ? describe : describe.skip;
const options = { durability: 'none' } as const;

/** Cuts a repeated text to exactly so many bytes, filled up with `x`. */
function ofBytes(text: string, bytes: number): string {
  const times = Math.floor(bytes / Buffer.byteLength(text));
  return text.repeat(times) + 'x'.repeat(bytes - times * Buffer.byteLength(text));
}

linuxOnly('every name that Linux allows', function () {
  this.timeout(30_000);
  const folder = useTempFolder();

  for (const [kind, text] of [
    ['letters', 'a'],
    ['CJK', '界'],
    ['emoji', '🌍'],
    ['combining accents', 'e\u0301'],
    ['dots', '.'],
    ['spaces', ' '],
  ] as const) {
    it(`can be created and overwritten, at each length from 1 to 255 bytes: ${kind}`, async () => {
      // `.` and `..` are folders.
      const lengths = Array.from({ length: 255 }, (_, n) => n + 1).filter((n) => text !== '.' || n > 2);
      for (const length of lengths) {
        const name = ofBytes(text, length);
        assert.equal(Buffer.byteLength(name), length);
        const created = await atomicWriteText(folder.at(name), 'old', options);
        const result = await atomicWriteText(folder.at(name), name, options);
        assert.deepEqual([created.isNew, result.isNew], [true, false], name);
        assert.equal(fs.readFileSync(folder.at(name), 'utf8'), name);
      }
      assert.equal(fs.readdirSync(folder.path).length, lengths.length);
    });
  }

  it('can hold each character from 1 to 255 and end in it', async () => {
    const names = Array.from({ length: 255 }, (_, n) => String.fromCharCode(n + 1))
      .filter((character) => character !== '/')
      .flatMap((character) => [`a${character}b`, `a${character}`]);
    for (const name of names) await atomicWriteText(folder.at(name), name, options);
    assert.deepEqual(fs.readdirSync(folder.path).sort(), names.sort());
  });

  for (const [kind, name] of [
    ['256 letters', 'a'.repeat(256)],
    ['86 CJK characters, 258 bytes', '界'.repeat(86)],
    ['64 emoji, 256 bytes', '🌍'.repeat(64)],
  ] as const) {
    it(`but ENAMETOOLONG and nothing written for ${kind}`, async () => {
      const expected = { code: 'ENAMETOOLONG', step: 'resolve', retryable: false };
      await expectWriteError(atomicWriteText(folder.at(name), 'x'), expected);
      await expectWriteError(atomicWriteText(folder.at(name), 'x', { exclusive: true }), expected);
      await expectWriteError(AtomicFile.open(folder.at(name)), expected);
      assert.deepEqual(fs.readdirSync(folder.path), []);
    });
  }

  it('but ILLEGAL_NAME for the character 0, which no system allows', async () => {
    const expected = { code: 'ILLEGAL_NAME', step: 'resolve', retryable: false };
    await expectWriteError(atomicWriteText(folder.at('a\0b'), 'x'), expected);
    assert.deepEqual(fs.readdirSync(folder.path), []);
  });
});

(isWindows ? describe.skip : describe)('symbolic links at their limits (a privilege on Windows)', () => {
  const folder = useTempFolder();
  const chain = (length: number) => {
    for (let n = length; n > 0; n--)
      fs.symlinkSync(n === length ? 'a.txt' : `link${n + 1}`, folder.at(`link${n}`));
    return folder.at('link1');
  };

  for (const isThere of [true, false]) {
    it(`are followed as far as the system follows them, to ${isThere ? 'a file' : 'none yet'}`, async () => {
      if (isThere) fs.writeFileSync(folder.at('a.txt'), 'old');
      const length = process.platform === 'linux' ? 40 : 30;
      await atomicWriteText(chain(length), 'new');
      assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'new');
      assert.equal(fs.readdirSync(folder.path).length, length + 1);
      // The system agrees.
      fs.writeFileSync(folder.at('link1'), 'plain');
      assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'plain');
    });
  }

  it('are ELOOP beyond that, for us and for the system', async () => {
    const link = chain(41);
    await expectWriteError(atomicWriteText(link, 'x'), { code: 'ELOOP', step: 'resolve', retryable: false });
    assert.throws(() => fs.writeFileSync(link, 'x'), { code: 'ELOOP' });
    assert.equal(fs.existsSync(folder.at('a.txt')), false);
  });

  it('stay when a file is created exclusively or streamed through them', async () => {
    fs.symlinkSync('exclusive.txt', folder.at('first'));
    await atomicWriteText(folder.at('first'), 'new', { exclusive: true });
    fs.symlinkSync('streamed.txt', folder.at('second'));
    const handle = await AtomicFile.open(folder.at('second'));
    await handle.write('new');
    await handle.commit();
    for (const name of ['exclusive.txt', 'streamed.txt'])
      assert.equal(fs.readFileSync(folder.at(name), 'utf8'), 'new');
    assert.deepEqual(
      ['first', 'second'].map((name) => fs.readlinkSync(folder.at(name))),
      ['exclusive.txt', 'streamed.txt'],
    );
    const again = atomicWriteText(folder.at('first'), 'x', { exclusive: true });
    await expectWriteError(again, { code: 'EEXIST', step: 'inspect', retryable: false });
  });
});
