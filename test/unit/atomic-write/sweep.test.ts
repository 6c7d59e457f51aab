import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { atomicWriteText, sweepTempFiles, sweepTree } from '../../../src/atomic-write/index.ts';
import { makeTempName } from '../../../src/atomic-write/tempName.ts';
import { asStranger, namesOfDeadProcess, printTempName } from '../../support/deadOwner.ts';
import { leftoversIn } from '../../support/leftovers.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const hourMs = 60 * 60 * 1000;

describe('sweepTempFiles', () => {
  const folder = useTempFolder({ mayLeaveTempFiles: true });
  const put = (name: string, ageMs = 0) => {
    fs.writeFileSync(folder.at(name), 'partial');
    const time = (Date.now() - ageMs) / 1000;
    fs.utimesSync(folder.at(name), time, time);
    return name;
  };
  const dead = () => namesOfDeadProcess().single;
  const removedIn = async (options = {}) => (await sweepTempFiles(folder.path, options)).removed;

  it('removes what a dead process left, and nothing else', async () => {
    const gone = put(dead());
    const mine = put(makeTempName());
    // Its number is free here, but that proves nothing about another machine.
    const stranger = put(asStranger(dead()));
    const others = ['index.html.tmp', '.~ai-notes.tmp', 'a.md'].map((name) => put(name, 100 * hourMs));
    const result = await sweepTempFiles(folder.path);
    assert.deepEqual([result.removed, result.failed, result.recovered], [[gone], [], []]);
    assert.deepEqual([...result.kept].sort(), [mine, stranger].sort());
    assert.deepEqual(fs.readdirSync(folder.path).sort(), [mine, stranger, ...others].sort());
  });

  it('keeps what a stopped process is writing, however old, until it is killed', async function () {
    if (process.platform === 'win32') this.skip();
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `${printTempName} setInterval(() => {}, 1000);`,
    ]);
    const exit = once(child, 'exit');
    const [line] = await once(child.stdout, 'data');
    const name = put(String(line).trim(), 1000 * hourMs);
    child.kill('SIGSTOP');
    try {
      assert.deepEqual(await removedIn({ strangersAfterMs: 0 }), []);
    } finally {
      child.kill('SIGKILL');
    }
    await exit;
    assert.deepEqual(await removedIn(), [name]);
  });

  it('tells a process that got a dead one’s number from the dead one', async function () {
    // Start times are known on Linux only; elsewhere a reused number counts as alive, and the file stays.
    if (process.platform !== 'linux') this.skip();
    const reused = put(makeTempName().replace(/^(\.~ai-\w+-\w+)-\w+/, '$1-1'));
    assert.deepEqual(await removedIn(), [reused]);
  });

  it('removes a stranger’s file after a day of silence, or whenever it is told to', async () => {
    const young = put(asStranger(makeTempName()), 23 * hourMs);
    const old = put(asStranger(makeTempName()), 25 * hourMs);
    assert.deepEqual(await removedIn({ strangersAfterMs: Number.POSITIVE_INFINITY }), []);
    assert.deepEqual(await removedIn(), [old]);
    assert.deepEqual(await removedIn({ strangersAfterMs: 24 * hourMs }), []);
    assert.deepEqual(await removedIn({ strangersAfterMs: hourMs }), [young]);
    assert.deepEqual(fs.readdirSync(folder.path), []);
  });

  it('believes no clock alone: a stranger’s file from the future is young', async () => {
    put(asStranger(makeTempName()), -48 * hourMs);
    assert.deepEqual(await removedIn({ strangersAfterMs: 0 }), []);
    // This machine's clock jumps by a year; the file system's own has not.
    put(asStranger(makeTempName()));
    const { now } = Date;
    Date.now = () => now() + 365 * 24 * hourMs;
    try {
      assert.deepEqual(await removedIn(), []);
    } finally {
      Date.now = now;
    }
  });

  it('leaves folders and links alone', async () => {
    const names = [dead(), asStranger(makeTempName())];
    for (const name of names) fs.mkdirSync(folder.at(name));
    const link = dead();
    if (process.platform !== 'win32') {
      put('target.txt', 100 * hourMs);
      fs.symlinkSync('target.txt', folder.at(link));
      names.push(link);
    }
    const { kept, removed } = await sweepTempFiles(folder.path, { strangersAfterMs: -hourMs });
    assert.deepEqual([[...kept].sort(), removed], [names.sort(), []]);
  });

  it('removes the second name of a target that was created exclusively, and no other second name', async () => {
    const twin = put(dead());
    fs.linkSync(folder.at(twin), folder.at('created.md'));
    const kept = put(dead());
    fs.mkdirSync(folder.at('backup'));
    fs.linkSync(folder.at(kept), folder.at('backup', kept));
    assert.deepEqual(await removedIn(), [twin]);
    assert.equal(fs.readFileSync(folder.at('created.md'), 'utf8'), 'partial');
    assert.deepEqual(fs.readdirSync(folder.path).sort(), [kept, 'backup', 'created.md'].sort());
  });

  it('only tells what is there when asked to', async () => {
    const name = put(dead());
    const { kept, removed } = await sweepTempFiles(folder.path, { keepAll: true });
    assert.deepEqual([kept, removed, fs.readdirSync(folder.path)], [[name], [], [name]]);
  });

  it('says when the folder cannot be read', async () => {
    await assert.rejects(sweepTempFiles(folder.at('missing')), { step: 'sweep', code: 'ENOENT' });
  });

  it('is done by the first write in a folder, unless that is unwanted', async () => {
    const first = put(dead());
    await atomicWriteText(folder.at('a.txt'), 'text', { sweep: false });
    assert.deepEqual(leftoversIn(folder.path), [first]);
    await atomicWriteText(folder.at('a.txt'), 'text');
    assert.deepEqual(leftoversIn(folder.path), []);
    const later = put(dead());
    await atomicWriteText(folder.at('a.txt'), 'text');
    assert.deepEqual(leftoversIn(folder.path), [later]);
  });
});

