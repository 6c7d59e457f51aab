import { type Comparison, compareFormatted, draft } from '../compare.ts';
import type { RegionComparison } from '../regions/compareRegion.ts';
import { compareFormattedRegion, draftRegion } from '../regions/formatRegion.ts';
import type { Outcome, Problem, Target } from '../types.ts';
import type { TargetRun } from './targetRun.ts';

/** Without a comparison, the text is to be compared as it was rendered. */
export type FormattedComparison =
  | { readonly comparison?: Comparison | RegionComparison; readonly problems: readonly Problem[] }
  | { readonly failure: Outcome };

/**
 * Has a rendered text formatted, if its target asks for it, and compares what comes back. No formatter is started for a
 * file that says that it was made from the same text. Throws Node's errors and the signal's reason.
 */
export async function compareAsFormatted(
  oldBytes: Uint8Array | null,
  body: string,
  target: Target,
  run: Pick<TargetRun, 'formatters' | 'formatText' | 'isOverwriteAllowed' | 'generators'>,
): Promise<FormattedComparison> {
  const { format, output, region } = target;
  if (format === undefined) return { problems: [] };
  const mayOverwrite = run.isOverwriteAllowed(target);
  const drafted =
    region === undefined
      ? draft(oldBytes, body, target, format, mayOverwrite)
      : draftRegion(oldBytes, body, { output, region }, format, mayOverwrite);
  if (drafted.kind !== 'draft') return { comparison: drafted, problems: [] };
  if (run.formatters === 'untrusted') return { problems: [shownUnformatted(output, format)] };
  if (run.formatters !== 'run') return { problems: [] };
  const formatted = await run.formatText(format, output, drafted.text);
  const fail = (what: string, cause?: Error): FormattedComparison => {
    const message = `${output} was not regenerated: ${format} ${what}. The file stays as it is.`;
    return { failure: { kind: 'failed', message, ...(cause === undefined ? {} : { cause }) } };
  };
  if ('failure' in formatted) return fail(formatted.failure, formatted.cause);
  const comparison =
    region === undefined
      ? compareFormatted(oldBytes, drafted.text, formatted.text, target, mayOverwrite, run.generators)
      : compareFormattedRegion(oldBytes, body, formatted.text, { output, region }, format, mayOverwrite);
  if (comparison !== null) return { comparison, problems: [] };
  const what = region === undefined ? 'header' : 'markers';
  return fail(
    `changed the ${what} by which Atomic Index knows its text. Set "format" of this target to false`,
  );
}

function shownUnformatted(output: string, format: string): Problem {
  const message = `${output} is compared and shown as it would be without ${format}, which is code of this folder and not run in Restricted Mode. Trust the workspace to see it formatted.`;
  return { severity: 'information', code: 'format-untrusted', message, relativePath: output };
}
