import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { loopCommandLine, runTool } from './commandLine.ts';
import { untilFresh, untilWatched } from './effects.ts';
import { createRandom } from './random.ts';
import { playRound, roundKinds, type Stage } from './round.ts';
import { projectsOf, type Scenario } from './scenarios.ts';
import type { Tree } from './tree.ts';
import { watchOutputs } from './watchOutputs.ts';
import { readProductLogs, type Windows } from './windows.ts';

export type PlayOptions = {
  readonly scenario: Scenario;
  readonly tree: Tree;
  readonly windows: Windows;
  readonly rounds: number;
  readonly seed: number;
  /** How many rounds may fail before the scenario ends; each leaves its traces. */
  readonly maxFailures: number;
  /** Where a failed round leaves what is needed to understand it. */
  readonly tracesFolder: string;
};

export type Played = {
  readonly scenario: string;
  readonly rounds: number;
  readonly changes: number;
  readonly writes: number;
  readonly reads: number;
  readonly kills: number;
  readonly commandLineRuns: number;
  readonly seconds: number;
  readonly failures: readonly string[];
};

/** Plays the rounds of a scenario. What goes wrong in a round is in the result; it rejects when windows don't open. */
export async function play(options: PlayOptions): Promise<Played> {
  const startedAt = performance.now();
  const { scenario, tree, rounds, seed } = options;
  const random = createRandom(seed);
  const tell = (text: string): void => {
    if (process.env['ATOMIC_INDEX_WINDOWS_VERBOSE'])
      console.log(`        ${((performance.now() - startedAt) / 1000).toFixed(1)} s: ${text}`);
  };
  const projects = projectsOf(scenario);
  const outputs = tree.outputsOf(projects);
  let windows = await options.windows.arrange(scenario.windows).catch(async (error) => {
    await keepTraces(options, `${scenario.name}-opening`, [String(error)]);
    throw error;
  });
  tell(`${windows.length} windows are open`);
  for (const window of windows) await (await window.link()).request('closeAll', {});
  await tree.reset();
  await untilFresh({ tree, scenario }, outputs);
  // Each output is open in a window that shows it, and must go on to show it.
  for (const { file, project } of outputs) {
    const window = random.pick(windows.filter((one) => one.projects.includes(project)));
    await (await window.link()).request('open', { file });
  }

  tell('all is up to date');
  const watch = watchOutputs(outputs.map(({ file }) => file));
  const commandLine = scenario.hasCommandLine ? loopCommandLine(tree.pier) : undefined;
  const failures: string[] = [];
  const sums = { changes: 0, writes: 0, reads: 0, kills: 0, rounds: 0 };
  try {
    for (let round = 1; round <= rounds && failures.length < options.maxFailures; round++) {
      const kind = scenario.hasKills ? 'crash' : (roundKinds[(round - 1) % roundKinds.length] ?? 'storm');
      windows = await renewKilled(options.windows, windows);
      const notes: string[] = [`seed ${seed}, ${scenario.name}, round ${round}: ${kind}`];
      const note = (line: string): void => void notes.push(`${new Date().toISOString()} ${line}`);
      const stage: Stage = { scenario, tree, windows, outputs, watch, random, commandLine, note };
      try {
        const { changes, writes, reads } = await playRound(stage, kind);
        sums.changes += changes;
        sums.writes += writes;
        sums.reads = reads;
        tell(`round ${round} (${kind}): ${changes} changes, ${writes} writes`);
      } catch (error) {
        note(error instanceof Error ? (error.stack ?? error.message) : String(error));
        failures.push(notes.join('\n'));
        await keepTraces(options, `${scenario.name}-${round}`, notes);
        if (failures.length < options.maxFailures) await calmDown(stage);
      }
      sums.rounds = round;
      if (kind === 'crash') sums.kills++;
    }
  } finally {
    await commandLine?.stop();
    await watch.close();
  }
  for (const project of failures.length > 0 ? [] : projects) {
    const { code, printed } = await runTool('check', tree[project]);
    if (code !== 0) failures.push(`At the end, check of the ${project} ended with ${code}: ${printed}`);
  }
  const complaints = await options.windows.takeComplaints();
  if (complaints.length > 0) failures.push(`The product's log complains:\n${complaints.join('\n')}`);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return { scenario: scenario.name, ...sums, commandLineRuns: commandLine?.runs ?? 0, seconds, failures };
}

/** VS Code starts a new extension host for a window two times, so that one with two kills has to be a new one. */
async function renewKilled(windows: Windows, all: Stage['windows']): Promise<Stage['windows']> {
  const renewed = [];
  for (const window of all) {
    if (window.kills < 2) {
      renewed.push(window);
      continue;
    }
    renewed.push(await windows.renew(window));
  }
  return renewed;
}

/** Brings all to rest after a failed round, so that the next one can begin. */
async function calmDown(stage: Stage): Promise<void> {
  for (const window of stage.windows) {
    const link = await window.link();
    await link.request('closeAll', {});
    await link.request('regenerateAll', { atMs: 0 });
    await window.takeNotifications();
  }
  await untilFresh(stage, stage.outputs).catch(() => undefined);
  await untilWatched(stage);
  await stage.watch.reads();
  stage.commandLine?.takeFailures();
}

async function keepTraces(options: PlayOptions, name: string, notes: readonly string[]): Promise<void> {
  const folder = path.join(options.tracesFolder, name.replaceAll(/\W+/g, '-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'round.txt'), `${notes.join('\n')}\n`);
  await options.windows.keepTraces(folder);
  writeFileSync(path.join(folder, 'product.log'), readProductLogs(folder));
}
