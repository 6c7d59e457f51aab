/**
 * Measures for how long a run keeps the event loop of the extension host, where every other extension waits meanwhile:
 * `npm run bench:loop`. The tree has 10,000 pages in 2,000 folders, 2,000 modules, and 5,000 pages with a region. Each
 * scenario looks, writes, and looks again.
 *
 *   --verbose   tells for each scenario where the longest blocks come from
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { regenerate } from '../../src/core/regenerate.ts';
import type { Mode } from '../../src/core/types.ts';
import { type LoopReport, watchLoop } from './blocks.ts';
import { writeLargeTree } from './tree.ts';

const { values } = parseArgs({ options: { verbose: { type: 'boolean', default: false } } });

type Scenario = {
  readonly name: string;
  readonly targets: readonly object[];
  readonly regions?: string;
};

const scenarios: readonly Scenario[] = [
  { name: 'one Markdown index of 10,000 pages', targets: [{ generator: 'markdown-index', folder: 'docs' }] },
  {
    name: 'one HTML index of 10,000 pages',
    targets: [{ generator: 'html-index', folder: 'docs', include: ['**/*.md'], output: 'index.html' }],
  },
  {
    name: '100 Markdown indexes, of 100 pages each',
    targets: [{ generator: 'markdown-index', folders: 'docs/*/*', output: 'index.md' }],
  },
  {
    name: '2,000 Markdown indexes, one in each folder',
    targets: [{ generator: 'markdown-index', folders: 'docs/**', include: ['*.md'], output: 'index.md' }],
  },
  {
    name: 'one barrel of 2,000 modules',
    targets: [{ generator: 'barrel', folder: 'src', output: 'index.ts' }],
  },
  { name: '5,000 tables of contents', targets: [], regions: 'marked/**/*.md' },
];

async function measure(root: string, { name, ...project }: Scenario, mode: Mode): Promise<LoopReport> {
  writeFileSync(path.join(root, 'atomic-index.json'), JSON.stringify(project));
  return watchLoop(async () => {
    const triggers = [{ kind: 'command', relativePaths: 'all' } as const];
    const report = await regenerate({ absoluteRoot: root, mode, triggers, maxFilesPerScan: 50_000 });
    const failed = report.targets.filter(({ outcome }) => outcome.kind === 'failed');
    if (report.targets.length === 0 || failed.length > 0) {
      throw new Error(`${name}: ${failed.length} of ${report.targets.length} targets failed`);
    }
  });
}

const root = mkdtempSync(path.join(tmpdir(), 'atomic-index-loop-'));
try {
  writeLargeTree(root);
  const lines = [
    '| run | took | longest block | of that not waiting for a processor | 99 % of turns | blocks over 10 ms |',
  ];
  lines.push('| --- | --- | --- | --- | --- | --- |');
  for (const scenario of scenarios) {
    for (const mode of ['check', 'write', 'check'] as const) {
      const report = await measure(root, scenario, mode);
      const ms = (value: number) => `${value.toFixed(1)} ms`;
      const cells = [
        `${scenario.name}, ${mode}`,
        ms(report.wallMs),
        ms(report.worstMs),
        ms(report.longestOwnMs),
        ms(report.p99Ms),
        String(report.blocksOver10Ms),
      ];
      lines.push(`| ${cells.join(' | ')} |`);
      if (values.verbose) {
        console.log(`\n${scenario.name}, ${mode}`);
        for (const block of report.longest) console.log(`  ${ms(block.ownMs)}: ${block.where.join('; ')}`);
      }
    }
  }
  console.log(`\n${lines.join('\n')}`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
