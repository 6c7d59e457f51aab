import { type RegenerateRequest, regenerate } from '../../src/core/regenerate.ts';
import type { Report } from '../../src/core/types.ts';

/** Gives a function that brings all targets of a folder up to date, or does what a test asks for instead. */
export function regenerateIn(
  folder: { readonly path: string },
  defaults: Partial<RegenerateRequest> = {},
): (request?: Partial<RegenerateRequest>) => Promise<Report> {
  return (request = {}) =>
    regenerate({
      absoluteRoot: folder.path,
      mode: 'write',
      triggers: [{ kind: 'command', relativePaths: 'all' }],
      ...defaults,
      ...request,
    });
}
