import * as path from 'node:path';
import * as v from 'valibot';
import type { FormatterName } from '../types.ts';
import { readBytesOrNull } from './readText.ts';

/** Under which name npm installs a formatter; its program has the formatter's own. */
export const formatterPackages: Readonly<Record<FormatterName, string>> = {
  prettier: 'prettier',
  biome: '@biomejs/biome',
};

const packageSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ bin: v.union([v.string(), v.record(v.string(), v.string())]) }),
);

/**
 * Finds the program of a formatter, a file for Node, as npm lays packages out: in the `node_modules` of an output's
 * folder or of one above it, but never above the root, where a package may be anybody's. `null` when there is none.
 */
export async function findFormatter(
  name: FormatterName,
  absoluteRoot: string,
  output: string,
): Promise<string | null> {
  for (let folder = path.posix.dirname(output); ; folder = path.posix.dirname(folder)) {
    const absolutePackage = path.join(absoluteRoot, folder, 'node_modules', formatterPackages[name]);
    const bytes = await readBytesOrNull(path.join(absolutePackage, 'package.json'));
    const read = v.safeParse(packageSchema, bytes?.toString('utf8'));
    if (read.success) {
      const { bin } = read.output;
      const program = typeof bin === 'string' ? bin : bin[name];
      if (program !== undefined) return path.join(absolutePackage, program);
    }
    if (folder === '.') return null;
  }
}
