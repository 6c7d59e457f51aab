import * as path from 'node:path';
import type { GeneratorDefinition } from '../generators/generator.ts';
import type { Target } from '../types.ts';
import { landsInside } from './containment.ts';
import { readSourceText } from './readText.ts';

export type LookUpRequest = {
  readonly absoluteRoot: string;
  readonly target: Target;
  readonly generator: GeneratorDefinition;
};

/** More questions than the way up from any folder and any chain of settings takes. */
const maxRounds = 100;

/**
 * Reads the files that a generator looks for, by their path relative to the root. What is missing, unreadable or leads
 * outside the root counts as not there. Never throws.
 */
export async function readLookUps(request: LookUpRequest): Promise<ReadonlyMap<string, string>> {
  const { absoluteRoot, target, generator } = request;
  const known = new Map<string, string | null>();
  for (let round = 0; round < maxRounds; round++) {
    const wanted = (generator.lookUps?.(target, known) ?? []).filter((name) => !known.has(name));
    if (wanted.length === 0) break;
    for (const name of wanted) known.set(name, await readIfInside(absoluteRoot, name));
  }
  return new Map([...known].flatMap(([name, text]) => (text === null ? [] : [[name, text] as const])));
}

async function readIfInside(absoluteRoot: string, relativePath: string): Promise<string | null> {
  const absolutePath = path.join(absoluteRoot, relativePath);
  // Read first: most of what is looked for does not exist, and asking where it leads costs more than failing to open it.
  const source = await readSourceText(absolutePath);
  if (source.kind === 'unreadable') return null;
  const isInside = await landsInside(absolutePath, absoluteRoot).catch(() => false);
  return isInside ? source.text : null;
}
