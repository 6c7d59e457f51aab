import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { sha256Of } from '../../../src/atomic-write/content.ts';
import { recoverBatches, sweepTempFiles } from '../../../src/atomic-write/index.ts';
import { type JournalEntry, toJournalText } from '../../../src/atomic-write/journal.ts';
import { makeBatchNames } from '../../../src/atomic-write/tempName.ts';
import { asStranger, namesOfDeadProcess } from '../../support/deadOwner.ts';
import { leftoversIn } from '../../support/leftovers.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

describe('recoverBatches', () => {
  const folder = useTempFolder({ mayLeaveTempFiles: true });
  const hash = (text: string) => sha256Of(Buffer.from(text));
  const read = (name: string) => fs.readFileSync(folder.at(name), 'utf8');
  const put = (name: string, text: string, ageMs = 0) => {
    fs.mkdirSync(path.dirname(folder.at(name)), { recursive: true });
    fs.writeFileSync(folder.at(name), text);
    const time = (Date.now() - ageMs) / 1000;
    fs.utimesSync(folder.at(name), time, time);
  };
  const entryOf = (temp: string, target: string): JournalEntry => ({
    temp: path.posix.join(path.posix.dirname(target), temp),
    target,
    old: hash('old'),
    new: hash('new'),
  });

  /** Leaves what a process leaves that died after its batch was final: `a.md` and `sub/b.md`, both still old. */
  const leaveBatch = (change: (name: string) => string = (name) => name, ageMs = 0) => {
    const { journal, parts } = namesOfDeadProcess();
    const entries = ['a.md', 'sub/b.md'].map((target, n) => entryOf(change(parts[n] ?? ''), target));
    for (const { temp, target } of entries) {
      put(target, 'old');
      put(temp, 'new', ageMs);
    }
    put(change(journal), toJournalText(entries), ageMs);
    return { journal: change(journal), entries };
  };

  it('gives the files their new content and tells which', async () => {
    leaveBatch();
    const { recovered, kept, failed } = await recoverBatches(folder.path);
    assert.deepEqual([...recovered].sort(), [folder.at('a.md'), folder.at('sub', 'b.md')].sort());
    assert.deepEqual([kept, failed], [[], []]);
    assert.deepEqual([read('a.md'), read('sub/b.md'), leftoversIn(folder.path)], ['new', 'new', []]);
    assert.deepEqual(await recoverBatches(folder.path), { recovered: [], kept: [], failed: [] });
  });

  it('leaves what somebody has written since, and what they have removed', async () => {
    leaveBatch();
    put('a.md', 'newer');
    fs.rmSync(folder.at('sub', 'b.md'));
    assert.deepEqual((await recoverBatches(folder.path)).recovered, []);
    assert.deepEqual([read('a.md'), fs.readdirSync(folder.at('sub'))], ['newer', []]);
    assert.deepEqual(leftoversIn(folder.path), []);
  });

  it('finishes when a whole folder of the batch is gone', async () => {
    leaveBatch();
    fs.rmSync(folder.at('sub'), { recursive: true });
    assert.deepEqual((await recoverBatches(folder.path)).recovered, [folder.at('a.md')]);
    assert.deepEqual(fs.readdirSync(folder.path), ['a.md']);
  });

  it('keeps a batch that is at work', async () => {
    const names = makeBatchNames();
    const parts = [names.nextPart(), names.nextPart()];
    put('a.md', 'old');
    for (const part of parts) put(part, 'new', 2 * dayMs);
    put(names.journal, toJournalText(parts.map((part) => entryOf(part, 'a.md'))), 2 * dayMs);
    assert.deepEqual((await recoverBatches(folder.path)).kept, [names.journal]);
    assert.deepEqual([...(await sweepTempFiles(folder.path)).kept].sort(), [...parts, names.journal].sort());
    assert.equal(read('a.md'), 'old');
  });

  it('finishes a stranger’s batch, as after a power cut, when that had its time', async () => {
    const { journal } = leaveBatch(asStranger, minuteMs / 2);
    assert.deepEqual((await recoverBatches(folder.path)).kept, [journal]);
    await sweepTempFiles(folder.at('sub'));
    assert.equal(read('a.md'), 'old');
    const time = (Date.now() - 2 * minuteMs) / 1000;
    fs.utimesSync(folder.at(journal), time, time);
    await sweepTempFiles(folder.at('sub'));
    assert.deepEqual([read('a.md'), read('sub/b.md'), leftoversIn(folder.path)], ['new', 'new', []]);
  });

  it('obeys no torn journal: the files stay old and the next sweep removes all', async () => {
    const { journal } = leaveBatch();
    fs.truncateSync(folder.at(journal), 100);
    await sweepTempFiles(folder.at('sub'));
    await sweepTempFiles(folder.path);
    assert.deepEqual([read('a.md'), read('sub/b.md'), leftoversIn(folder.path)], ['old', 'old', []]);
  });

  it('puts no damaged temp file in place', async () => {
    const { entries } = leaveBatch();
    fs.truncateSync(folder.at(entries[0]?.temp ?? ''), 1);
    const { failed } = await recoverBatches(folder.path);
    assert.deepEqual(failed, [{ name: folder.at('a.md'), code: 'SHORT_WRITE' }]);
    assert.deepEqual([read('a.md'), read('sub/b.md'), leftoversIn(folder.path)], ['old', 'new', []]);
  });

  it('does not obey a journal that reaches out of its folder, and removes it in a day', async () => {
    const { journal, parts } = namesOfDeadProcess();
    const [temp = ''] = parts;
    put(`in/${temp}`, 'new');
    put('out/a.md', 'old');
    put(`out/${temp}`, 'new');
    const text = toJournalText([entryOf(temp, '../out/a.md')]);
    put(`in/${journal}`, text);
    assert.deepEqual((await recoverBatches(folder.at('in'))).kept, [journal]);
    // The same without dots, through a link.
    if (process.platform !== 'win32') {
      fs.symlinkSync('../out', folder.at('in', 'door'));
      put(`in/${journal}`, toJournalText([entryOf(temp, 'door/a.md')]));
      const { kept, failed } = await recoverBatches(folder.at('in'));
      assert.deepEqual([kept, failed.map(({ code }) => code)], [[journal], ['OUTSIDE']]);
      fs.rmSync(folder.at('in', 'door'));
    }
    assert.deepEqual([read('out/a.md'), fs.existsSync(folder.at('out', temp))], ['old', true]);
    put(`in/${journal}`, text, 2 * dayMs);
    await sweepTempFiles(folder.at('in'));
    assert.deepEqual(fs.readdirSync(folder.at('in')), []);
    assert.equal(read('out/a.md'), 'old');
  });

  it('tries again what cannot be renamed now, and gives up in a day', async () => {
    // A folder in a temp file's place stands for whatever is in the way: unlike a mode, it stops root, too.
    const { journal, entries } = leaveBatch();
    const temp = folder.at(entries[0]?.temp ?? '');
    fs.rmSync(temp);
    fs.mkdirSync(temp);
    const first = await recoverBatches(folder.path);
    assert.deepEqual(
      [first.kept, first.failed],
      [[journal], [{ name: folder.at('a.md'), code: 'NOT_A_FILE' }]],
    );
    assert.equal(read('sub/b.md'), 'new');
    fs.rmdirSync(temp);
    fs.writeFileSync(temp, 'new');
    assert.deepEqual((await recoverBatches(folder.path)).recovered, [folder.at('a.md')]);
    assert.deepEqual(leftoversIn(folder.path), []);

    const second = leaveBatch();
    const blocked = folder.at(second.entries[0]?.temp ?? '');
    fs.rmSync(blocked);
    fs.mkdirSync(blocked);
    const old = (Date.now() - 2 * dayMs) / 1000;
    fs.utimesSync(folder.at(second.journal), old, old);
    await recoverBatches(folder.path);
    assert.equal(fs.existsSync(folder.at(second.journal)), false);
  });

  it('does nothing once it is aborted, and says when the folder cannot be read', async () => {
    leaveBatch();
    await recoverBatches(folder.path, { signal: AbortSignal.abort() });
    assert.equal(read('a.md'), 'old');
    await assert.rejects(recoverBatches(folder.at('missing')), { step: 'sweep', code: 'ENOENT' });
  });
});
