import assert from 'node:assert/strict';
import { threadId } from 'node:worker_threads';
import picomatch from 'picomatch';
import { ownOwner, toBase32 } from '../../../src/atomic-write/owner.ts';
import {
  makeBatchNames,
  makeTempName,
  maxTempNameBytes,
  parseTempName,
  tempFileGlob,
} from '../../../src/atomic-write/tempName.ts';

describe('temp names', () => {
  it('are short, hidden, match the one glob, and tell process and thread', () => {
    const name = makeTempName();
    assert.ok(Buffer.byteLength(name) <= maxTempNameBytes, name);
    assert.ok(picomatch.isMatch(name, tempFileGlob, { dot: true }));
    const parts = name.split('-');
    assert.equal(Number.parseInt(parts[2] ?? '', 36), process.pid);
    assert.equal(Number.parseInt(parts[4] ?? '', 36), threadId);
  });

  it('carry at least 64 random bits', () => {
    const random = /-([0-9a-z]+)\.tmp$/.exec(makeTempName())?.[1] ?? '';
    assert.ok(random.length * 5 >= 64);
    const made = new Set(Array.from({ length: 10_000 }, makeTempName));
    assert.equal(made.size, 10_000);
  });

  it('give their owner back', () => {
    assert.deepEqual(parseTempName(makeTempName())?.owner, ownOwner());
  });

  it('of a batch lead to its journal, are as short, and match the same glob', () => {
    const names = makeBatchNames();
    const parts = Array.from({ length: 3 }, () => names.nextPart());
    assert.equal(new Set(parts).size, 3);
    for (const name of [...parts, names.journal]) {
      assert.ok(picomatch.isMatch(name, tempFileGlob, { dot: true }), name);
      const kind = name === names.journal ? 'journal' : 'part';
      assert.deepEqual(parseTempName(name), { owner: ownOwner(), kind, journal: names.journal });
    }
    assert.equal(parseTempName(makeTempName())?.kind, 'single');
    assert.notEqual(names.journal, makeBatchNames().journal);
  });

  it('are never longer than they may be', () => {
    // The highest process number of Linux with a start after 800 years, and the highest of Windows, in thread 1,000,000.
    const longest = [
      [2 ** 22, 36 ** 8 - 1],
      [2 ** 32 - 1, 0],
    ].map((numbers) => [...numbers, 1_000_000].map((number) => number.toString(36)).join('-'));
    for (const numbers of longest) {
      const name = `.~ai-00000000-${numbers}-0123456789abcdef-999999.tmp`;
      assert.equal(parseTempName(name)?.kind, 'part');
      assert.ok(Buffer.byteLength(name) <= maxTempNameBytes, `${Buffer.byteLength(name)} bytes`);
    }
  });

  for (const name of [
    '.~ai-00000000-1-1-0-0123456789abcdef-k.tmp',
    '.~ai-00000000-1-1-0-0123456789abcdef-.tmp',
    '.~ai-.tmp',
    '.~ai-x.tmp',
    'a.tmp',
    '.index.html.tmp',
    '.~ai-00000000-1-1-0-0123456789abcdef',
  ]) {
    it(`are told from ${name}`, () => assert.equal(parseTempName(name), undefined));
  }

  it('use base 32 in one case only', () => {
    assert.equal(toBase32(new Uint8Array([0, 255, 128])), '03zr0');
    assert.match(toBase32(Buffer.from('the quick brown fox')), /^[0-9a-hjkmnp-tv-z]+$/);
  });
});
