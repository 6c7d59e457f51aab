import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { findRegions } from '../../../../src/core/scan/findRegions.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

const marked = (id: string) => `<!-- atomic-index:begin id=${id} -->\n<!-- atomic-index:end -->\n`;

describe('findRegions', () => {
  const folder = useTempFolder();
  const find = async (globs: readonly string[], files: readonly string[] = [], maxFiles = 100) => {
    // Late enough for every file here to be believed by its time stamps.
    const now = () => Date.now() + 60_000;
    const found = await findRegions(folder.path, { globs, files, maxFiles, signal: undefined, now });
    const ids = found.files.map(
      ({ relativePath, blocks }) => `${relativePath} ${blocks.map(({ id }) => id)}`,
    );
    return { ids, codes: found.problems.map(({ code }) => code) };
  };

  it('finds what changes, comes and goes, also in files that it has seen before', async () => {
    writeTree(folder.path, { 'a.md': marked('a'), 'b.md': 'text' });
    assert.deepEqual((await find(['*.md'])).ids, ['a.md a']);
    assert.deepEqual((await find(['*.md'])).ids, ['a.md a']);
    writeTree(folder.path, { 'a.md': marked('x'), 'b.md': marked('b') });
    assert.deepEqual((await find(['*.md'])).ids, ['a.md x', 'b.md b']);
    fs.rmSync(folder.at('a.md'));
    assert.deepEqual((await find(['*.md'])).ids, ['b.md b']);
    fs.renameSync(folder.at('b.md'), folder.at('a.md'));
    assert.deepEqual((await find(['*.md'])).ids, ['a.md b']);
  });

  it('looks only at files that can have markers, inside the folder, and not at huge ones', async () => {
    writeTree(folder.path, {
      'root/a.md': marked('a'),
      'root/b.docx': marked('b'),
      'root/c.md/d.md': '',
      'out.md': marked('o'),
    });
    fs.writeFileSync(folder.at('root', 'huge.md'), marked('h') + ' '.repeat(5e6));
    if (process.platform !== 'win32') fs.symlinkSync(folder.at('out.md'), folder.at('root', 'link.md'));
    const search = {
      globs: ['**/*'],
      files: ['../out.md', 'c.md', 'none.md'],
      maxFiles: 100,
      signal: undefined,
    };
    const { files } = await findRegions(folder.at('root'), search);
    assert.deepEqual(
      files.map(({ relativePath }) => relativePath),
      ['a.md'],
    );
  });

  it('says so when there are too many files', async () => {
    writeTree(folder.path, { 'a.md': marked('a'), 'b.md': '', 'c.md': '' });
    assert.deepEqual(await find(['*.md'], ['a.md'], 2), { ids: ['a.md a'], codes: ['too-many-files'] });
  });
});
