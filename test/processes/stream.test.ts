import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { howOften } from '../support/longForm.ts';
import { repositoryFile } from '../support/repository.ts';

const script = repositoryFile('out', 'test', 'processes', 'streamMuch.js');
// In memory where there is such a folder: the disk is not what is tested.
const parent = fs.existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const mebibytes = parent === '/dev/shm' ? 1024 : howOften(128, 1024);

describe('a long stream', function () {
  this.timeout(60_000);
  let folder = '';
  before(() => {
    folder = fs.mkdtempSync(path.join(parent, 'atomic-index-test-'));
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  it(`of ${mebibytes} MiB takes less than 16 MiB of memory`, () => {
    const file = path.join(folder, 'large.txt');
    const { stdout, status } = spawnSync(process.execPath, [script, file, `${mebibytes}`], {
      encoding: 'utf8',
    });
    assert.equal(status, 0);
    assert.equal(fs.statSync(file).size, mebibytes * 1024 * 1024);
    const bytes = Number(stdout);
    assert.ok(stdout !== '' && bytes < 16 * 1024 * 1024, `${bytes} bytes`);
  });
});
