import type { Project } from '../core/project/loadProject.ts';
import { projectFileName } from '../core/project/projectFileName.ts';
import type { Mode, Outcome, Problem, Report, Target, TargetReport, Trigger } from '../core/types.ts';

/** What is known of a workspace folder: its project file, and how each target ended last. */
export type RootState = {
  readonly project: Project;
  readonly isRunning: boolean;
  /** By output. */
  readonly targets: ReadonlyMap<string, TargetReport>;
  readonly problems: readonly Problem[];
};

const noProject: Project = { text: null, targets: [], problems: [] };

/** The state of a folder that nobody has looked at yet. */
export const unknownState: RootState = {
  project: noProject,
  isRunning: false,
  targets: new Map(),
  problems: [],
};

/** Tells whether the folder has a project file, be it a bad one. */
export function hasProject(state: RootState): boolean {
  return state.project.text !== null || state.project.problems.length > 0;
}

/** Takes in a project file that was read anew; targets that are no longer in it are forgotten. */
export function withProject(state: RootState, project: Project): RootState {
  const outputs = new Set(project.targets.map((target) => target.output));
  const targets = new Map([...state.targets].filter(([output]) => outputs.has(output)));
  const sourceProblems = hasProject({ ...state, project }) ? state.problems.filter(isOfSource) : [];
  return { ...state, project, targets, problems: [...project.problems, ...sourceProblems] };
}

/** Takes in what a run found; the targets that it didn't look at keep what is known of them. */
export function withReport(state: RootState, report: Report, coversAll: boolean): RootState {
  if (report.isCancelled && report.targets.length === 0) return state;
  const targets = new Map(coversAll ? [] : state.targets);
  for (const one of report.targets) {
    const { output } = one.target;
    const known = state.targets.get(output);
    targets.set(
      output,
      known !== undefined && saysLess(one.outcome, known.outcome, report.mode) ? known : one,
    );
  }
  const done = report.targets.map((one) => one.target);
  const kept = coversAll
    ? []
    : state.problems.filter(
        (problem) => isOfSource(problem) && !done.some((target) => isOf(problem, target)),
      );
  return { ...state, targets, problems: [...report.problems, ...kept] };
}

/** Reports on a run that had nothing to do. */
export function emptyReport(absoluteRoot: string, triggers: readonly Trigger[]): Report {
  const kinds = [...new Set(triggers.map((trigger) => trigger.kind))];
  const nothing = { targets: [], problems: [], isCancelled: false, durationMs: 0 };
  return { absoluteRoot, mode: 'write', triggers: kinds, ...nothing };
}

/** Tells whether a target waits for an editor to save or revert its unsaved changes. */
export function isWaiting(outcome: Outcome): boolean {
  return outcome.kind === 'skipped' && outcome.reason === 'unsaved-changes';
}

// A cancelled run knows nothing new, and a check looks past unsaved changes that a target still waits for.
function saysLess(found: Outcome, known: Outcome, mode: Mode): boolean {
  return (found.kind === 'skipped' && found.reason === 'cancelled') || (mode === 'check' && isWaiting(known));
}

function isOfSource(problem: Problem): boolean {
  return problem.relativePath !== projectFileName;
}

function isOf(problem: Problem, target: Target): boolean {
  const prefix = target.folder === '' ? '' : `${target.folder}/`;
  return problem.relativePath === target.output || problem.relativePath.startsWith(prefix);
}
