import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { leftoversIn } from '../support/leftovers.ts';
import { type Change, Changes } from './changes.ts';
import type { CommandLineLoop } from './commandLine.ts';
import { regenerateAllAtOnce } from './commands.ts';
import { expectEditorsShow, type Unsaved, untilFresh, untilWatched } from './effects.ts';
import type { Random } from './random.ts';
import { projectsOf, type Scenario } from './scenarios.ts';
import { type Area, newText, type Output, type Tree } from './tree.ts';
import type { OutputWatch } from './watchOutputs.ts';
import type { DrivenWindow } from './windows.ts';

/** What a round does beside the commands. */
export const roundKinds = [
  'checkout',
  'save',
  'removal',
  'storm',
  'single',
  'quiet checkout',
  'storm',
] as const;
export type RoundKind = (typeof roundKinds)[number] | 'crash';

/** What a round plays on. */
export type Stage = {
  readonly scenario: Scenario;
  readonly tree: Tree;
  readonly windows: readonly DrivenWindow[];
  readonly outputs: readonly Output[];
  readonly watch: OutputWatch;
  readonly random: Random;
  readonly commandLine: CommandLineLoop | undefined;
  /** Notes what is done, for whoever must find out why a round failed. */
  readonly note: (line: string) => void;
};

/** How many writes of an output are right. */
type Writes = { readonly least: number; readonly most: number };

export type RoundResult = { readonly writes: number; readonly changes: number; readonly reads: number };

/**
 * The progress of a run that a busy machine makes long; what VS Code says of a killed extension host; and the HTML
 * and TypeScript extensions of the offline host, which lack their packages (the last words are the ones with which a
 * language client, of which the product has none, tells that its server is gone).
 */
const harmlessNotification =
  /^Regenerating|xtension host terminated|erver initialization failed|HTML Language Server|Request initialize failed|tsserver|^Pending response rejected since connection got disposed$/;

const stormSpreadMs = 250;
const killSpreadMs = 120;

/** Plays one round and rejects with the first thing that is not as it should be. */
export async function playRound(stage: Stage, kind: RoundKind): Promise<RoundResult> {
  const { watch, outputs, tree, note } = stage;
  const before = new Map(outputs.map(({ file }) => [file, readFileSync(file, 'utf8')]));
  watch.resetWrites();
  const { changes, expected } = await disturb(stage, kind);
  const fresh = await untilFresh(stage, outputs);
  await expectEditorsShow(stage);
  await untilWatched(stage);

  // Nothing is left to do: whoever asks for it now must find so.
  const lines = await regenerateAllAtOnce(stage, 'api');
  for (const line of lines) assert.match(line, /: unchanged$/, `a run after all was done: ${line}`);

  for (const { file, area } of outputs) {
    const writes = watch.writesOf(file);
    const { least, most } = expected(file, area);
    const isChanged = before.get(file) !== fresh.get(file);
    note(`${writes} writes of ${file}, between ${isChanged ? least : 0} and ${most} expected`);
    assert.ok(writes <= most, `${writes} writes of ${file}, ${most} at most are right`);
    assert.ok(!isChanged || writes >= least, `${writes} writes of ${file}, ${least} at least are right`);
  }
  assert.deepEqual(leftoversIn(tree.harbour), [], 'temp files were left');
  for (const window of stage.windows) {
    const shown = (await window.takeNotifications()).filter((text) => !harmlessNotification.test(text));
    assert.deepEqual(shown, [], `${window.name} showed notifications`);
  }
  assert.deepEqual(stage.commandLine?.takeFailures() ?? [], [], 'the command line failed');
  const { reads, bad } = await watch.reads();
  assert.deepEqual(bad, [], 'an output was not whole');
  const all = outputs.reduce((sum, { file }) => sum + watch.writesOf(file), 0);
  return { writes: all, changes, reads };
}

type Disturbance = {
  readonly changes: number;
  readonly expected: (file: string, area: Area) => Writes;
};

async function disturb(stage: Stage, kind: RoundKind): Promise<Disturbance> {
  switch (kind) {
    case 'storm':
    case 'crash':
      return await storm(stage, false);
    case 'checkout':
      return await storm(stage, true);
    case 'save':
    case 'single':
      return await single(stage, kind);
    case 'quiet checkout':
      return await quietCheckout(stage);
    case 'removal':
      return await removal(stage);
    default:
      return kind satisfies never;
  }
}

/** One change while nothing else happens: one write of each output that it touches, however many windows see it. */
async function single(stage: Stage, kind: 'save' | 'single'): Promise<Disturbance> {
  const changes = changesOf(stage, stage.windows);
  const change = kind === 'save' ? changes.save() : changes.any();
  stage.note(change.what);
  await change.perform();
  // The command line looks at any moment, so also at a file that is half written.
  const most = stage.commandLine === undefined ? 1 : change.listings;
  return {
    changes: 1,
    expected: (_file, area) => (area === change.area ? { least: 1, most } : { least: 0, most: 0 }),
  };
}

async function quietCheckout({ tree, note, commandLine, scenario }: Stage): Promise<Disturbance> {
  note('checkout of the other branch, and nothing else');
  await tree.checkout();
  // Whoever has the harbour open doesn't know of the repository in the pier, and may look in the middle of the checkout.
  const looks = projectsOf(scenario).includes('harbour') ? 4 : 1;
  const most = commandLine === undefined ? looks : Number.POSITIVE_INFINITY;
  return {
    changes: 1,
    expected: (_file, area) => (area === 'docs' ? { least: 1, most } : { least: 0, most: 0 }),
  };
}

