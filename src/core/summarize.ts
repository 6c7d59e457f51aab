import type { Outcome, Report } from './types.ts';

export type Counts = Readonly<Record<Outcome['kind'], number>>;

/** Counts the targets of a report by outcome. */
export function countOutcomes(report: Report): Counts {
  const counts = { created: 0, updated: 0, unchanged: 0, conflict: 0, skipped: 0, failed: 0 };
  for (const { outcome } of report.targets) counts[outcome.kind]++;
  return counts;
}

/** Gives the message of an outcome that has one, ready for display. */
export function messageOf(outcome: Outcome): string | null {
  return 'message' in outcome ? outcome.message : null;
}
