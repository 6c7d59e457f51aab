import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { regenerate } from '../../src/core/regenerate.ts';
import { repositoryFile } from '../support/repository.ts';

/** Each of these has its generated files with it, so that one can read them without running anything. */
const examples = readdirSync(repositoryFile('examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => readdirSync(repositoryFile('examples', name)).includes('atomic-index.json'))
  .sort();

describe('the examples', function () {
  this.timeout(30_000);

  it('are many', () => {
    assert.ok(examples.length >= 5, examples.join());
  });

  for (const name of examples) {
    it(`are up to date and without problems: ${name}`, async () => {
      const report = await regenerate({
        absoluteRoot: repositoryFile('examples', name),
        mode: 'check',
        triggers: [{ kind: 'cli', relativePaths: 'all' }],
      });
      assert.deepEqual(report.problems, []);
      assert.notEqual(report.targets.length, 0);
      for (const { target, outcome } of report.targets)
        assert.equal(
          outcome.kind,
          'unchanged',
          `${target.output}: run atomic-index regenerate examples/${name}`,
        );
    });
  }
});
