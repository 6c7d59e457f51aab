import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { sweepTempFiles } from '../../../src/atomic-write/index.ts';
import { makeTempName } from '../../../src/atomic-write/tempName.ts';
import { repositoryFile } from '../../support/repository.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const nameScript = `
  import { makeTempName } from ${JSON.stringify(`file://${repositoryFile('out/src/atomic-write/tempName.js')}`)};
  console.log(makeTempName());`;

describe('sweepTempFiles', () => {
  const folder = useTempFolder({ mayLeaveTempFiles: true });
  const put = (name: string) => fs.writeFileSync(folder.at(name), 'partial');
  const nameOfDeadProcess = () =>
    spawnSync(process.execPath, ['--input-type=module', '-e', nameScript], {
      encoding: 'utf8',
    }).stdout.trim();

  it('removes what a dead process left, and nothing else', async () => {
    const dead = nameOfDeadProcess();
    const mine = makeTempName();
    const stranger = mine.replace(/^\.~ai-.{8}/, '.~ai-zzzzzzzz');
    const others = ['index.html.tmp', '.~ai-notes.tmp', 'a.md'];
    for (const name of [dead, mine, stranger, ...others]) put(name);
    const result = await sweepTempFiles(folder.path);
    assert.deepEqual(result.removed, [dead]);
    assert.deepEqual([...result.kept].sort(), [mine, stranger].sort());
    assert.deepEqual(fs.readdirSync(folder.path).sort(), [mine, stranger, ...others].sort());
  });

  it('keeps what a stopped process is writing, until it is killed', async function () {
    if (process.platform === 'win32') this.skip();
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `${nameScript} setInterval(() => {}, 1000);`,
    ]);
    const exit = once(child, 'exit');
    const [line] = await once(child.stdout, 'data');
    const name = String(line).trim();
    put(name);
    child.kill('SIGSTOP');
    try {
      assert.deepEqual((await sweepTempFiles(folder.path)).removed, []);
    } finally {
      child.kill('SIGKILL');
    }
    await exit;
    assert.deepEqual((await sweepTempFiles(folder.path)).removed, [name]);
  });

  it('tells a process that got a dead one’s number from the dead one', async function () {
    // Start times are known on Linux only; elsewhere a reused number counts as alive, and the file stays.
    if (process.platform !== 'linux') this.skip();
    const reused = makeTempName().replace(/^(\.~ai-\w+-\w+)-\w+/, '$1-1');
    put(reused);
    assert.deepEqual((await sweepTempFiles(folder.path)).removed, [reused]);
  });

  it('leaves folders and links alone', async () => {
    const name = nameOfDeadProcess();
    fs.mkdirSync(folder.at(name));
    assert.deepEqual((await sweepTempFiles(folder.path)).kept, [name]);
  });

  it('says when the folder cannot be read', async () => {
    await assert.rejects(sweepTempFiles(folder.at('missing')), { step: 'sweep', code: 'ENOENT' });
  });
});
