import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endWithParent } from '../host/endWithParent.ts';
import { poll } from '../host/poll.ts';
import { listProcesses } from '../host/processes.ts';
import { findOnPath } from '../host/runProgram.ts';
import { repositoryFile } from '../support/repository.ts';

const limitMs = 30_000;

/** Starts a child that would live for ever, prints its process id, and lives for ever too. */
const parentScript = `
  import { spawn } from 'node:child_process';
  import { endWithParent } from ${JSON.stringify(`file://${repositoryFile('out', 'test', 'host', 'endWithParent.js')}`)};
  const child = spawn(...endWithParent(process.execPath, ['-e', 'setInterval(() => {}, 1000)']), { detached: true });
  child.on('spawn', () => console.log(child.pid));
`;

describe('what a test run has started', function () {
  this.timeout(60_000);

  it('ends when the run is killed without a chance to clean up', async function () {
    if (findOnPath('setpriv') === undefined) return this.skip();
    const parent = spawn(process.execPath, ['--input-type=module', '-e', parentScript], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(line);
    const isRunning = async () => (await listProcesses()).some((entry) => entry.pid === pid);
    // Until then it is setpriv, which has not yet told the kernel.
    await poll('the child runs', limitMs, async () =>
      (await listProcesses()).some((entry) => entry.pid === pid && !entry.commandLine.includes('setpriv')),
    );
    parent.kill('SIGKILL');
    await poll('the child has ended', limitMs, async () => !(await isRunning()));
    assert.equal(await isRunning(), false);
  });

  it('is the same command where there is no way to say so', () => {
    const [program, args] = endWithParent('node', ['a.js', '--b']);
    assert.deepEqual([program, ...args].slice(-3), ['node', 'a.js', '--b']);
  });
});
