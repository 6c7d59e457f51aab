import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { barrel } from '../../../../src/core/generators/barrel/barrel.ts';
import type { Generator } from '../../../../src/core/generators/generator.ts';
import { markdownIndex } from '../../../../src/core/generators/markdownIndex.ts';
import { scanTarget } from '../../../../src/core/scan/scanTarget.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

describe('a source that goes while the folder is scanned', () => {
  const folder = useTempFolder();

  for (const [generator, reads, ending] of [
    [markdownIndex, 'pages', 'md'],
    [barrel, 'modules', 'ts'],
  ] as const) {
    it(`is no source any more, and nothing to complain of (${generator.id})`, async () => {
      writeTree(folder.path, { [`a.${ending}`]: '', [`b.${ending}`]: '' });
      // Asked after the listing and before the first reading.
      const remove = (): 'pages' | 'modules' => {
        fs.rmSync(folder.at(`b.${ending}`));
        return reads;
      };
      const removing: Generator = { ...generator, reads: remove };
      const scan = await scanTarget({
        absoluteRoot: folder.path,
        target: {
          generator: generator.id,
          folder: '',
          output: `index.${ending}`,
          include: [`*.${ending}`],
          exclude: [],
          options: {},
          range: { offset: 0, length: 0 },
        },
        generator: removing,
        outputs: new Set(),
        maxFiles: 100,
        signal: undefined,
      });
      assert.deepEqual(scan.problems, []);
      const sources = 'listing' in scan ? scan.listing.sources : [];
      assert.deepEqual(
        sources.map(({ relativePath }) => relativePath),
        [`a.${ending}`],
      );
    });
  }
});
