/**
 * Measures generators beside others on the same trees in one run.
 *
 *   npm run bench:generators                      1,000 and 10,000 files, 3 runs each
 *   npm run bench:generators -- 1000 5            1,000 files, 5 runs each
 *
 * Prints a Markdown table, and for each goal whether it is met. Needs Linux with GNU time, and the package registry once.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, contenders, installContenders, versions } from './contenders.ts';
import { goals } from './goals.ts';
import { countReads, type Measurement, measure } from './measure.ts';
import { type Row, tableOf } from './table.ts';
import { writeBenchTree } from './trees.ts';

const [sizes = [1000, 10_000], [repeats = 3] = []] = process.argv
  .slice(2)
  .map((arg) => arg.split(',').map(Number));
/** One run that takes longer is not repeated. */
const slowSeconds = 10;
const timeoutMs = 900_000;

const scratch = mkdtempSync(join(tmpdir(), 'atomic-index-bench-'));
try {
  const kept = process.env['BENCH_CONTENDERS'];
  const installed =
    kept !== undefined && existsSync(kept) ? kept : installContenders(join(scratch, 'contenders'));
  const rows: Row[] = [];
  for (const files of sizes) {
    for (const contender of contenders(installed)) {
      process.stderr.write(`${contender.name}, ${files}\n`);
      rows.push(rowOf(contender, files));
    }
  }
  const processor = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`;
  process.stdout.write(`Node.js ${process.versions.node}, ${processor}; ${versions}\n\n`);
  process.stdout.write(tableOf(rows));
  process.stdout.write(`\n${goals(rows).join('\n')}\n`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function rowOf(contender: Contender, files: number): Row {
  const first: Measurement[] = [];
  const again: Measurement[] = [];
  let filesRead = 0;
  for (let i = 0; i < repeats; i++) {
    const folder = join(scratch, 'tree', 'root');
    rmSync(join(scratch, 'tree'), { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeBenchTree(folder, { kind: contender.kind, files });
    const args = contender.prepare(folder);
    const one = measure(args, folder, timeoutMs);
    // Some say that all went well when they have found nothing to do.
    first.push(one.filesWritten === 0 && one.error === '' ? { ...one, error: 'wrote nothing' } : one);
    again.push(measure(args, folder, timeoutMs));
    const isSlow = [...first, ...again].some(
      ({ cpuSeconds, error }) => cpuSeconds > slowSeconds || error !== '',
    );
    if (i === 0 && !isSlow) filesRead = countReads(args, folder, timeoutMs);
    if (isSlow) break;
  }
  return { contender, files, first: median(first), again: median(again), filesRead };
}

/** Field by field: what disturbs one run's time need not disturb its memory. */
function median(all: readonly Measurement[]): Measurement {
  const of = (pick: (one: Measurement) => number) =>
    all.map(pick).sort((a, b) => a - b)[Math.floor((all.length - 1) / 2)] ?? Number.NaN;
  return {
    cpuSeconds: of((one) => one.cpuSeconds),
    peakBytes: of((one) => one.peakBytes),
    filesWritten: Math.max(...all.map((one) => one.filesWritten)),
    error: all.find(({ error }) => error !== '')?.error ?? '',
  };
}
