import type { RegenerateReport } from './publicApi.ts';
import { countOutcomes } from './summarize.ts';
import type { Report } from './types.ts';

/** Gives what other programs get to see of a report: by the command line as JSON, by the extension's API as it is. */
export function publishReport(report: Report): RegenerateReport {
  return {
    folder: report.absoluteRoot,
    mode: report.mode,
    counts: countOutcomes(report),
    targets: report.targets.map(({ target, outcome, sources }) => ({
      output: target.output,
      ...(target.region === undefined ? {} : { region: target.region.id }),
      generator: target.generator,
      folder: target.folder,
      outcome: outcome.kind,
      ...('reason' in outcome ? { reason: outcome.reason } : {}),
      ...('message' in outcome ? { message: outcome.message } : {}),
      ...('doneBy' in outcome && outcome.doneBy !== undefined ? { doneBy: outcome.doneBy } : {}),
      sources,
    })),
    problems: report.problems,
    isCancelled: report.isCancelled,
  };
}
