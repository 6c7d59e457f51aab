import assert from 'node:assert/strict';
import type { Outcome, Problem, Report, Target, TargetReport } from '../../../src/core/types.ts';
import { hasProject, unknownState, withProject, withReport } from '../../../src/extension/rootState.ts';

const target = (folder: string): Target => ({
  generator: 'markdown-index',
  folder,
  output: `${folder}/index.md`,
  include: ['**/*.md'],
  exclude: [],
  options: {},
  range: { offset: 0, length: 1 },
});
const report = (
  outcomes: Readonly<Record<string, Outcome>>,
  problems: readonly Problem[] = [],
  more: Partial<Report> = {},
): Report => ({
  absoluteRoot: '/root',
  mode: 'write',
  triggers: ['command'],
  targets: Object.entries(outcomes).map(
    ([folder, outcome]): TargetReport => ({
      target: target(folder),
      outcome,
      sources: [],
      problems: problems.filter(({ relativePath }) => relativePath.startsWith(`${folder}/`)),
      durationMs: 0,
    }),
  ),
  problems,
  isCancelled: false,
  durationMs: 0,
  ...more,
});
const problem = (relativePath: string): Problem => ({
  severity: 'warning',
  code: 'x',
  message: relativePath,
  relativePath,
});
const unchanged: Outcome = { kind: 'unchanged', contentHash: '' };
const conflict: Outcome = {
  kind: 'conflict',
  reason: 'edited',
  message: 'edited',
  oldText: 'a',
  newText: 'b',
};
const waiting: Outcome = { kind: 'skipped', reason: 'unsaved-changes', message: 'unsaved' };
const cancelled: Outcome = { kind: 'skipped', reason: 'cancelled', message: 'cancelled' };
const project = { text: '{}', targets: [target('a'), target('b')], absent: [], problems: [] };

describe('the state of a root', () => {
  const known = withReport(
    withProject(unknownState, project),
    report({ a: conflict, b: unchanged }, [problem('a/page.md'), problem('b/page.md')]),
    true,
  );
  const kinds = (state: typeof known) => [...state.targets.values()].map(({ outcome }) => outcome.kind);
  const paths = (state: typeof known) => state.problems.map(({ relativePath }) => relativePath);

  it('keeps what a run did not look at', () => {
    const next = withReport(known, report({ b: unchanged }), false);
    assert.deepEqual(kinds(next), ['conflict', 'unchanged']);
    assert.deepEqual(paths(next), ['a/page.md']);
  });

  it('forgets what a whole run did not find again', () => {
    const next = withReport(known, report({ b: unchanged }), true);
    assert.deepEqual(kinds(next), ['unchanged']);
    assert.deepEqual(paths(next), []);
  });

  it('learns nothing from what was cancelled', () => {
    assert.deepEqual(kinds(withReport(known, report({ a: cancelled, b: cancelled }), true)), [
      'conflict',
      'unchanged',
    ]);
    assert.equal(withReport(known, report({}, [], { isCancelled: true }), true), known);
  });

  it('keeps waiting for a save when a check looks past it', () => {
    const dirty = withReport(known, report({ a: waiting }), false);
    assert.deepEqual(kinds(withReport(dirty, report({ a: unchanged }, [], { mode: 'check' }), false)), [
      'skipped',
      'unchanged',
    ]);
    assert.deepEqual(kinds(withReport(dirty, report({ a: unchanged }), false)), ['unchanged', 'unchanged']);
  });

  it('forgets targets that are no longer in the project file', () => {
    const next = withProject(known, { ...project, targets: [target('b')] });
    assert.deepEqual(kinds(next), ['unchanged']);
    assert.deepEqual(paths(next), ['b/page.md']);
  });

  it('forgets everything with the project file', () => {
    const next = withProject(known, { text: null, targets: [], absent: [], problems: [] });
    assert.equal(hasProject(next), false);
    assert.deepEqual([next.targets.size, next.problems], [0, []]);
  });
});
