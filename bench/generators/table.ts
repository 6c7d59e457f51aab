import type { Contender } from './contenders.ts';
import type { Measurement } from './measure.ts';

export type Row = {
  readonly contender: Contender;
  readonly files: number;
  readonly first: Measurement;
  /** The second run on the same tree, in which nothing changes. */
  readonly again: Measurement;
  /** 0 where it was not counted. */
  readonly filesRead: number;
};

/** Prints the rows as a Markdown table, with the ratio to our first row of the same kind and size. */
export function tableOf(rows: readonly Row[]): string {
  const head = [
    'program',
    'files',
    'CPU s',
    'ratio',
    'peak MB',
    'files read',
    'written',
    'CPU s again',
    'written again',
  ];
  const lines = rows.map((row) => {
    const { contender, files, first, again, filesRead } = row;
    const ours = rows.find((other) => other.files === files && other.contender.kind === contender.kind);
    const ratio = first.cpuSeconds / (ours?.first.cpuSeconds ?? Number.NaN);
    const name = `${contender.name} (${contender.does})${first.error === '' ? '' : ` FAILED: ${first.error}`}`;
    return [
      name.replace(/[\n|]/g, ' '),
      files,
      first.cpuSeconds.toFixed(2),
      ratio.toFixed(1),
      Math.round(first.peakBytes / 1e6),
      filesRead === 0 ? '-' : filesRead,
      first.filesWritten,
      again.cpuSeconds.toFixed(2),
      again.filesWritten,
    ];
  });
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
