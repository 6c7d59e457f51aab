import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import {
  AtomicBatchError,
  AtomicWriteError,
  atomicWriteBatch,
  atomicWriteText,
  type BatchEntry,
  type Expected,
} from '../../../src/atomic-write/index.ts';
import { expectWriteError } from '../../support/expectError.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const posixOnly = process.platform === 'win32' ? it.skip : it;

describe('atomicWriteBatch', () => {
  const folder = useTempFolder();
  const entry = (name: string, content = `new ${name}`): BatchEntry => ({ path: folder.at(name), content });
  const read = (name: string) => fs.readFileSync(folder.at(name), 'utf8');
  const write = (
    entries: readonly BatchEntry[],
    options: Partial<Parameters<typeof atomicWriteBatch>[1]> = {},
  ) => atomicWriteBatch(entries, { journalFolder: folder.path, ...options });
  const codesOf = (results: readonly unknown[]) =>
    results.map((result) => (result instanceof AtomicWriteError ? result.code : 'done'));

  it('writes files in several folders, some of which it makes, and tells of each', async () => {
    fs.writeFileSync(folder.at('a.md'), 'old');
    const results = await write([
      entry('a.md'),
      entry('sub/deep/b.md'),
      { path: folder.at('c.bin'), content: new Uint16Array([1, 2]), mode: 0o600 },
    ]);
    assert.equal(read('a.md'), 'new a.md');
    assert.equal(read('sub/deep/b.md'), 'new sub/deep/b.md');
    assert.equal(fs.statSync(folder.at('c.bin')).size, 4);
    assert.deepEqual(
      results.map((result) => 'outcome' in result && [result.outcome, result.isNew, result.bytes]),
      [
        ['written', false, 8],
        ['written', true, 17],
        ['written', true, 4],
      ],
    );
    assert.deepEqual(fs.readdirSync(folder.path).sort(), ['a.md', 'c.bin', 'sub']);
  });

  it('writes nothing, and one, and many', async () => {
    assert.deepEqual(await write([]), []);
    await write([entry('one.md')]);
    assert.equal(read('one.md'), 'new one.md');
    const many = Array.from({ length: 300 }, (_, n) => entry(`f${n}.md`));
    const results = await write(many, { durability: 'none' });
    assert.equal(results.length, 300);
    for (let n = 0; n < 300; n++) assert.equal(read(`f${n}.md`), `new f${n}.md`);
  });

  it('leaves unchanged files alone when asked to', async () => {
    await write([entry('a.md'), entry('b.md')]);
    const before = fs.statSync(folder.at('a.md'), { bigint: true });
    const results = await write([entry('a.md'), entry('b.md', 'other')], { ifChanged: true });
    assert.deepEqual(
      results.map((result) => 'outcome' in result && result.outcome),
      ['unchanged', 'written'],
    );
    const after = fs.statSync(folder.at('a.md'), { bigint: true });
    assert.deepEqual([after.ino, after.mtimeNs], [before.ino, before.mtimeNs]);
  });

  posixOnly('keeps modes and follows links, like a single write', async () => {
    fs.mkdirSync(folder.at('sub'));
    fs.writeFileSync(folder.at('a.md'), 'old', { mode: 0o640 });
    fs.chmodSync(folder.at('a.md'), 0o640);
    fs.symlinkSync('../a.md', folder.at('sub', 'link.md'));
    await write([entry('sub/link.md', 'through the link'), entry('b.md')]);
    assert.equal(read('a.md'), 'through the link');
    assert.equal(fs.statSync(folder.at('a.md')).mode & 0o777, 0o640);
    assert.ok(fs.lstatSync(folder.at('sub', 'link.md')).isSymbolicLink());
  });

  it('refuses two entries for one file before anything is created', async () => {
    const twice = [entry('a.md'), entry('b.md'), { path: `${folder.path}/./a.md`, content: 'again' }];
    await expectWriteError(write(twice), { code: 'DUPLICATE', step: 'resolve', retryable: false });
    if (process.platform !== 'win32') {
      fs.symlinkSync('a.md', folder.at('link.md'));
      const linked = [entry('a.md'), entry('link.md')];
      await expectWriteError(write(linked), { code: 'DUPLICATE', step: 'resolve', retryable: false });
      fs.rmSync(folder.at('link.md'));
    }
    assert.deepEqual(fs.readdirSync(folder.path), []);
  });

  it('refuses a file outside the journal’s folder before anything is created, also behind a link', async () => {
    fs.mkdirSync(folder.at('in'));
    fs.mkdirSync(folder.at('out'));
    const journalFolder = folder.at('in');
    const refused = { code: 'OUTSIDE', step: 'resolve', retryable: false };
    for (const name of ['out/a.md', 'a.md', 'in-not/a.md']) {
      const outside = [entry('in/a.md'), entry(name)];
      await expectWriteError(write(outside, { journalFolder, onEntryError: 'leaveOut' }), refused);
    }
    if (process.platform !== 'win32') {
      fs.symlinkSync('../out', folder.at('in', 'door'));
      await expectWriteError(
        write([entry('in/door/new/a.md'), entry('in/b.md')], { journalFolder }),
        refused,
      );
      fs.rmSync(folder.at('in', 'door'));
    }
    assert.deepEqual(fs.readdirSync(folder.path, { recursive: true }).sort(), ['in', 'out']);
  });

  it('refuses a journal folder that is none', async () => {
    const missing = { code: 'ENOENT', step: 'resolve', retryable: false };
    await expectWriteError(write([entry('a.md')], { journalFolder: folder.at('missing') }), missing);
    fs.writeFileSync(folder.at('file'), '');
    const file = { code: 'ENOTDIR', step: 'resolve', retryable: false };
    await expectWriteError(write([entry('file')], { journalFolder: folder.at('file') }), file);
  });

  const obstacles: readonly [string, (bad: string) => void, Partial<BatchEntry>, string][] = [
    ['is a folder', (bad) => fs.mkdirSync(bad), {}, 'EISDIR'],
    ['exists though it must not', (bad) => fs.writeFileSync(bad, 'x'), { exclusive: true }, 'EEXIST'],
    [
      'is not what was expected',
      (bad) => fs.writeFileSync(bad, 'x'),
      { expected: Buffer.from('y') },
      'CONFLICT',
    ],
    ['is read-only', (bad) => fs.writeFileSync(bad, 'x', { mode: 0o444 }), {}, 'READ_ONLY'],
  ];
  for (const [name, obstruct, own, code] of obstacles) {
    it(`writes nothing at all, or all others, when one file ${name}`, async () => {
      fs.writeFileSync(folder.at('a.md'), 'old');
      obstruct(folder.at('bad.md'));
      const bad = { ...entry('bad.md'), ...own };
      const entries = [entry('a.md'), bad, entry('c.md')];
      await assert.rejects(write(entries), { name: 'AtomicWriteError', code });
      assert.equal(read('a.md'), 'old');
      assert.equal(fs.existsSync(folder.at('c.md')), false);
      const results = await write(entries, { onEntryError: 'leaveOut' });
      assert.deepEqual(codesOf(results), ['done', code, 'done']);
      assert.deepEqual([read('a.md'), read('c.md')], ['new a.md', 'new c.md']);
    });
  }

  it('asks for each entry once, when all are ready and none is in place', async () => {
    const entries = [entry('a.md'), entry('b.md'), entry('c.md')];
    const asked: string[] = [];
    const beforeRename = ({ path }: BatchEntry) => {
      const temps = fs.readdirSync(folder.path).filter((name) => name.startsWith('.~ai-'));
      if (asked.push(path) === 1) assert.equal(temps.length, 3);
      assert.deepEqual(temps.length, fs.readdirSync(folder.path).length);
      if (path.endsWith('b.md')) throw new Error('the editor has unsaved changes');
    };
    const refused = { code: 'REFUSED', step: 'guard', retryable: false };
    await expectWriteError(write(entries, { beforeRename }), refused);
    assert.deepEqual(fs.readdirSync(folder.path), []);
    asked.length = 0;
    const results = await write(entries, { beforeRename, onEntryError: 'leaveOut' });
    assert.deepEqual(codesOf(results), ['done', 'REFUSED', 'done']);
    assert.deepEqual(
      asked,
      entries.map(({ path }) => path),
    );
    assert.deepEqual(fs.readdirSync(folder.path).sort(), ['a.md', 'c.md']);
  });

  it('sees a change that comes while the others are asked', async () => {
    fs.writeFileSync(folder.at('a.md'), 'old');
    const beforeRename = ({ path }: BatchEntry) => {
      if (path.endsWith('a.md')) fs.writeFileSync(folder.at('a.md'), 'theirs');
    };
    const entries = [{ ...entry('a.md'), expected: Buffer.from('old') }, entry('b.md')];
    await assert.rejects(write(entries, { beforeRename }), { code: 'CONFLICT' });
    assert.deepEqual([read('a.md'), fs.existsSync(folder.at('b.md'))], ['theirs', false]);
  });

  posixOnly('compares what is behind a link that it replaces with what was expected', async () => {
    fs.writeFileSync(folder.at('behind.txt'), 'old');
    fs.symlinkSync('behind.txt', folder.at('link.md'));
    const replaced = (expected: Expected) => ({ ...entry('link.md'), links: 'replace' as const, expected });
    const bad = [replaced(Buffer.from('other')), entry('b.md')];
    await assert.rejects(write(bad), { code: 'CONFLICT' });
    const sha256 = createHash('sha256').update('old').digest('hex').toUpperCase();
    await write([replaced({ sha256 }), entry('b.md')]);
    assert.deepEqual([read('link.md'), read('behind.txt')], ['new link.md', 'old']);
    assert.equal(fs.lstatSync(folder.at('link.md')).isFile(), true);
  });

  it('finds a file where none was expected, and none where there was to be one', async () => {
    fs.writeFileSync(folder.at('there.md'), 'old');
    const cases: readonly (readonly [string, Expected])[] = [
      ['there.md', 'absent'],
      ['gone.md', Buffer.from('old')],
      ['there.md', { sha256: '0'.repeat(64) }],
    ];
    for (const [name, expected] of cases) {
      await assert.rejects(write([{ ...entry(name), expected }, entry('b.md')]), { code: 'CONFLICT' });
    }
    assert.deepEqual(fs.readdirSync(folder.path), ['there.md']);
    await write([
      { ...entry('there.md'), expected: Buffer.from('old') },
      { ...entry('gone.md'), expected: 'absent' },
    ]);
    assert.deepEqual([read('there.md'), read('gone.md')], ['new there.md', 'new gone.md']);
  });

  it('tells when a file could not be put in place after the set was final, and writes the others', async () => {
    const entries = [entry('a.md'), entry('b.md'), entry('c.md')];
    // The last question is followed by nothing but the journal and the renames.
    const beforeRename = ({ path }: BatchEntry) => {
      if (path.endsWith('c.md')) fs.mkdirSync(folder.at('b.md'));
    };
    await assert.rejects(write(entries, { beforeRename }), (error) => {
      assert.ok(error instanceof AtomicBatchError);
      assert.deepEqual(codesOf(error.results), ['done', 'EISDIR', 'done']);
      assert.match(error.message, /^1 of 3 files failed/);
      return true;
    });
    assert.deepEqual([read('a.md'), read('c.md')], ['new a.md', 'new c.md']);
    assert.deepEqual(fs.readdirSync(folder.path).sort(), ['a.md', 'b.md', 'c.md']);
  });

  it('is ended by its signal with all old files kept, until the set is final', async () => {
    fs.writeFileSync(folder.at('a.md'), 'old');
    const controller = new AbortController();
    const { signal } = controller;
    const entries = [entry('a.md'), entry('b.md')];
    const aborting = write(entries, {
      signal,
      beforeRename: () => controller.abort(),
      onEntryError: 'leaveOut',
    });
    await expectWriteError(aborting, { code: 'ABORTED', step: 'guard', retryable: false });
    await expectWriteError(write(entries, { signal }), {
      code: 'ABORTED',
      step: 'resolve',
      retryable: false,
    });
    assert.deepEqual([read('a.md'), fs.readdirSync(folder.path)], ['old', ['a.md']]);
  });

  it('keeps its place among other writes of the same files, whichever way they are named', async () => {
    const versions = Array.from({ length: 30 }, (_, n) => n);
    await Promise.all(
      versions.map((n) => {
        const names = n % 2 === 0 ? ['a.md', 'b.md', 'c.md'] : ['c.md', 'a.md', 'b.md'];
        if (n % 5 === 4) return atomicWriteText(folder.at('b.md'), `${n}`, { durability: 'none' });
        return write(
          names.map((name) => entry(name, `${n}`)),
          { durability: 'none' },
        );
      }),
    );
    assert.deepEqual([read('a.md'), read('b.md'), read('c.md')], ['28', '29', '28']);
  });
});
