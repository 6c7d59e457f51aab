import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { KnownFolders } from '../../../../src/core/scan/knownFolders.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

describe('KnownFolders', () => {
  const folder = useTempFolder();
  beforeEach(() => writeTree(folder.path, { 'root/docs/Index.md': '', 'outside/a.md': '' }));

  it('tells where folders lead, also by links', async function () {
    if (process.platform === 'win32') this.skip();
    fs.symlinkSync(folder.at('root', 'docs'), folder.at('root', 'same'));
    fs.symlinkSync(folder.at('outside'), folder.at('root', 'away'));
    fs.symlinkSync(folder.at('root', 'circle'), folder.at('root', 'circle'));
    const folders = new KnownFolders(folder.at('root'));
    const inside = async (...parts: string[]) => folders.isInside(folder.at(...parts));
    assert.equal(await inside('root'), true);
    assert.equal(await inside('root', 'docs'), true);
    assert.equal(await inside('root', 'same'), true);
    assert.equal(await inside('root', 'away'), false);
    assert.equal(await inside('root', 'circle'), false);
    assert.equal(await inside('outside'), false);
  });

  it('gives names as the disk has them, and none where there is no folder', async () => {
    const folders = new KnownFolders(folder.at('root'));
    assert.deepEqual(await folders.namesIn(folder.at('root', 'docs')), ['Index.md']);
    assert.deepEqual(await folders.namesIn(folder.at('root', 'none')), []);
  });

  it('asks once in a run', async () => {
    const folders = new KnownFolders(folder.at('root'));
    await folders.namesIn(folder.at('root', 'docs'));
    fs.rmSync(folder.at('root', 'docs', 'Index.md'));
    assert.deepEqual(await folders.namesIn(folder.at('root', 'docs')), ['Index.md']);
    assert.deepEqual(await new KnownFolders(folder.at('root')).namesIn(folder.at('root', 'docs')), []);
  });
});
