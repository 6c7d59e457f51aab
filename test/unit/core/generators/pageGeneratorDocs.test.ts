import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { htmlIndex } from '../../../../src/core/generators/htmlIndex.ts';
import { markdownIndex } from '../../../../src/core/generators/markdownIndex.ts';
import { toc } from '../../../../src/core/generators/toc.ts';
import { regenerate } from '../../../../src/core/regenerate.ts';
import { repositoryFile } from '../../../support/repository.ts';

describe('the documentation of generators of pages', function () {
  this.timeout(30_000);

  for (const { id, optionsSchema } of [markdownIndex, htmlIndex, toc]) {
    it(`names every option of ${id} with its default`, () => {
      const page = readFileSync(repositoryFile('docs', 'generators', `${id}.md`), 'utf8');
      const defaults = v.parse(optionsSchema, {});
      const rows = Array.from(
        page.matchAll(/^\| `(\w+)` \| (.+?) \|/gm),
        ([, name = '', value = '']) => [name, value] as const,
      );
      const known = 'entries' in optionsSchema ? Object.keys(Object(optionsSchema.entries)) : [];
      assert.deepEqual(rows.map(([name]) => name).sort(), known.sort());
      for (const [name, value] of rows) {
        if (name in defaults && defaults[name] !== '')
          assert.equal(value, `\`${JSON.stringify(defaults[name]).replaceAll(',', ', ')}\``, name);
      }
    });

    it(`has an example of ${id} that is up to date and without problems`, async () => {
      const report = await regenerate({
        absoluteRoot: repositoryFile('examples', id),
        mode: 'check',
        triggers: [{ kind: 'cli', relativePaths: 'all' }],
      });
      assert.deepEqual(report.problems, []);
      assert.ok(report.targets.length > 1);
      for (const { target, outcome } of report.targets) {
        assert.equal(
          outcome.kind,
          'unchanged',
          `${target.output}: run atomic-index regenerate examples/${id}`,
        );
      }
    });
  }
});