describe('sweepTree', () => {
  const folder = useTempFolder({ mayLeaveTempFiles: true });
  const put = (...parts: string[]) => {
    const file = folder.at(...parts);
    fs.mkdirSync(folder.at(...parts.slice(0, -1)), { recursive: true });
    fs.writeFileSync(file, 'partial');
    return file;
  };

  it('removes leftovers below a folder, but not where nobody looks', async () => {
    const { single, parts } = namesOfDeadProcess();
    const gone = [put(single), put('a', 'b', 'c', single), put('a', parts[0] ?? '')];
    const stays = [put('node_modules', single), put('a', '.git', single)];
    if (process.platform !== 'win32') fs.symlinkSync('a', folder.at('link'));
    const kept = put('a', makeTempName());
    const result = await sweepTree(folder.path);
    assert.deepEqual([...result.removed].sort(), gone.sort());
    assert.deepEqual([result.kept, result.failed, result.isComplete], [[kept], [], true]);
    // The root, a, a/b and a/b/c.
    assert.equal(result.folders, 4);
    for (const file of stays) assert.ok(fs.existsSync(file), file);
    const all = await sweepTree(folder.path, { skip: [] });
    assert.deepEqual([...all.removed].sort(), stays.sort());
  });

  it('ends at its bound, with its signal, and at what it cannot read, and says so', async () => {
    for (let n = 0; n < 5; n++) put(`${n}`, 'file');
    const bounded = await sweepTree(folder.path, { maxFolders: 3 });
    assert.deepEqual([bounded.folders, bounded.isComplete], [3, false]);
    const aborted = await sweepTree(folder.path, { signal: AbortSignal.abort() });
    assert.deepEqual([aborted.folders, aborted.isComplete], [0, false]);
    const missing = await sweepTree(folder.at('missing'));
    assert.deepEqual(missing.failed, [{ name: folder.at('missing'), code: 'ENOENT' }]);
  });
});
