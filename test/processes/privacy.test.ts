import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { AtomicFile, atomicWriteText } from '../../src/atomic-write/index.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import type { SpyReport } from './spy.ts';

const posixOnly = process.platform === 'win32' ? describe.skip : describe;
const isRoot = process.getuid?.() === 0;

posixOnly('a private file (0600) that is overwritten', function () {
  this.timeout(60_000);
  const folder = useTempFolder();

  /** Runs `write` again and again while another process looks into the folder all the time. */
  async function watch(mode: number, write: (n: number) => Promise<unknown>): Promise<SpyReport> {
    fs.chmodSync(folder.path, 0o755);
    fs.writeFileSync(folder.at('a.txt'), 'secret');
    fs.chmodSync(folder.at('a.txt'), mode);
    const spy = spawn(process.execPath, [repositoryFile('out/test/processes/spy.js'), folder.path], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    spy.stdout.on('data', (data) => {
      output += String(data);
    });
    try {
      await once(spy.stdout, 'data');
      for (let n = 0; n < 150; n++) await write(n);
      const closed = once(spy, 'close');
      spy.stdin.end();
      await closed;
      return JSON.parse(output.slice(output.indexOf('\n')));
    } finally {
      spy.kill('SIGKILL');
    }
  }

  const text = (n: number) => `secret ${n} `.repeat(10_000);
  const overwrite = (n: number) => atomicWriteText(folder.at('a.txt'), text(n), { durability: 'none' });
  const ways: readonly (readonly [string, (n: number) => Promise<unknown>])[] = [
    ['whole', overwrite],
    [
      'streamed',
      async (n) => {
        await using handle = await AtomicFile.open(folder.at('a.txt'), { durability: 'none' });
        await handle.write(text(n));
        await handle.commit();
      },
    ],
  ];
  for (const [way, write] of ways) {
    it(`is never open to others, nor is its temp file: ${way}`, async () => {
      const report = await watch(0o600, write);
      assert.deepEqual({ open: report.open, read: report.read }, { open: [], read: [] });
      assert.ok(report.tempFiles > 0, `no temp file was seen: ${JSON.stringify(report)}`);
    });
  }

  it('would be caught: the spy sees and reads a file that others may read', async () => {
    // Without root the spy is the owner itself, and reading proves nothing; then it only looks at permissions.
    const report = await watch(0o644, overwrite);
    assert.ok(report.open.includes('a.txt'));
    assert.equal(report.read.includes('a.txt'), isRoot);
  });
});
