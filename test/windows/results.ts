import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Played } from './play.ts';

export type Results = {
  readonly seed: number;
  readonly pages: number;
  readonly versions: readonly string[];
  readonly played: readonly Played[];
};

/** Says in one line what a scenario was. */
export function printPlayed({
  rounds,
  changes,
  writes,
  reads,
  kills,
  commandLineRuns,
  seconds,
}: Played): void {
  const counts = [
    `${rounds} rounds in ${seconds} s`,
    `${changes} changes`,
    `${writes} writes`,
    `${reads} whole reads`,
    ...(kills > 0 ? [`${kills} kills`] : []),
    ...(commandLineRuns > 0 ? [`${commandLineRuns} runs of the command line`] : []),
  ];
  console.log(`      ${counts.join(', ')}`);
}

/** Writes what was played as JSON and as a table for people. */
export function writeResults(results: Results, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const { seed, pages, versions, played } = results;
  const date = new Date().toISOString();
  writeFileSync(
    path.join(folder, 'results.json'),
    `${JSON.stringify({ date, node: process.versions.node, ...results }, undefined, 2)}\n`,
  );
  const rows = played.map(
    (one) =>
      `| ${one.scenario} | ${one.rounds} | ${one.failures.length} | ${one.changes} | ${one.writes} | ${one.reads} | ${one.kills} | ${one.commandLineRuns} | ${one.seconds} |`,
  );
  const lines = [
    '# Windows of real VS Code on one tree',
    '',
    `${date}, seed ${seed}, ${pages} pages swapped by a checkout, VS Code ${versions.join(' and ')}, Node ${process.versions.node}.`,
    '',
    '| Scenario | Rounds | Failed | Changes | Writes | Whole reads | Kills | Command line | Seconds |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    ...played.flatMap(({ failures }) => failures.map((failure) => `\`\`\`\n${failure}\n\`\`\`\n`)),
  ];
  writeFileSync(path.join(folder, 'results.md'), `${lines.join('\n')}\n`);
}
