import * as vscode from 'vscode';
import { keyOf } from '../core/regions/twins.ts';
import { messageOf } from '../core/summarize.ts';
import type { Outcome, Problem, Report, TargetReport, Trigger } from '../core/types.ts';
import type { RootState } from './rootState.ts';

/** Creates the log of this window, whose level the user sets as for every log. */
export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Atomic Index', { log: true });
}

/**
 * Writes what a run did. What changed nothing, and what was found the same before, leaves lines at level trace only, so
 * that a conflict that waits for its user isn't told of again with every save.
 */
export function logReport(
  log: vscode.LogOutputChannel,
  report: Report,
  known: Pick<RootState, 'targets' | 'problems'>,
): void {
  for (const target of report.targets) {
    const before = known.targets.get(keyOf(target.target))?.outcome;
    logTarget(log, report, target, before !== undefined && isSame(before, target.outcome));
  }
  const said = new Set(known.problems.map(describeProblem));
  for (const problem of report.problems) {
    const line = describeProblem(problem);
    if (said.has(line)) log.trace(line);
    else if (problem.severity === 'error') log.error(line);
    else if (problem.severity === 'warning') log.warn(line);
    else log.debug(line);
  }
  const { absoluteRoot, mode, targets, durationMs } = report;
  log.trace(`${absoluteRoot}: ${mode} of ${targets.length} targets took ${Math.round(durationMs)} ms`);
}

function logTarget(
  log: vscode.LogOutputChannel,
  report: Report,
  { target, outcome, sources, durationMs }: TargetReport,
  isKnown: boolean,
): void {
  const message = messageOf(outcome);
  const what = report.mode === 'check' ? `check: would be ${outcome.kind}` : outcome.kind;
  const line =
    message === null
      ? `${target.output}: ${what} (${sources.length} sources, ${Math.round(durationMs)} ms)`
      : `${target.output}: ${what}. ${message}`;
  if (isKnown || outcome.kind === 'unchanged') log.trace(line);
  else if (outcome.kind === 'conflict') log.warn(line);
  else if (outcome.kind === 'failed') log.error(line);
  else log.info(line);
  if (outcome.kind === 'failed' && outcome.cause instanceof Error) log.debug(describeError(outcome.cause));
}

function isSame(before: Outcome, now: Outcome): boolean {
  return messageOf(now) !== null && before.kind === now.kind && messageOf(before) === messageOf(now);
}

function describeProblem({ relativePath, line, column, message }: Problem): string {
  const place = line === undefined ? '' : `:${line}:${column ?? 1}`;
  return `${relativePath}${place}: ${message}`;
}

/** Says in one line why a run began; of a storm it names the first paths. */
export function describeTriggers(triggers: readonly Trigger[]): string {
  const shownPaths = 10;
  const lines = triggers.slice(0, shownPaths).map(({ kind, relativePaths }) => {
    const paths = relativePaths === 'all' ? 'all' : relativePaths.slice(0, shownPaths).join(', ');
    return `${kind} of ${paths}`;
  });
  const more = triggers.length - lines.length;
  return more > 0 ? `${lines.join('; ')} and ${more} more` : lines.join('; ');
}

/** Turns anything thrown into a text for the log, with its stack where there is one. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
