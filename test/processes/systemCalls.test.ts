import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { record } from '../support/powerLoss/trace.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;

const moduleUrl = JSON.stringify(`file://${repositoryFile('out/src/atomic-write/index.js')}`);

/** A program that writes once before, so that what is asked once a process doesn't count, and once between two marks. */
const script = (options: string, before = "await atomicWriteText('warm.txt', 'x');") => `
  import { AtomicFile, atomicWriteText } from ${moduleUrl};
  import * as fs from 'node:fs';
  ${before}
  try { fs.accessSync(process.cwd() + '/begin'); } catch {}
  await atomicWriteText(process.cwd() + '/a.txt', 'new '.repeat(250), ${options}).catch((error) => console.log(error.code));
  try { fs.accessSync(process.cwd() + '/end'); } catch {}`;

linuxOnly('the system calls of a write (recorded, Linux)', function () {
  this.timeout(20_000);
  const folder = useTempFolder();
  const callsOf = (options: string, before?: string) => {
    const code = `process.chdir(${JSON.stringify(folder.path)}); ${script(options, before)}`;
    const { attempts, output } = record(['--input-type=module', '-e', code], folder.path);
    const markAt = (name: string) => attempts.findIndex(({ path }) => path === folder.at(name));
    const calls = attempts.slice(markAt('begin') + 1, markAt('end')).map(({ name }) => name);
    return { calls, output: output.trim() };
  };

  const put = (mode: number) => {
    fs.writeFileSync(folder.at('a.txt'), 'old');
    fs.chmodSync(folder.at('a.txt'), mode);
  };

  const upToClose = (sync: readonly string[]) => ['lstat', 'open', 'write', 'fstat', ...sync, 'close'];
  const folderCalls = ['open', 'fsync', 'close'];
  const sequences: readonly (readonly [string, string, number | null, readonly string[]])[] = [
    ['an overwrite', '{}', 0o644, [...upToClose(['fsync']), 'rename', ...folderCalls]],
    ['an overwrite of a private file', '{}', 0o600, [...upToClose(['fsync']), 'rename', ...folderCalls]],
    [
      'an overwrite of a file that its group may do more with than all',
      '{}',
      0o640,
      [...upToClose(['fchmod', 'fsync']), 'rename', ...folderCalls],
    ],
    [
      'an overwrite of its bytes alone',
      "{ durability: 'data' }",
      0o644,
      [...upToClose(['fdatasync']), 'rename'],
    ],
    ['an overwrite of what can be made again', "{ durability: 'none' }", 0o644, [...upToClose([]), 'rename']],
    ['a new file', '{}', null, [...upToClose(['fsync']), 'rename', ...folderCalls]],
    [
      'an exclusive new file',
      '{ exclusive: true }',
      null,
      [...upToClose(['fsync']), 'link', 'unlink', ...folderCalls],
    ],
  ];
  for (const [title, options, oldMode, expected] of sequences) {
    it(`are these, in this order, for ${title}: ${expected.join(' ')}`, () => {
      if (oldMode !== null) put(oldMode);
      const { calls } = callsOf(options);
      assert.deepEqual(calls, expected);
      const ofFile = expected.length - (expected.includes('fsync') ? folderCalls.length : 0);
      assert.ok(ofFile <= (expected.includes('link') ? 9 : 8));
    });
  }

  /** The calls of a batch of some files, in one folder, that replaces what its caller has read. */
  const callsOfBatch = (files: number) => {
    const names = Array.from({ length: files }, (_, number) => `${number}.txt`);
    for (const name of names) fs.writeFileSync(folder.at(name), 'old');
    const code = `
      import { atomicWriteBatch } from ${moduleUrl};
      const entries = ${JSON.stringify(names)}.map((name) => (
        { path: ${JSON.stringify(`${folder.path}/`)} + name, content: 'new', expected: Buffer.from('old') }));
      await atomicWriteBatch(entries, { journalFolder: ${JSON.stringify(folder.path)} });`;
    const { attempts } = record(['--input-type=module', '-e', code], folder.path);
    assert.equal(fs.readFileSync(folder.at('0.txt'), 'utf8'), 'new');
    return attempts.map(({ name }) => name);
  };
  it('are 15 for each further file of a batch: two looks at the old one, and one sync', () => {
    const few = callsOfBatch(2);
    const more = callsOfBatch(12);
    const countOf = (calls: readonly string[], name: string) => calls.filter((one) => one === name).length;
    const perFile = Object.fromEntries(
      [...new Set(more)].map((name) => [name, (countOf(more, name) - countOf(few, name)) / 10]),
    );
    // Where the file leads to, and before and after the journal was written, what is there.
    const looks = { lstat: 3, open: 1 + 2, fstat: 1 + 2, close: 1 + 2 };
    const all = { ...looks, write: 1, fsync: 1, rename: 1 };
    assert.deepEqual(Object.fromEntries(Object.entries(perFile).filter(([, count]) => count !== 0)), all);
  });

  it('are a sync of the folder above one that was made, also for a file that was left out later', () => {
    const code = `
      import { atomicWriteBatch } from ${moduleUrl};
      const entries = ['a', 'b'].map((name) => (
        { path: ${JSON.stringify(`${folder.path}/made/`)} + name, content: 'new' }));
      const beforeRename = ({ path }) => { if (path.endsWith('a')) throw new Error('not this one'); };
      const journalFolder = ${JSON.stringify(folder.path)};
      await atomicWriteBatch(entries, { journalFolder, beforeRename, onEntryError: 'leaveOut' });`;
    const { attempts } = record(['--input-type=module', '-e', code], folder.path);
    assert.deepEqual(fs.readdirSync(folder.at('made')), ['b']);
    const synced = attempts.slice(attempts.findLastIndex(({ name }) => name === 'rename'));
    assert.deepEqual(
      synced.flatMap(({ name, path }) => (name === 'fsync' ? [path] : [])),
      [folder.at('made'), folder.path],
    );
  });

  it('change nothing for unchanged content', () => {
    fs.writeFileSync(folder.at('a.txt'), 'new '.repeat(250));
    const { calls } = callsOf('{ ifChanged: true }');
    assert.deepEqual(
      calls.filter((name) => !['lstat', 'open', 'fstat', 'close'].includes(name)),
      [],
    );
  });

  it('are at most 8 without the folder’s, as the kernel counts them (needs strace)', function () {
    put(0o640);
    const log = `${folder.path}.strace`;
    const args = ['-f', '-y', '-s', '0', '-e', 'trace=%file,%desc', '-o', log];
    const child = spawnSync(
      'strace',
      [...args, process.execPath, '--input-type=module', '-e', script('{}')],
      {
        cwd: folder.path,
        encoding: 'utf8',
      },
    );
    const text = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '';
    fs.rmSync(log, { force: true });
    // Not installed, or not allowed to trace here.
    if (child.error !== undefined || !text.includes('/begin')) return this.skip();
    const between = text.slice(text.indexOf('/begin'), text.indexOf('/end')).split('\n').slice(1, -1);
    // Threads that wake each other use descriptors too; those of this write name the folder.
    const calls = between
      .map((line) => line.replace(/AT_FDCWD<[^>]*>/, 'AT_FDCWD'))
      .filter((line) => line.includes(folder.path) && !line.includes('resumed'));
    const names = calls.map((line) => /^\d+ +(\w+)\(/.exec(line)?.[1]);
    const ofFolder = calls.filter((line) =>
      new RegExp(`["<]${folder.path}[">]`).test(line.split(' = ')[0] ?? ''),
    );
    assert.equal(ofFolder.length, 3, ofFolder.join('\n'));
    assert.deepEqual(names.slice(0, -3), [
      'statx',
      'openat',
      'write',
      'statx',
      'fchmod',
      'fsync',
      'close',
      'rename',
    ]);
  });

  /** Root may do everything, so root becomes somebody else; the folder and what is in it stay root's. */
  const become = `await atomicWriteText('warm.txt', 'x');
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(4321); process.setuid(4321); }`;
  it('are one attempt in a folder that may not be changed', () => {
    put(0o666);
    fs.chmodSync(folder.path, 0o755);
    const { calls, output } = callsOf(
      '{}',
      `${become} if (process.getuid() !== 4321) fs.chmodSync('.', 0o555);`,
    );
    fs.chmodSync(folder.path, 0o755);
    assert.equal(output, 'EACCES');
    assert.deepEqual(
      calls.filter((name) => name !== 'access'),
      ['lstat', 'open'],
    );
  });

  it('are one rename where a sticky folder refuses it (needs root)', function () {
    if (process.getuid?.() !== 0) return this.skip();
    put(0o666);
    fs.chmodSync(folder.path, 0o1777);
    const { calls, output } = callsOf('{}', become);
    assert.equal(output, 'EPERM');
    assert.equal(calls.filter((name) => name === 'rename').length, 1);
  });

  it('are one look at a folder that has the name, and at a path that leads through a file', () => {
    fs.mkdirSync(folder.at('a.txt'));
    assert.deepEqual(callsOf('{}'), { calls: ['lstat'], output: 'EISDIR' });
    const through = script('{}').replace('/a.txt', '/warm.txt/a.txt');
    const code = `process.chdir(${JSON.stringify(folder.path)}); ${through}`;
    const { attempts, output } = record(['--input-type=module', '-e', code], folder.path);
    assert.equal(output.trim(), 'ENOTDIR');
    assert.equal(attempts.filter(({ path }) => path === folder.at('warm.txt', 'a.txt')).length, 1);
  });
});
