import type { Row } from './table.ts';

type Goal = {
  readonly name: string;
  readonly files: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
};

/** What we want of ourselves: a few times the bare start of Node.js (0.1 s, 42 MB). */
const wanted: readonly Goal[] = [
  { name: 'Atomic Index, one barrel', files: 1000, cpuSeconds: 0.45, peakMegabytes: 120 },
  { name: 'Atomic Index, one barrel', files: 10_000, cpuSeconds: 0.9, peakMegabytes: 120 },
  { name: 'Atomic Index, Markdown index', files: 1000, cpuSeconds: 0.25, peakMegabytes: 120 },
  { name: 'Atomic Index, Markdown index', files: 10_000, cpuSeconds: 0.7, peakMegabytes: 120 },
];

/** One line for each goal: met or missed, with what was measured. */
export function goals(rows: readonly Row[]): string[] {
  const measured = wanted.flatMap((goal) => {
    const row = rows.find(({ contender, files }) => contender.name === goal.name && files === goal.files);
    if (row === undefined) return [];
    const { cpuSeconds, peakBytes } = row.first;
    const isMet = cpuSeconds <= goal.cpuSeconds && peakBytes / 1e6 <= goal.peakMegabytes;
    const found = `${cpuSeconds.toFixed(2)} s, ${Math.round(peakBytes / 1e6)} MB`;
    return [
      `- ${isMet ? 'met' : 'MISSED'}: ${goal.name}, ${goal.files} files: ${found} (at most ${goal.cpuSeconds} s, ${goal.peakMegabytes} MB)`,
    ];
  });
  const idle = rows
    .filter(({ contender }) => contender.name.startsWith('Atomic Index'))
    .map(({ contender, files, again }) => {
      const isMet = again.filesWritten === 0 && again.error === '';
      return `- ${isMet ? 'met' : 'MISSED'}: ${contender.name}, ${files} files: ${again.filesWritten} files written or touched when nothing changes (none)`;
    });
  return [...measured, ...managedBlocks(rows), ...idle];
}

/** How many times less CPU than doctoc many tables of contents shall take. */
const wantedOfDoctoc = 20;

function managedBlocks(rows: readonly Row[]): string[] {
  return rows
    .filter(({ contender }) => contender.name === 'Atomic Index, tables of contents')
    .flatMap(({ files, first, again }) => {
      const doctoc = rows.find((row) => row.contender.name === 'doctoc' && row.files === files);
      if (doctoc === undefined) return [];
      const firstRatio = doctoc.first.cpuSeconds / first.cpuSeconds;
      const againRatio = doctoc.again.cpuSeconds / again.cpuSeconds;
      const isMet = Math.min(firstRatio, againRatio) >= wantedOfDoctoc;
      return [
        `- ${isMet ? 'met' : 'MISSED'}: tables of contents in ${files} files: ${firstRatio.toFixed(1)}x less CPU than doctoc in the first run, ${againRatio.toFixed(1)}x in the second (at least ${wantedOfDoctoc}x)`,
      ];
    });
}
