import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Echoes } from '../../../src/core/echoes.ts';
import type { Trigger, TriggerKind } from '../../../src/core/types.ts';
import { withoutEchoes } from '../../../src/extension/withoutEchoes.ts';

describe('withoutEchoes', () => {
  let root: string;
  let written: Echoes;
  let saved: Echoes;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'echoes-'));
    written = new Echoes();
    saved = new Echoes();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const put = (name: string, text: string) => writeFileSync(path.join(root, name), text);
  const check = async (triggers: readonly Trigger[], expected: readonly Trigger[]) => {
    const echoes = { absoluteRoot: root, outputs: ['docs/index.md'], written, saved };
    assert.deepEqual(await withoutEchoes(triggers, echoes), expected);
  };
  const of = (kind: TriggerKind, ...relativePaths: string[]): Trigger => ({ kind, relativePaths });

  it('drops what still holds our write, whatever the watcher calls it', async () => {
    put('own.md', 'ours');
    written.remember(path.join(root, 'own.md'), 'ours');
    await check([of('create', 'own.md'), of('external', 'own.md'), of('delete', 'own.md')], []);
  });

  it('keeps the other paths of a trigger', async () => {
    put('own.md', 'ours');
    written.remember(path.join(root, 'own.md'), 'ours');
    await check([of('rename', 'own.md', 'other.md')], [of('rename', 'other.md')]);
  });

  it('keeps a change by others, and its undoing', async () => {
    written.remember(path.join(root, 'own.md'), 'ours');
    put('own.md', 'theirs');
    await check([of('external', 'own.md')], [of('external', 'own.md')]);
    put('own.md', 'ours');
    await check([of('external', 'own.md')], [of('external', 'own.md')]);
  });

  it('keeps a deletion of what we wrote', async () => {
    written.remember(path.join(root, 'own.md'), 'ours');
    await check([of('delete', 'own.md')], [of('delete', 'own.md')]);
  });

  it('drops the change of a saved file but not its creation', async () => {
    put('page.md', 'text');
    saved.remember(path.join(root, 'page.md'), 'text');
    await check([of('external', 'page.md'), of('create', 'page.md')], [of('create', 'page.md')]);
  });

  it('drops the change of a folder that we write into', async () => {
    await check([of('external', 'docs')], []);
    await check([of('delete', 'docs')], [of('delete', 'docs')]);
  });

  it('keeps saves, commands, the targets of a generator that arrives, and whole runs', async () => {
    put('own.md', 'ours');
    written.remember(path.join(root, 'own.md'), 'ours');
    const meant = [
      of('save', 'own.md'),
      of('command', 'own.md'),
      of('startup', 'own.md'),
      { kind: 'startup', relativePaths: 'all' },
    ] as const;
    await check(meant, meant);
  });
});
