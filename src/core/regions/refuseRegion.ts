import type { Target } from '../types.ts';
import { commentStylesFor } from './commentStyles.ts';

/** Says why a generator can't fill what the target names, a file or a region, or `null` when it can. */
export function refuseRegion(
  { generator, output, region }: Pick<Target, 'generator' | 'output' | 'region'>,
  makes: 'files' | 'regions' | undefined,
): string | null {
  if (region === undefined) {
    if (makes !== 'regions') return null;
    return `${generator} fills a region of a file and makes no file of its own. Give it a "region".`;
  }
  if (makes === 'files') return `${generator} makes a whole file and can't fill a region. Remove "region".`;
  if (commentStylesFor(output).length > 0) return null;
  return `A region needs markers in comments, and the comments of ${output} are not known.`;
}
