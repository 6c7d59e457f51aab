import type { Row } from './compare.ts';
import type { Events } from './events.ts';
import type { Verdict } from './goals.ts';
import type { Spread } from './statistics.ts';
import type { SystemCalls } from './systemCalls.ts';

export type Results = {
  readonly date: string;
  readonly machine: string;
  readonly rounds: number;
  readonly disk: string;
  /** One file of 1 KB after another, in memory: what is left is the cost of the calls themselves. */
  readonly inMemory: readonly Row[];
  /** The same on disk. */
  readonly alone: readonly Row[];
  /** 64 files of 1 KB at once, on disk. */
  readonly atOnce: readonly Row[];
  /** 64 files of 10 KB in several ways, on disk, against durable writes one by one. */
  readonly manyFiles: readonly Row[];
  readonly systemCalls: Readonly<Record<string, SystemCalls>>;
  readonly events: Readonly<Record<string, Events>>;
  readonly megabytes: Readonly<Record<string, number>>;
};

function showSpread({ median, low, high }: Spread): string {
  return `${show(median)} (${show(low)}–${show(high)})`;
}

function show(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value >= 10 ? value.toFixed(0) : value.toFixed(2);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function showCalls(calls: SystemCalls | undefined): string {
  if (calls === undefined) return '–';
  return calls.ofFolder >= 0.5
    ? `${Math.round(calls.ofFiles)} + ${Math.round(calls.ofFolder)}`
    : `${Math.round(calls.ofFiles)}`;
}

function showEvents(events: Events | undefined): string {
  return events === undefined ? '–' : `${show(events.temp)} + ${show(events.target)}`;
}

/** Gives the results as Markdown tables. Of the numbers only ratios mean something on another machine. */
export function toMarkdown(results: Results, verdicts: readonly Verdict[]): string {
  const find = (rows: readonly Row[], name: string) => rows.find((row) => row.name === name);
  const writers = results.alone.map(({ name, syncs }) => {
    const spread = (rows: readonly Row[], of: 'cpu' | 'rate') => {
      const row = find(rows, name);
      return row === undefined ? '–' : showSpread(row[of]);
    };
    return [
      name,
      syncs,
      spread(results.inMemory, 'cpu'),
      spread(results.alone, 'cpu'),
      spread(results.alone, 'rate'),
      spread(results.atOnce, 'rate'),
      showCalls(results.systemCalls[name]),
      showEvents(results.events[name]),
      show(results.megabytes[name]),
    ];
  });
  const head = [
    'one overwrite of 1 KB',
    'syncs',
    'CPU, in memory',
    'CPU, on disk',
    'rate, alone',
    'rate, 64 at once',
    'calls: file + folder',
    'events: temp + target',
    'peak MB',
  ];
  const many = results.manyFiles.map((row) => [row.name, showSpread(row.rate), showSpread(row.cpu)]);
  return [
    `Measured ${results.date} on ${results.machine}. Disk: ${results.disk}. Ratios are medians of ${results.rounds} interleaved rounds (on disk ${results.rounds * 3}) with the middle half in parentheses.`,
    table(head, writers),
    table(['64 files of 10 KB', 'rate', 'CPU'], many),
    table(
      ['goal', 'wanted', 'measured', 'met'],
      verdicts.map(({ goal, wanted, measured, isMet }) => [goal, wanted, measured, isMet ? 'yes' : 'no']),
    ),
  ].join('\n\n');
}
