import type { Generator } from '../generators/generator.ts';
import type { AnyGenerator } from '../generators/registry.ts';
import type { Blocks } from '../regions/findBlocks.ts';
import { withoutRegion } from '../regions/withoutRegion.ts';
import { withoutSources } from '../scan/scanTarget.ts';
import type { Rendered, Target } from '../types.ts';

type MadeOfItself = Generator & { readonly reads: 'itself' };

/** Tells whether a generator reads nothing but the file that it writes into, like a table of contents. */
export function isMadeOfItself(generator: AnyGenerator): generator is MadeOfItself {
  return generator.reads === 'itself' && 'render' in generator;
}

/** Renders from the very bytes that are compared, so that a late change is either in the text or stops the write. */
export function renderItself(
  generator: Generator,
  target: Target,
  bytes: Buffer,
  { blocks }: Pick<Blocks, 'blocks'>,
): Rendered {
  const text = withoutRegion(bytes, blocks, target.region?.id ?? '');
  const listing = { ...withoutSources(target), inputs: new Map([[target.output, text]]) };
  return generator.render(listing, target.options);
}
