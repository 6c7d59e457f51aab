import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import type { Image } from '../support/powerLoss/changes.ts';
import { imagesAfterPowerLoss, type Model } from '../support/powerLoss/disk.ts';
import { record, type Trace } from '../support/powerLoss/trace.ts';
import { repositoryFile } from '../support/repository.ts';
import { makeTempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;
const oldText = 'old '.repeat(800);
const newText = 'new text '.repeat(1200);
const models: readonly Model[] = ['ordered', 'by folder', 'reordered'];

type Case = {
  readonly title: string;
  readonly isNew?: boolean;
  readonly file?: string;
  /** What writes `text` to `file`. */
  readonly code: string;
};

const cases: readonly Case[] = [
  { title: 'an overwrite', code: 'await atomicWriteText(file, text);' },
  {
    title: 'an overwrite of its bytes alone',
    code: "await atomicWriteText(file, text, { durability: 'data' });",
  },
  { title: 'a new file', isNew: true, code: 'await atomicWriteText(file, text);' },
  {
    title: 'an exclusive new file',
    isNew: true,
    code: 'await atomicWriteText(file, text, { exclusive: true });',
  },
  {
    title: 'a file that was absent',
    isNew: true,
    code: "await atomicWriteText(file, text, { expected: 'absent' });",
  },
  {
    title: 'a file in new folders',
    isNew: true,
    file: 'new/er/a.txt',
    code: 'await atomicWriteText(file, text);',
  },
  {
    title: 'a streamed overwrite',
    code: `const handle = await AtomicFile.open(file);
      for (let n = 0; n < 3; n++) await handle.write(text.slice(n * text.length / 3, (n + 1) * text.length / 3));
      await handle.commit();`,
  },
];

type Recorded = { readonly file: string; readonly before: Image; readonly trace: Trace };

/** Lets a program write once and gives all that it did to the disk. */
function recordCase({ isNew, file: name = 'a.txt', code }: Case): Recorded {
  const folder = makeTempFolder();
  try {
    const file = `${folder}/${name}`;
    if (isNew !== true) fs.writeFileSync(file, oldText);
    const before: Image = new Map(isNew === true ? [] : [[file, Buffer.from(oldText)]]);
    const script = `
      import { AtomicFile, atomicWriteText } from ${JSON.stringify(`file://${repositoryFile('out/src/atomic-write/index.js')}`)};
      import * as fs from 'node:fs';
      const file = ${JSON.stringify(file)}, text = ${JSON.stringify(newText)};
      ${code}`;
    const { trace } = record(['--input-type=module', '-e', script], folder);
    assert.equal(fs.readFileSync(file, 'utf8'), newText);
    return { file, before, trace };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

type State = 'old' | 'new' | 'absent' | 'torn';

/** Gives every state in which a power cut before the call `end` may leave the file, with how often. */
function statesAt({ file, before, trace }: Recorded, end: number, model: Model): Map<State, number> {
  const states = new Map<State, number>();
  for (const image of imagesAfterPowerLoss(trace, before, end, model)) {
    const text = image.get(file)?.toString('latin1');
    const state: State =
      text === undefined ? 'absent' : text === newText ? 'new' : text === oldText ? 'old' : 'torn';
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return states;
}

const endOf = (trace: Trace) => (trace.at(-1)?.index ?? 0) + 1;

/** All states over all moments. */
function statesEver(recorded: Recorded, model: Model): Set<State> {
  const all = new Set<State>();
  for (let end = 0; end <= endOf(recorded.trace); end++)
    for (const state of statesAt(recorded, end, model).keys()) all.add(state);
  return all;
}

/** The same trace as if some calls were not made. */
function without(recorded: Recorded, isLeftOut: (call: Trace[number]) => boolean): Recorded {
  const trace = recorded.trace.filter((call) => !isLeftOut(call));
  assert.ok(trace.length < recorded.trace.length, 'nothing was left out');
  return { ...recorded, trace };
}

linuxOnly('a power cut in the middle of a write (a model of the disk, Linux)', function () {
  this.timeout(30_000);
  const [overwrite, dataOnly] = cases;
  assert.ok(overwrite && dataOnly);

  for (const one of cases) {
    const old: State = one.isNew === true ? 'absent' : 'old';
    it(`leaves ${one.isNew === true ? 'nothing' : 'the old file'} or the new one, whole: ${one.title}`, () => {
      const recorded = recordCase(one);
      for (const model of models) {
        assert.deepEqual([...statesEver(recorded, model)].sort(), [old, 'new'].sort(), model);
        const last = statesAt(recorded, endOf(recorded.trace), model);
        // Once the call has returned nothing can take the new file away, unless less was asked for.
        const expected: State[] = one === dataOnly ? ['new', old] : ['new'];
        assert.deepEqual([...last.keys()].sort(), expected.sort(), model);
      }
    });
  }

  // The model must be able to say no.
  const torn: readonly (readonly [string, (recorded: Recorded) => Recorded])[] = [
    [
      'no sync of the file',
      (recorded) => without(recorded, ({ name, path }) => name === 'fsync' && path.includes('.~ai-')),
    ],
    [
      'a sync of the file after the rename',
      (recorded) => {
        const sync = recorded.trace.find(({ name }) => name === 'fsync');
        const rename = recorded.trace.find(({ name }) => name === 'rename');
        assert.ok(sync && rename);
        const late = { ...sync, index: rename.index, since: rename.index };
        const early = { ...rename, index: sync.index };
        const rest = recorded.trace.filter((call) => call !== sync && call !== rename);
        return { ...recorded, trace: [...rest, late, early].sort((a, b) => a.index - b.index) };
      },
    ],
  ];
  for (const [title, change] of torn) {
    it(`would leave a torn or empty file: with ${title}`, () => {
      const changed = change(recordCase(overwrite));
      for (const model of models) assert.ok(statesEver(changed, model).has('torn'), model);
    });
  }

  it('would leave a torn or empty file: written in place', () => {
    const inPlace = recordCase({ title: '', code: 'fs.writeFileSync(file, text, { flush: true });' });
    for (const model of models) assert.ok(statesEver(inPlace, model).has('torn'), model);
  });

  it('would leave a torn or empty file: with durability none', () => {
    const code = "await atomicWriteText(file, text, { durability: 'none' });";
    const recorded = recordCase({ title: '', code });
    for (const model of models) assert.ok(statesEver(recorded, model).has('torn'), model);
  });

  it('would bring the old file back after the call returned: without the sync of the folder', () => {
    const recorded = recordCase(overwrite);
    const changed = without(recorded, ({ name, path }) => name === 'fsync' && !path.includes('.~ai-'));
    for (const model of models) {
      const states = statesAt(changed, endOf(recorded.trace), model);
      assert.ok(states.has('old'), model);
      assert.ok(!states.has('torn'), model);
    }
  });

  it('would lose a file in new folders: with only the last folder synced', () => {
    const one = cases.find(({ file }) => file !== undefined);
    assert.ok(one);
    const recorded = recordCase(one);
    const changed = without(recorded, ({ name, path }) => name === 'fsync' && !/er$|\.tmp$/.test(path));
    assert.ok(statesAt(changed, endOf(recorded.trace), 'reordered').has('absent'));
  });
});
