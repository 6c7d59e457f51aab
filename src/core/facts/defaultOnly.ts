import type { ModuleFacts, ModuleReading } from '../types.ts';
import { asksToBeIgnored } from './ignoreComment.ts';

const defaultOnly: ModuleFacts = {
  kind: 'module',
  exports: [{ name: 'default', isTypeOnly: false }],
  stars: [],
};

/**
 * Reads a file of which bundlers make a module with a default export: a Vue or Svelte component, or JSON. JSON that
 * doesn't parse gives no exports and a `module-unparsable` error.
 */
export function readDefaultOnly(text: string, relativePath: string): ModuleReading {
  if (!/\.json$/i.test(relativePath)) {
    return { facts: asksToBeIgnored(text) ? { ...defaultOnly, isIgnored: true } : defaultOnly, problems: [] };
  }
  try {
    JSON.parse(text);
    return { facts: defaultOnly, problems: [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      facts: { kind: 'module', exports: [], stars: [] },
      problems: [
        {
          severity: 'error',
          code: 'module-unparsable',
          message: `The file is not valid JSON: ${reason}. Correct it, or exclude the file.`,
          relativePath,
        },
      ],
    };
  }
}
