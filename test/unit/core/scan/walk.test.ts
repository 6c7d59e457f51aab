import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { comparePaths } from '../../../../src/core/order.ts';
import { landsInside } from '../../../../src/core/scan/containment.ts';
import { readSource, readSourceText } from '../../../../src/core/scan/readText.ts';
import { walk } from '../../../../src/core/scan/walk.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

const isWindows = process.platform === 'win32';
const limits = { includesHidden: false, maxEntries: 1000, signal: undefined };

describe('walk', () => {
  const folder = useTempFolder();
  const files = async (from = folder.path) => [...(await walk(from, limits)).files].sort();

  it('lists files at any depth, without hidden ones, .git and node_modules', async () => {
    writeTree(folder.path, {
      'a.md': '',
      'b/c/d.md': '',
      '.hidden/x.md': '',
      '.x.md': '',
      'node_modules/y.md': '',
      'b/node_modules/z.md': '',
      '.git/HEAD': '',
    });
    assert.deepEqual(await files(), ['a.md', 'b/c/d.md']);
    const withHidden = await walk(folder.path, { ...limits, includesHidden: true });
    assert.deepEqual([...withHidden.files].sort(), ['.hidden/x.md', '.x.md', 'a.md', 'b/c/d.md']);
  });

  it('lists files in the order of paths, whatever order the disk has', async () => {
    const names = ['10', '2', '02', 'a', 'a.md', 'a-b', 'A', 'é', '\u{1f600}', '\uffee', 'b c', '1a', '1'];
    const tree: Record<string, string> = {};
    for (const name of names) {
      tree[`x-${name}.txt`] = '';
      tree[`${name}/z`] = '';
      tree[`${name}/10`] = '';
      tree[`${name}/9/1`] = '';
    }
    writeTree(folder.path, tree);
    const walked = await walk(folder.path, limits);
    assert.equal(
      walked.files.length,
      new Set(names.map((name) => fs.statSync(folder.at(name)).ino)).size * 4,
    );
    assert.deepEqual(walked.files, walked.files.toSorted(comparePaths));
  });

  it('ignores what git ignores: from the top of the repository, at each level, with exceptions', async () => {
    writeTree(folder.path, {
      '.gitignore': '*.log\n/build/\nsecret*\n',
      'app/.gitignore': '!keep.log\nlocal/\n',
      'app/a.md': '',
      'app/keep.log': '',
      'app/other.log': '',
      'app/local/x.md': '',
      'app/build/kept.md': '',
      'build/x.md': '',
      'app/deep/secret.md': '',
    });
    execFileSync('git', ['init', '-q'], { cwd: folder.path });
    const expected = execFileSync('git', ['ls-files', '-o', '--exclude-standard'], {
      cwd: folder.path,
      encoding: 'utf8',
    })
      .split('\n')
      .filter((name) => name !== '' && !name.endsWith('.gitignore'))
      .sort();
    assert.deepEqual(await files(), expected);
    const below = expected.filter((name) => name.startsWith('app/')).map((name) => name.slice(4));
    assert.deepEqual(await files(folder.at('app')), below);
  });

  it('stops at the limit and says so', async () => {
    writeTree(folder.path, Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.md`, ''])));
    const result = await walk(folder.path, { ...limits, maxEntries: 10 });
    assert.equal(result.isTooMany, true);
  });

  it('stops when it is cancelled', async () => {
    await assert.rejects(walk(folder.path, { ...limits, signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
  });

  it('lists links to files, and does not follow links to folders', async function () {
    if (isWindows) this.skip();
    writeTree(folder.path, { 'a.md': '', 'sub/b.md': '' });
    fs.symlinkSync('../a.md', folder.at('sub', 'link.md'));
    fs.symlinkSync('..', folder.at('sub', 'loop'));
    fs.symlinkSync('missing', folder.at('dangling.md'));
    assert.deepEqual(await files(), ['a.md', 'sub/b.md', 'sub/link.md']);
  });
});

describe('landsInside', () => {
  const folder = useTempFolder();

  it('follows every link before it answers', async function () {
    if (isWindows) this.skip();
    writeTree(folder.path, { 'root/docs/a.md': '', 'outside/a.md': '' });
    const root = folder.at('root');
    const links: Record<string, string> = {
      'out-folder': '../outside',
      'out-file.md': '../outside/a.md',
      'out-dangling.md': '../outside/new.md',
      'in-folder': 'docs',
      'in-dangling.md': 'docs/new.md',
      'loop.md': 'loop.md',
    };
    for (const [name, destination] of Object.entries(links))
      fs.symlinkSync(destination, folder.at('root', name));
    const verdict = (name: string) => landsInside(folder.at('root', name), root);
    for (const name of ['docs/a.md', 'new.md', 'no/such/folder.md', 'in-folder/x.md', 'in-dangling.md']) {
      assert.equal(await verdict(name), true, name);
    }
    for (const name of ['../x.md', 'out-folder/x.md', 'out-file.md', 'out-dangling.md', 'loop.md', '.']) {
      assert.equal(await verdict(name), false, name);
    }
  });
});

describe('readSourceText', () => {
  const folder = useTempFolder();
  const check = (name: string, bytes: Uint8Array, expected: string) =>
    it(`${expected}: ${name}`, async () => {
      fs.writeFileSync(folder.at('a.md'), bytes);
      const result = await readSourceText(folder.at('a.md'));
      assert.equal(result.kind === 'text' ? result.text : result.code, expected);
    });
  check('text', Buffer.from('# Ü'), '# Ü');
  check('a byte order mark', Buffer.from('\uFEFF# A'), '# A');
  check('a NUL byte', Buffer.from('a\0b'), 'source-binary');
  check('Latin 1', Buffer.from('\u00fc', 'latin1'), 'source-not-utf8');
  check('5 MB', Buffer.alloc(5 * 1024 * 1024, 'a'), 'source-too-large');

  it('source-gone: a file that is gone', async () => {
    const result = await readSourceText(folder.at('gone.md'));
    assert.equal(result.kind === 'unreadable' && result.code, 'source-gone');
  });
});

describe('readSource', () => {
  const folder = useTempFolder();
  const long = `${'# é\n'.repeat(2000)}end`;

  /** Reads a file and tells which first lines were offered, and what was the text. */
  function read(bytes: string | Uint8Array, isEnough: boolean): { heads: string[]; result: string } {
    fs.writeFileSync(folder.at('a.md'), bytes);
    const heads: string[] = [];
    const source = readSource(folder.at('a.md'), (head) => {
      heads.push(head);
      return isEnough;
    });
    return { heads, result: source.kind === 'text' ? source.text : source.code };
  }

  it('stops at the first lines when they are enough, and cuts no line', () => {
    const { heads, result } = read(long, true);
    assert.deepEqual(heads, [result]);
    assert.ok(result.length > 3000 && Buffer.byteLength(result) <= 4096 && long.startsWith(result));
    assert.ok(result.endsWith('# é\n'));
  });
  it('goes on to the whole when they are not, when there is no line to stop at, or when they are the whole', () => {
    assert.equal(read(long, false).result, long);
    assert.deepEqual(read('é'.repeat(5000), false), { heads: [''], result: 'é'.repeat(5000) });
    assert.deepEqual(read('# short', true), { heads: [], result: '# short' });
    for (const length of [4095, 4096, 4097])
      assert.equal(read('x'.repeat(length), false).result, 'x'.repeat(length));
  });
  it('asks nothing of first lines that are no text', () => {
    assert.deepEqual(read(`\0\n${long}`, true), { heads: [], result: 'source-binary' });
    assert.deepEqual(read(Buffer.from(`ü\n${'x\n'.repeat(4000)}`, 'latin1'), true), {
      heads: [],
      result: 'source-not-utf8',
    });
  });
});
