import { createTwoFilesPatch } from 'diff';
import type { CleanUp } from '../core/cleanUp.ts';
import { publishReport } from '../core/publishReport.ts';
import { keyOf } from '../core/regions/twins.ts';
import { countOutcomes, messageOf } from '../core/summarize.ts';
import type { Outcome, Problem, Report, TargetReport } from '../core/types.ts';
import type { Arguments } from './usage.ts';

/** Gives what a report says on standard output: lines for people, or one JSON object. */
export function printReport(report: Report, args: Arguments): string {
  if (args.reporter === 'json') return `${JSON.stringify(toJson(report, args), null, 2)}\n`;
  const lines = [
    ...report.targets.flatMap((target) => targetLines(target, args)),
    ...report.problems.map(problemLine),
  ];
  const summary = args.command === 'plan' ? '' : printSummary(report, args);
  return lines.map((line) => `${line}\n`).join('') + summary;
}

function targetLines({ target, outcome, sources }: TargetReport, args: Arguments): string[] {
  if (args.command === 'plan') {
    const header = `${keyOf(target)}  (${target.generator}, ${sources.length} source${sources.length === 1 ? '' : 's'} in ${target.folder || '.'})`;
    return [header, ...sources.map((source) => `  ${source}`)];
  }
  const verbs: Readonly<Record<string, string>> =
    args.command === 'check' ? { created: 'would create', updated: 'would update' } : {};
  const isQuiet = outcome.kind === 'unchanged' && !args.isVerbose;
  const message = messageOf(outcome);
  const first = `${verbs[outcome.kind] ?? outcome.kind} ${keyOf(target)}${message === null ? '' : `: ${message}`}`;
  if (isQuiet) return [];
  const listed = args.isVerbose ? sources.map((source) => `  ${source}`) : [];
  return [first, ...listed, ...(args.hasDiff ? diffLines(target.output, outcome) : [])];
}

/** A unified diff that `patch -p1` takes. */
function diffLines(output: string, outcome: Outcome): string[] {
  if (!('newText' in outcome)) return [];
  const { oldText, newText } = outcome;
  const from = oldText === null ? '/dev/null' : `a/${output}`;
  const patch = createTwoFilesPatch(from, `b/${output}`, oldText ?? '', newText, undefined, undefined, {
    context: 3,
    stripTrailingCr: true,
  });
  // Without the ruler above, which `patch` doesn't need.
  return patch.trimEnd().split('\n').slice(1);
}

/** `path:line:column: severity: message`, as compilers print it and editors find it. */
function problemLine({ relativePath, line, column, severity, message }: Problem): string {
  const place = line === undefined ? relativePath : `${relativePath}:${line}:${column ?? 1}`;
  return `${place}: ${severity}: ${message}`;
}

/** Gives how many targets ended how, as the last line. */
export function printSummary(report: Report, args: Arguments): string {
  const counts = countOutcomes(report);
  const said = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  const mode = args.command === 'check' ? ' (nothing was written)' : '';
  return `${said.length > 0 ? said.join(', ') : 'no targets'}${mode}\n`;
}

function toJson(report: Report, args: Arguments): unknown {
  return {
    command: args.command,
    ...publishReport(report),
  };
}

/** Gives what a sweep says on standard output: a line for each temp file, or one JSON object. */
export function printCleanUp({ absoluteRoot, ...found }: CleanUp, args: Arguments): string {
  if (args.reporter === 'json')
    return `${JSON.stringify({ command: args.command, folder: absoluteRoot, ...found }, null, 2)}\n`;
  const lines = [
    ...found.recovered.map((name) => `finished ${name}`),
    ...found.removed.map((name) => `removed ${name}`),
    ...found.kept.map((name) => `kept ${name}: its writer may be alive`),
    ...found.failed.map(({ relativePath, code }) => `failed ${relativePath}: ${code}; check its permissions`),
    `${found.removed.length} removed, ${found.kept.length} kept`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
