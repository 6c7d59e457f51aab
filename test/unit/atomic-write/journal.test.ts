import assert from 'node:assert/strict';
import { sha256Of } from '../../../src/atomic-write/content.ts';
import { type JournalEntry, parseJournal, toJournalText } from '../../../src/atomic-write/journal.ts';
import { makeBatchNames, makeTempName } from '../../../src/atomic-write/tempName.ts';

describe('a journal', () => {
  const names = makeBatchNames();
  const part = names.nextPart();
  const good: JournalEntry = { temp: `sub/${part}`, target: 'sub/a.md', old: 'absent', new: 'f00' };
  const kindOf = (entries: readonly unknown[], name = names.journal) => {
    const line = JSON.stringify({ version: 1, entries });
    return parseJournal(name, `${line}\n${sha256Of(Buffer.from(line))}\n`).kind;
  };

  it('gives back what was written', () => {
    const entries = [good, { ...good, temp: names.nextPart(), target: 'ü.md', old: 'link:../x' }];
    assert.deepEqual(parseJournal(names.journal, toJournalText(entries)), { kind: 'valid', entries });
  });

  it('is torn when any part of it is missing or changed', () => {
    const text = toJournalText([good]);
    for (let end = 0; end < text.length; end++) {
      assert.equal(parseJournal(names.journal, text.slice(0, end)).kind, 'torn', `${end} characters`);
    }
    assert.equal(parseJournal(names.journal, text.replace('a.md', 'b.md')).kind, 'torn');
    assert.equal(parseJournal(names.journal, `${text}x`).kind, 'torn');
    assert.equal(parseJournal(names.journal, '\0'.repeat(500)).kind, 'torn');
  });

  it('is not understood in another version', () => {
    const line = JSON.stringify({ version: 2, entries: [good] });
    assert.equal(parseJournal(names.journal, `${line}\n${sha256Of(Buffer.from(line))}\n`).kind, 'unknown');
  });

  const hostile: readonly [string, unknown][] = [
    ['leaves the folder', { ...good, temp: `../${part}`, target: '../a.md' }],
    ['leaves the folder in the middle', { ...good, temp: `sub/../../x/${part}`, target: 'sub/../../x/a.md' }],
    ['names a file by its full path', { ...good, temp: `/etc/${part}`, target: '/etc/passwd' }],
    ['moves a file to another folder', { ...good, target: 'other/a.md' }],
    ['renames a file that is no temp file', { ...good, temp: 'sub/secret.txt' }],
    ['renames a temp file of another batch', { ...good, temp: `sub/${makeBatchNames().nextPart()}` }],
    ['renames a temp file of a single write', { ...good, temp: `sub/${makeTempName()}` }],
    ['renames a journal', { ...good, temp: `sub/${names.journal}` }],
    ['makes a temp file', { ...good, target: `sub/${names.nextPart()}` }],
    ['has an empty name', { ...good, target: 'sub/' }],
    ['has a null character', { ...good, target: 'sub/a\0.md' }],
    ['lacks a field', { temp: good.temp, target: good.target, old: 'absent' }],
    ['has a field of another type', { ...good, old: 7 }],
    ['is no object', 'text'],
    ['is nothing', null],
  ];
  for (const [name, entry] of hostile) {
    it(`is not obeyed, in no entry, when one ${name}`, () => {
      assert.equal(kindOf([good, entry]), 'unknown');
    });
  }

  it('is not obeyed under another name', () => {
    assert.equal(kindOf([good]), 'valid');
    assert.equal(kindOf([good], makeBatchNames().journal), 'unknown');
  });
});
