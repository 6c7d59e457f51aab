import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import type { Attempts, Scenario } from './limitedWriter.ts';

const posixOnly = process.platform === 'win32' ? describe.skip : describe;
const isRoot = process.getuid?.() === 0;
const oldBytes = 300_000;

/** The system's own errors, not the layer's. What a machine doesn't have is listed as not run, with its title. */
posixOnly('a write where something is really used up', function () {
  this.timeout(30_000);
  const folder = useTempFolder();

  /** Runs the writer at the end of a shell script; gives `null` where the script's beginning isn't allowed. */
  function run(scenario: Scenario, script: string, wrapper: readonly string[] = []): Attempts | null {
    const [command = 'sh', ...args] = [...wrapper, 'sh'];
    const child = spawnSync(
      command,
      [...args, '-c', `{ ${script}\n} >&2 || exit 99; exec "$0" "$@"`, process.execPath].concat([
        repositoryFile('out/test/processes/limitedWriter.js'),
        JSON.stringify(scenario),
      ]),
      { encoding: 'utf8', cwd: folder.path },
    );
    if (child.status === 99 || child.error !== undefined || /^unshare:/.test(child.stderr)) return null;
    assert.deepEqual([child.status, child.signal], [0, null], child.stderr);
    return JSON.parse(child.stdout);
  }

  /** A mount that only the writer sees and that goes with it; by root, or by anybody in a user namespace. */
  function runMounted(scenario: Scenario, script: string): Attempts | null {
    if (process.platform !== 'linux') return null;
    return run(scenario, script, ['unshare', isRoot ? '--mount' : '-rm']);
  }

  const oldFile = (size = oldBytes) => `head -c ${size} /dev/zero > mount/a.txt`;
  const mountedFile = () => {
    fs.mkdirSync(folder.at('mount'));
    return folder.at('mount', 'a.txt');
  };
  const plainFile = () => {
    fs.writeFileSync(folder.at('a.txt'), Buffer.alloc(oldBytes));
    return folder.at('a.txt');
  };

  function check(attempts: Attempts, first: object, secondBytes: number): void {
    assert.deepEqual(
      { first: attempts.first, isOldKept: attempts.isOldKept, leftovers: attempts.leftovers },
      { first, isOldKept: true, leftovers: [] },
    );
    assert.equal(attempts.bytesAfter, secondBytes, JSON.stringify(attempts.second));
  }

  for (const isStreamed of [false, true]) {
    it(`keeps the old file on a full disk (a small tmpfs; needs a mount): ${isStreamed ? 'stream' : 'whole'}`, function () {
      const file = mountedFile();
      const scenario = { file, firstBytes: 900_000, secondBytes: 500_000, isStreamed };
      const attempts = runMounted(scenario, `mount -t tmpfs -o size=1m none mount && ${oldFile()}`);
      if (attempts === null) return this.skip();
      check(attempts, { step: 'write', code: 'ENOSPC', retryable: true }, 500_000);
    });

    it(`keeps the old file at the file size limit (ulimit -f): ${isStreamed ? 'stream' : 'whole'}`, () => {
      // Its signal, SIGXFSZ, would end most programs; Node ignores it, and the write hears EFBIG.
      const file = plainFile();
      const attempts = run(
        { file, firstBytes: 2_000_000, secondBytes: 200_000, isStreamed },
        'ulimit -f 1000',
      );
      assert.ok(attempts);
      check(attempts, { step: 'write', code: 'EFBIG', retryable: false }, 200_000);
    });
  }

  it('keeps the old file when the disk is full to the last byte (a small tmpfs; needs a mount)', function () {
    const filler = folder.at('mount', 'filler');
    const attempts = runMounted(
      { file: mountedFile(), firstBytes: 10, secondBytes: 100_000, filler },
      `mount -t tmpfs -o size=1m none mount && ${oldFile()} && { cat /dev/zero > mount/filler; true; }`,
    );
    if (attempts === null) return this.skip();
    check(attempts, { step: 'write', code: 'ENOSPC', retryable: true }, 100_000);
  });

  it('keeps the old file when the disk has no room for one more file (tmpfs with 3 inodes; needs a mount)', function () {
    const filler = folder.at('mount', 'filler');
    const attempts = runMounted(
      { file: mountedFile(), firstBytes: 10, secondBytes: 20, filler },
      `mount -t tmpfs -o nr_inodes=3 none mount && ${oldFile()} && touch mount/filler`,
    );
    if (attempts === null) return this.skip();
    check(attempts, { step: 'createTemp', code: 'ENOSPC', retryable: true }, 20);
  });

  it('keeps the old file on a read-only file system (a bind mount; needs a mount)', function () {
    const attempts = runMounted(
      { file: mountedFile(), firstBytes: 10, secondBytes: 20 },
      `${oldFile()} && mount --bind mount mount && mount -o remount,ro,bind mount mount`,
    );
    if (attempts === null) return this.skip();
    const refusal = { step: 'createTemp', code: 'EROFS', retryable: false };
    check(attempts, refusal, oldBytes);
    assert.deepEqual(attempts.second, refusal);
  });

  it('keeps the old file in a folder that an ordinary user may not change', () => {
    const file = plainFile();
    fs.chmodSync(file, 0o666);
    fs.chmodSync(folder.path, 0o555);
    // Root may write everywhere, so root becomes nobody.
    const attempts = run(
      { file, firstBytes: 10, secondBytes: 20, ...(isRoot ? { uid: 65_534 } : {}) },
      'true',
    );
    fs.chmodSync(folder.path, 0o755);
    assert.ok(attempts);
    const refusal = { step: 'createTemp', code: 'EACCES', retryable: false };
    check(attempts, refusal, oldBytes);
    assert.deepEqual(attempts.second, refusal);
  });

  it('keeps the old file when no more files can be opened (ulimit -n), and then knows itself again', () => {
    const file = plainFile();
    const attempts = run({ file, firstBytes: 10, secondBytes: 20, holdsDescriptors: true }, 'ulimit -n 60');
    assert.ok(attempts);
    check(attempts, { step: 'createTemp', code: 'EMFILE', retryable: true }, 20);
    // Who can't even read its own start must not go on under a name that looks like a dead process's.
    if (process.platform === 'linux') assert.notEqual(attempts.startTime, 0);
  });
});