/** An output is deleted, and comes back. */
async function removal(stage: Stage): Promise<Disturbance> {
  const { outputs, random, watch, note } = stage;
  const { file } = random.pick(outputs);
  note(`${file} is deleted`);
  watch.setMayBeMissing(file, true);
  rmSync(file);
  await untilFresh(stage, outputs);
  watch.setMayBeMissing(file, false);
  return {
    changes: 1,
    // The removal counts as one: it is told of like a rename.
    expected: (one) => (one === file ? { least: 2, most: 2 } : { least: 0, most: 0 }),
  };
}

/** Many changes, unsaved texts and the command in all windows at once; and a checkout, or a crash, in the middle of it. */
async function storm(stage: Stage, hasCheckout: boolean): Promise<Disturbance> {
  const { random, windows, scenario, tree, note } = stage;
  // In turn: VS Code starts no third extension host for a window within five minutes.
  const [victim] = scenario.hasKills ? [...windows].sort((one, other) => one.kills - other.kills) : [];
  const changes = changesOf(
    stage,
    windows.filter((window) => window !== victim),
  );
  const unsaved = await leaveUnsaved(stage, changes);
  const performed = Array.from({ length: 2 + random.below(4) }, () => changes.any());

  const commands = regenerateAllAtOnce(stage, scenario.by, victim);
  // Who has only the keyboard does one thing after the other, and the command first.
  let handsFree: Promise<unknown> | undefined = scenario.by === 'palette' ? commands : undefined;
  const work = performed.map((change) => {
    const afterMs = random.below(stormSpreadMs);
    if (change.window === undefined || handsFree === undefined) return perform(change, afterMs, note);
    const done = handsFree.then(() => perform(change, afterMs, note));
    handsFree = done;
    return done;
  });
  if (hasCheckout) {
    note('checkout of the other branch');
    work.push(tree.checkout());
  }
  if (victim !== undefined) {
    const afterMs = 50 + random.below(killSpreadMs);
    note(`${victim.name} loses its extension host after ${afterMs} ms`);
    work.push(delay(afterMs).then(() => victim.kill()));
  }
  for (const line of await allDone(commands, work)) {
    const isWaiting = unsaved.some(({ file }) => file.endsWith(`/${line.split(': ')[0]}`));
    const allowed = isWaiting
      ? /: (created|updated|unchanged|skipped \(unsaved-changes\).*)$/
      : /: (created|updated|unchanged)$/;
    assert.match(line, allowed, `a run in the storm: ${line}`);
  }
  await victim?.link();
  const waiting = new Set(unsaved.map(({ file }) => file));
  await untilFresh(
    stage,
    stage.outputs.filter(({ file }) => !waiting.has(file)),
  );
  for (const one of unsaved) await expectStillUnsaved(one);
  for (const { window, file } of unsaved) await (await window.link()).request('revert', { file });
  if (victim !== undefined) {
    await untilFresh(stage, stage.outputs);
    // What a killed writer left is removed by the next write in the same folder.
    for (const area of ['docs', 'src'] as const) {
      const change = changes.createOnDisk(area);
      performed.push(change);
      await perform(change, 0, note);
    }
  }

  const listings = (area: Area): number =>
    performed.filter((change) => change.area === area).reduce((sum, change) => sum + change.listings, 0);
  // Whoever is told to regenerate in the middle of a checkout sees one more state of the half of it.
  const looks = stage.commandLine === undefined ? 1 + 2 * windows.length : Number.POSITIVE_INFINITY;
  return {
    changes: performed.length + (hasCheckout ? 1 : 0),
    expected: (_file, area) => ({
      least: 1,
      most: listings(area) + (hasCheckout && area === 'docs' ? looks : 0),
    }),
  };
}

function changesOf({ tree, random, scenario }: Stage, windows: readonly DrivenWindow[]): Changes {
  return new Changes(tree, windows, random, scenario.by === 'palette');
}

async function perform(change: Change, afterMs: number, note: Stage['note']): Promise<void> {
  await delay(afterMs);
  note(change.what);
  await change.perform();
}

/** Waits for all, also when one fails: what is still going on would disturb the next round. */
async function allDone<T>(first: Promise<T>, others: readonly Promise<void>[]): Promise<T> {
  await Promise.allSettled([first, ...others]);
  await Promise.all(others);
  return await first;
}

/** Types into a source and into an output without a save, each in any of the windows. */
async function leaveUnsaved({ windows, random, outputs, note }: Stage, changes: Changes): Promise<Unsaved[]> {
  const source = changes.takeFile('docs');
  const output = random.pick(outputs);
  // VS Code now and then misses that a file outside the window's folders was replaced, so nobody types there.
  const owners = windows.filter(({ projects }) => projects.includes(output.project));
  const places = [
    ...(source === undefined ? [] : [{ file: source, window: random.pick(windows) }]),
    { file: output.file, window: random.pick(owners) },
  ];
  const unsaved: Unsaved[] = [];
  for (const { file, window } of places) {
    note(`${window.name} types into ${file} without a save`);
    const link = await window.link();
    const text = await link.request('type', { file, text: newText('docs', random), isSaved: false });
    unsaved.push({ window, file, text });
  }
  return unsaved;
}

async function expectStillUnsaved({ window, file, text }: Unsaved): Promise<void> {
  const found = await (await window.link()).request('read', { file });
  assert.deepEqual(found, { text, isDirty: true }, `${window.name} lost what was typed into ${file}`);
}
