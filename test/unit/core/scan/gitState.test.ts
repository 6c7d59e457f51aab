import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { isGitBusy, isGitBusyAround } from '../../../../src/core/scan/gitState.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

describe('isGitBusy', () => {
  const folder = useTempFolder();

  it('sees a lock and an unfinished merge, also from below and in a work tree', async () => {
    writeTree(folder.path, {
      '.git/HEAD': '',
      'sub/a.md': '',
      'tree/.git': `gitdir: ${folder.at('.git')}\n`,
    });
    assert.equal(await isGitBusy(folder.at('sub')), false);
    for (const name of ['index.lock', 'MERGE_HEAD']) {
      fs.writeFileSync(folder.at('.git', name), '');
      assert.equal(await isGitBusy(folder.at('sub')), true);
      assert.equal(await isGitBusy(folder.at('tree')), true);
      fs.rmSync(folder.at('.git', name));
    }
  });
});

describe('isGitBusyAround', () => {
  const folder = useTempFolder();

  it('sees a checkout in a repository below, where a change came from, and none elsewhere', async () => {
    writeTree(folder.path, { 'pier/.git/index.lock': '', 'pier/docs/a.md': '', 'quay/b.md': '' });
    assert.equal(await isGitBusyAround(folder.path, ['quay/b.md']), false);
    assert.equal(await isGitBusyAround(folder.path, ['quay/b.md', 'pier/docs/a.md']), true);
    // What a checkout has removed can't be asked, but the folders above it can.
    assert.equal(await isGitBusyAround(folder.path, ['pier/gone/deep/c.md']), true);
    assert.equal(await isGitBusyAround(folder.path, 'all'), false);
    fs.rmSync(folder.at('pier/.git/index.lock'));
    assert.equal(await isGitBusyAround(folder.path, ['pier/docs/a.md']), false);
  });
});
