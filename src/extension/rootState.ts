import type { Project } from '../core/project/loadProject.ts';
import type { RegenerateRequest } from '../core/regenerate.ts';
import { keyOf } from '../core/regions/twins.ts';
import type { Mode, Outcome, Problem, Report, TargetReport, Trigger } from '../core/types.ts';

/** What is known of a workspace folder: its project file, and how each target ended last. */
export type RootState = {
  readonly project: Project;
  readonly isRunning: boolean;
  /** Whom the run waits for, while it does. */
  readonly waiting?: Waiting | undefined;
  /** By output, with `#` and the id for a region. */
  readonly targets: ReadonlyMap<string, TargetReport>;
  readonly problems: readonly Problem[];
};

/** A target whose lock another program holds; who that is, is not known at once. */
export type Waiting = {
  readonly output: string;
  readonly holder: Parameters<NonNullable<RegenerateRequest['onWait']>>[1];
};

const noProject: Project = { text: null, targets: [], absent: [], problems: [] };

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
  const keys = new Set(project.targets.map(keyOf));
  const targets = new Map([...state.targets].filter(([key]) => keys.has(key)));
  return { ...state, project, targets, problems: together(project.problems, targets) };
}

/** Takes in what a run found; the targets that it didn't look at keep what is known of them. */
export function withReport(state: RootState, report: Report, coversAll: boolean): RootState {
  if (report.isCancelled && report.targets.length === 0) return state;
  const targets = new Map(coversAll ? [] : state.targets);
  for (const one of report.targets) {
    const key = keyOf(one.target);
    const known = state.targets.get(key);
    targets.set(key, known !== undefined && saysLess(one.outcome, known.outcome, report.mode) ? known : one);
  }
  const ofReport = new Set(report.targets.flatMap((one) => one.problems.map(textOf)));
  const ofProject = report.problems.filter((problem) => !ofReport.has(textOf(problem)));
  return { ...state, targets, problems: together(ofProject, targets) };
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

/** Two targets that read the same source have the same to say about it; people need it once. */
function together(ofProject: readonly Problem[], targets: RootState['targets']): readonly Problem[] {
  const all = [...ofProject, ...[...targets.values()].flatMap((one) => one.problems)];
  return [...new Map(all.map((problem) => [textOf(problem), problem])).values()];
}

function textOf(problem: Problem): string {
  return JSON.stringify(problem);
}
