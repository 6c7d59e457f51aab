import assert from 'node:assert/strict';
import { planTargets } from '../../../src/core/plan.ts';
import type { Target } from '../../../src/core/types.ts';

const target = (folder: string, output: string, include: string[], exclude: string[] = []): Target => ({
  generator: 'markdown-index',
  folder,
  output,
  include,
  exclude,
  options: {},
  range: { offset: 0, length: 0 },
});
const docs = target('docs', 'docs/index.md', ['**/*.md'], ['drafts/**']);
const code = target('packages/a/src', 'packages/a/src/index.ts', ['**/*.ts']);

describe('planTargets', () => {
  const check = (changed: string | 'all', expected: readonly Target[]) =>
    it(`${changed}: ${expected.map((one) => one.output).join(', ') || 'nothing'}`, () => {
      const relativePaths = changed === 'all' ? changed : [changed];
      const planned = planTargets([docs, code], [{ kind: 'external', relativePaths }]);
      assert.deepEqual(planned, expected);
    });
  check('all', [docs, code]);
  check('atomic-index.json', [docs, code]);
  check('docs/a.md', [docs]);
  check('docs/deep/er/a.md', [docs]);
  check('docs/index.md', [docs]);
  check('docs/drafts/a.md', []);
  check('docs/picture.png', []);
  check('docs2/a.md', []);
  check('README.md', []);
  check('docs', [docs]);
  check('docs/deep', [docs]);
  check('docs/v1.2', [docs]);
  check('packages', [code]);
  check('packages/a', [code]);
  check('packages/ab', []);
  check('.gitignore', [docs, code]);
  check('docs/deep/.gitignore', [docs]);
  check('packages/b/.gitignore', []);

  it('joins the paths of several triggers', () => {
    const triggers = [
      { kind: 'save', relativePaths: ['docs/a.md'] },
      { kind: 'delete', relativePaths: ['packages/a/src/x.ts'] },
    ] as const;
    assert.deepEqual(planTargets([docs, code], triggers), [docs, code]);
  });
});
