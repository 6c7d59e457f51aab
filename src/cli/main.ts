import * as path from 'node:path';
import { cleanUpTree } from '../core/cleanUp.ts';
import { handOverOnDisk } from '../core/handOver/handOverOnDisk.ts';
import { projectFileName } from '../core/project/projectFileName.ts';
import { regenerate } from '../core/regenerate.ts';
import type { FormatterUse } from '../core/run/formatterUse.ts';
import { findRoot } from '../core/scan/findRoot.ts';
import { readBytesOrNull } from '../core/scan/readText.ts';
import { countOutcomes } from '../core/summarize.ts';
import type { Mode, Report, Trigger } from '../core/types.ts';
import { printAnnotations } from './annotations.ts';
import { findingsOf } from './findings.ts';
import { hasLoadedPlugins, loadPlugins, PluginError } from './plugins.ts';
import { printCleanUp, printReport, printSummary } from './print.ts';
import { ProgressLine } from './progressLine.ts';
import { printSarif } from './sarif.ts';
import { keepHeapSmall } from './smallHeap.ts';
import { type Arguments, readArguments, UsageError, usage } from './usage.ts';

/** Replaced by the bundler. */
declare const ATOMIC_INDEX_VERSION: string;

async function folderOf(args: Arguments): Promise<string> {
  const { absoluteRoot, relativePaths } = await placeOf(args);
  if (relativePaths !== 'all') throw new UsageError(`${args.command} takes a folder, not files.`);
  return absoluteRoot;
}

async function run(args: Arguments, signal: AbortSignal): Promise<Report> {
  const { absoluteRoot, relativePaths } = await placeOf(args);
  if (args.allowsPlugins) await loadPlugins(absoluteRoot);
  const progress = new ProgressLine(process.stderr);
  const runIn = (
    mode: Mode,
    without: Unformatted = args.command === 'plan' ? 'not-needed' : 'not-allowed',
  ): Promise<Report> =>
    regenerate({
      absoluteRoot,
      mode,
      triggers: [{ kind: 'cli', relativePaths }],
      overwrite: args.overwrite,
      program: { name: 'atomic-index', version: ATOMIC_INDEX_VERSION },
      lockScope: args.lockScope,
      lockTimeoutMs: 30_000,
      formatters: args.allowsPlugins ? 'run' : without,
      maxFilesPerScan: 1_000_000,
      signal,
      onProgress: (step) => progress.show(step),
      onWait: (output, holder) => progress.showWait(output, holder),
    });
  try {
    for (const [output, how] of args.handOvers) {
      // What is taken over needs no formatter to be found.
      const found = await runIn('check', 'not-needed');
      const result = await handOverOnDisk(found, output, how);
      if ('refusal' in result) throw new Refusal(result.refusal);
      const stream = args.reporter === 'text' ? process.stdout : process.stderr;
      stream.write(`handed over ${output}: ${result.done.join(', ')}\n`);
    }
    return await runIn(args.command === 'regenerate' ? 'write' : 'check');
  } finally {
    progress.clear();
  }
}

/** What becomes of targets with a formatter that must not be run. */
type Unformatted = Extract<FormatterUse, 'not-allowed' | 'not-needed'>;

/** What was asked for can't be done; the message is ready for display. */
class Refusal extends Error {
  override readonly name = 'Refusal';
}

type Place = Pick<Trigger, 'relativePaths'> & { readonly absoluteRoot: string };

async function placeOf({ paths }: Arguments): Promise<Place> {
  const named = await findRoot(
    paths.map((one) => path.resolve(one)),
    process.cwd(),
  );
  switch (named.kind) {
    case 'folder':
      return { absoluteRoot: named.absoluteRoot, relativePaths: 'all' };
    case 'files':
      return named;
    case 'missing':
      throw new UsageError(`There is no file or folder ${named.absolutePath}.`);
    case 'elsewhere':
      throw new UsageError(`One folder, or files of one folder; ${named.absolutePath} is another.`);
  }
}

async function print(report: Report, args: Arguments): Promise<string> {
  if (args.reporter === 'text' || args.reporter === 'json') return printReport(report, args);
  const { absoluteRoot, isCancelled } = report;
  const projectFile = path.join(absoluteRoot, projectFileName);
  const project = await readBytesOrNull(projectFile).catch(() => null);
  const findings = findingsOf(report, new TextDecoder('utf-8').decode(project ?? Buffer.of()));
  // A job may run in any folder; whoever reads what it prints knows the repository only.
  const absoluteBase = path.resolve(process.env['GITHUB_WORKSPACE'] || '.');
  if (args.reporter === 'github')
    return printAnnotations(findings, absoluteRoot, absoluteBase) + printSummary(report, args);
  return printSarif(findings, { absoluteRoot, absoluteBase, version: ATOMIC_INDEX_VERSION, isCancelled });
}

function exitCodeOf(report: Report, args: Arguments): number {
  if (report.isCancelled) return 130;
  const counts = countOutcomes(report);
  const isWrong = report.problems.some((problem) => problem.severity === 'error');
  if (isWrong || counts.conflict > 0 || counts.failed > 0) return 2;
  return args.command === 'check' && counts.created + counts.updated > 0 ? 1 : 0;
}

/** The one place that decides the exit code: expected errors are one line, a bug is a stack. */
async function main(): Promise<number> {
  keepHeapSmall();
  const controller = new AbortController();
  // The first Ctrl+C ends the run between two steps of a write; a second one ends the process as usual.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  try {
    const args = readArguments(process.argv.slice(2), ATOMIC_INDEX_VERSION);
    if ('text' in args) {
      process.stdout.write(args.text);
      return 0;
    }
    if (args.command === 'sweep') {
      const swept = await cleanUpTree(await folderOf(args), controller.signal);
      process.stdout.write(printCleanUp(swept, args));
      if (controller.signal.aborted) return 130;
      return swept.failed.length > 0 ? 2 : 0;
    }
    const report = await run(args, controller.signal);
    process.stdout.write(await print(report, args));
    return exitCodeOf(report, args);
  } catch (error) {
    if (error instanceof Refusal || error instanceof PluginError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 3;
  }
}

process.exitCode = await main();
// A plugin may have left a timer or a connection open. All is written by now but what a pipe has not taken yet.
if (hasLoadedPlugins()) process.stdout.write('', () => process.stderr.write('', () => process.exit()));
