import * as assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import * as path from 'node:path';
import { problemsOf } from '../support/editors.ts';
import { eventually } from '../support/eventually.ts';
import { findExtension, outcomesIn, run } from '../support/extensionUnderTest.ts';
import { freshWorkspace, smallProject } from '../support/freshWorkspace.ts';

/** About a formatter of the workspace, in a window that trusts it. */
export function formattingSuite(): void {
  describe("the project's own formatter", () => {
    const target = { generator: 'barrel', folder: 'src', format: 'prettier' };
    const files = {
      ...smallProject,
      'atomic-index.json': JSON.stringify({ targets: [target] }),
      '.prettierrc': '{ "semi": false, "useTabs": true, "printWidth": 20 }',
    };

    it('goes over what is made, and a second run writes nothing', async () => {
      const folder = await freshWorkspace(files);
      // The one that this repository's tests have anyway.
      const installed = path.join(findExtension().extensionPath, 'node_modules', 'prettier');
      await mkdir(folder.path('node_modules'));
      await symlink(installed, folder.path('node_modules/prettier'), 'junction');
      assert.deepEqual(outcomesIn(await run('regenerateAll')), ['src/index.ts: created']);
      assert.match(await folder.read('src/index.ts'), /\nexport \{ one \} from "\.\/one"\n$/);
      assert.doesNotMatch(await folder.read('src/index.ts'), /;\n/);
      const stamp = await folder.stamp('src/index.ts');
      assert.deepEqual(outcomesIn(await run('regenerateAll')), ['src/index.ts: unchanged']);
      assert.equal(await folder.stamp('src/index.ts'), stamp);
    });

    it('fails its target when it is not installed, and that is a problem at the entry', async () => {
      const folder = await freshWorkspace(files);
      assert.deepEqual(outcomesIn(await run('regenerateAll')), ['src/index.ts: failed']);
      await eventually(() => {
        const [message = ''] = problemsOf(folder.uri('atomic-index.json'));
        assert.match(message, /prettier is not installed in this folder/);
      });
      assert.equal(folder.has('src/index.ts'), false);
    });
  });
}
