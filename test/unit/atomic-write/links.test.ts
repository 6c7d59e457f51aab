import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { atomicWriteText } from '../../../src/atomic-write/index.ts';
import { isIllegalOnWindows } from '../../../src/atomic-write/resolveTarget.ts';
import { expectWriteError } from '../../support/expectError.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const isWindows = process.platform === 'win32';

(isWindows ? describe.skip : describe)('symbolic links (a privilege on Windows)', () => {
  const folder = useTempFolder();

  it('are followed through a chain across folders, and stay', async () => {
    fs.mkdirSync(folder.at('real'));
    fs.mkdirSync(folder.at('links'));
    fs.writeFileSync(folder.at('real', 'a.txt'), 'old');
    fs.symlinkSync('../real/a.txt', folder.at('links', 'second'));
    fs.symlinkSync('links/second', folder.at('first'));
    const result = await atomicWriteText(folder.at('first'), 'new');
    assert.equal(fs.realpathSync(result.path), folder.at('real', 'a.txt'));
    assert.equal(fs.readFileSync(folder.at('real', 'a.txt'), 'utf8'), 'new');
    assert.equal(fs.readlinkSync(folder.at('first')), 'links/second');
    assert.equal(fs.readlinkSync(folder.at('links', 'second')), '../real/a.txt');
  });

  it('count `..` from where the link really lies', async () => {
    fs.mkdirSync(folder.at('deep', 'er'), { recursive: true });
    fs.symlinkSync('deep/er', folder.at('shortcut'));
    fs.symlinkSync('../a.txt', folder.at('deep', 'er', 'link'));
    await atomicWriteText(folder.at('shortcut', 'link'), 'new');
    assert.equal(fs.readFileSync(folder.at('deep', 'a.txt'), 'utf8'), 'new');
  });

  it('that dangle get their file, and its folder', async () => {
    fs.symlinkSync('missing/a.txt', folder.at('link'));
    await atomicWriteText(folder.at('link'), 'new');
    assert.equal(fs.readFileSync(folder.at('missing', 'a.txt'), 'utf8'), 'new');
    assert.equal(fs.readlinkSync(folder.at('link')), 'missing/a.txt');
  });

  it('that form a loop are refused with ELOOP', async () => {
    fs.symlinkSync('b', folder.at('a'));
    fs.symlinkSync('a', folder.at('b'));
    await expectWriteError(atomicWriteText(folder.at('a'), 'x'), {
      code: 'ELOOP',
      step: 'resolve',
      retryable: false,
    });
    assert.equal(fs.readlinkSync(folder.at('a')), 'b');
  });

  it('are replaced or refused when asked', async () => {
    fs.writeFileSync(folder.at('a.txt'), 'old');
    fs.symlinkSync('a.txt', folder.at('link'));
    const refused = atomicWriteText(folder.at('link'), 'x', { links: 'refuse' });
    await expectWriteError(refused, { code: 'SYMBOLIC_LINK', step: 'resolve', retryable: false });
    await atomicWriteText(folder.at('link'), 'new', { links: 'replace' });
    assert.equal(fs.lstatSync(folder.at('link')).isFile(), true);
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'old');
  });

  it('to another file system put the temp file there', async function () {
    // Skipped only where no second file system can be written; Linux has /dev/shm.
    if (!fs.existsSync('/dev/shm')) this.skip();
    const other = fs.mkdtempSync('/dev/shm/atomic-index-');
    try {
      fs.symlinkSync(`${other}/a.txt`, folder.at('link'));
      await atomicWriteText(folder.at('link'), 'new');
      assert.deepEqual(fs.readdirSync(other), ['a.txt']);
    } finally {
      fs.rmSync(other, { recursive: true });
    }
  });
});

describe('hard links', () => {
  const folder = useTempFolder({ mayLeaveTempFiles: true });

  it('are refused unless the caller breaks them', async () => {
    fs.writeFileSync(folder.at('a.txt'), 'old');
    fs.linkSync(folder.at('a.txt'), folder.at('b.txt'));
    const error = { code: 'HARD_LINKED', step: 'inspect', retryable: false };
    await expectWriteError(atomicWriteText(folder.at('a.txt'), 'new'), error);
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'old');
    await atomicWriteText(folder.at('a.txt'), 'new', { hardLinks: 'break' });
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'new');
    assert.equal(fs.readFileSync(folder.at('b.txt'), 'utf8'), 'old');
  });

  it("are no obstacle when the second name is this module's own temp file", async () => {
    fs.writeFileSync(folder.at('a.txt'), 'old');
    const temp = '.~ai-00000000-1-1-0-0123456789abcdef.tmp';
    fs.linkSync(folder.at('a.txt'), folder.at(temp));
    await atomicWriteText(folder.at('a.txt'), 'new');
    assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'new');
  });
});

describe('names on Windows', () => {
  const check = (name: string, expected: boolean) =>
    it(`${expected ? 'refuse' : 'allow'} ${JSON.stringify(name)}`, () =>
      assert.equal(isIllegalOnWindows(name), expected));
  for (const name of [
    'a:b',
    'a?',
    'a*',
    'a|b',
    '"',
    'a.',
    'a ',
    'CON',
    'nul.txt',
    'com1',
    'LPT9.md',
    'a\u0001',
  ]) {
    check(name, true);
  }
  for (const name of ['a', '.hidden', 'console', 'com10', 'a.b', 'ü', 'a b']) check(name, false);
});
