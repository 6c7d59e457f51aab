import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { close, open, openToRead, read, readFile, write } from '../../../src/atomic-write/fs.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

describe('the door to the disk', () => {
  const folder = useTempFolder();

  for (const size of [0, 1, 64 * 1024, 300_000]) {
    it(`writes and reads ${size} bytes`, async () => {
      const bytes = randomBytes(size);
      const fd = await open(folder.at('a'), 'wx', 0o600);
      assert.equal(await write(fd, bytes, 0, size), size);
      await close(fd);
      assert.deepEqual(fs.readFileSync(folder.at('a')), bytes);
      assert.deepEqual(await readFile(folder.at('a')), bytes);
    });
  }

  it('reads from where it ended, and gives 0 at the end', async () => {
    fs.writeFileSync(folder.at('a'), 'abcde');
    const fd = await openToRead(folder.at('a'));
    const into = Buffer.alloc(4);
    assert.equal(await read(fd, into, 1, 3), 3);
    assert.equal(into.toString(), '\0abc');
    assert.equal(await read(fd, into, 0, 4), 2);
    assert.equal(await read(fd, into, 0, 4), 0);
    await close(fd);
  });

  const linuxOnly = process.platform === 'linux' ? it : it.skip;
  linuxOnly('reads all of a file that says it has no bytes', async () => {
    assert.match((await readFile('/proc/self/status')).toString(), /^Name:[\s\S]*Threads:/);
  });

  const posixOnly = process.platform === 'win32' ? it.skip : it;
  posixOnly('does not wait for whoever may write into a pipe', async () => {
    execFileSync('mkfifo', [folder.at('pipe')]);
    assert.equal((await readFile(folder.at('pipe'))).byteLength, 0);
  });

  it('names the call in its errors', async () => {
    await assert.rejects(readFile(folder.at('none')), { code: 'ENOENT', syscall: 'open' });
  });
});
