import type { Root } from './root.ts';
import { isWaiting } from './rootState.ts';

/** How the targets of some roots are. */
export type Counts = {
  readonly targets: number;
  readonly errors: number;
  readonly conflicts: number;
  readonly waiting: number;
};

/** Counts what the status bar and the menu tell. */
export function countIn(roots: readonly Root[]): Counts {
  const outcomes = roots.flatMap(({ state }) => [...state.targets.values()].map(({ outcome }) => outcome));
  const projectErrors = roots.flatMap(({ state }) =>
    state.project.problems.filter(({ severity }) => severity === 'error'),
  );
  return {
    targets: roots.reduce((sum, { state }) => sum + state.project.targets.length, 0),
    errors: projectErrors.length + outcomes.filter(({ kind }) => kind === 'failed').length,
    conflicts: outcomes.filter(({ kind }) => kind === 'conflict').length,
    waiting: outcomes.filter(isWaiting).length,
  };
}
