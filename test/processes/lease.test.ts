import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createInterface } from 'node:readline';
import { atomicWriteText } from '../../src/atomic-write/index.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;

linuxOnly('a file on which a file server holds a lease (Linux)', function () {
  this.timeout(20_000);
  const folder = useTempFolder();

  it('is read when the server has given it back, and nobody else waits for that', async function () {
    const holder = folder.at('holder');
    execFileSync('cc', ['-o', holder, repositoryFile('test', 'processes', 'leaseHolder.c')]);
    fs.writeFileSync(folder.at('a.txt'), 'old');
    const server = spawn(holder, [folder.at('a.txt')], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      const said = createInterface(server.stdout)[Symbol.asyncIterator]();
      // Some file systems have none, those of containers for example.
      if ((await said.next()).value !== 'held') return this.skip();
      const writing = atomicWriteText(folder.at('a.txt'), 'new', { expected: Buffer.from('old') });
      assert.equal((await said.next()).value, 'asked');
      server.stdin.end('.');
      assert.equal((await writing).outcome, 'written');
      assert.equal(fs.readFileSync(folder.at('a.txt'), 'utf8'), 'new');
      if (server.exitCode === null) await once(server, 'exit');
    } finally {
      server.kill();
    }
  });
});
