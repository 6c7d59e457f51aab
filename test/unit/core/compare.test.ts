import assert from 'node:assert/strict';
import { compare } from '../../../src/core/compare.ts';
import { withHeader } from '../../../src/core/provenance.ts';

const target = { generator: 'markdown-index', output: 'docs/index.md' } as const;
const body = '# Docs\n\n- [A](a.md)\n';
const made = withHeader(body, target.generator, target.output);

describe('compare', () => {
  const generators = new Set(['markdown-index', 'adr-log']);
  const run = (old: string | null, newBody = body, isOverwriteAllowed = false) =>
    compare(old === null ? null : Buffer.from(old), newBody, target, isOverwriteAllowed, generators);

  it('creates what is missing, with LF and a final newline', () => {
    assert.deepEqual(run(null), { kind: 'create', text: made, bytes: Buffer.from(made), oldText: null });
  });

  it('finds the same bytes unchanged, in the style the file has', () => {
    for (const old of [made, made.replaceAll('\n', '\r\n'), `\uFEFF${made}`, made.trimEnd()]) {
      assert.deepEqual(run(old), { kind: 'unchanged' });
    }
  });

  it('updates a generated file and keeps its line end, byte order mark and missing final newline', () => {
    const old = `\uFEFF${made.trimEnd().replaceAll('\n', '\r\n')}`;
    const result = run(old, '# New\n\n- x\n');
    assert.equal(result.kind, 'update');
    if (result.kind !== 'update') return;
    assert.match(result.text, /^\uFEFF<!-- @generated.*-->\r\n# New\r\n\r\n- x$/);
    assert.equal(run(result.text, '# New\n\n- x\n').kind, 'unchanged');
  });

  it('leaves alone what somebody else made or edited', () => {
    const foreign = run('# My own page\n');
    assert.deepEqual([foreign.kind, 'reason' in foreign && foreign.reason], ['conflict', 'not-generated']);
    const edited = run(made.replace('Docs', 'Dogs'));
    assert.deepEqual([edited.kind, 'reason' in edited && edited.reason], ['conflict', 'edited']);
    const binary = compare(Buffer.from([0xff, 0xfe, 0, 1]), body, target, false, generators);
    assert.equal(binary.kind, 'conflict');
  });

  it('overwrites it when the user says so, and a file without any text always', () => {
    assert.equal(run('# My own page\n', body, true).kind, 'update');
    for (const empty of ['', '\n', ' \r\n\t']) assert.equal(run(empty).kind, 'update');
  });

  const madeBy = (generator: string) => withHeader('# Log\n\n- [One](one.md)\n', generator, target.output);

  it('leaves alone what a generator of another target made, also after a formatter', () => {
    for (const moved of [madeBy('adr-log'), madeBy('adr-log').replace('- [', '* [')]) {
      const result = run(moved);
      assert.equal(result.kind, 'conflict');
      if (result.kind !== 'conflict') return;
      assert.deepEqual([result.reason, result.detail, result.oldText], ['moved', 'adr-log', moved]);
      assert.equal(run(moved, body, true).kind, 'update');
    }
    const edited = run(madeBy('adr-log').replace('One', 'Two'));
    assert.equal(edited.kind === 'conflict' && edited.reason, 'edited');
  });

  it('replaces what a generator made that no target has any more: its target has another one now', () => {
    assert.equal(run(madeBy('template')).kind, 'update');
  });

  it('is not misled by carriage returns in a body', () => {
    const result = run(null, 'a\r\nb\rc\n');
    assert.equal(result.kind === 'create' && result.text.includes('\r'), false);
  });
});
