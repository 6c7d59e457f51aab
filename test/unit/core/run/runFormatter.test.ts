import assert from 'node:assert/strict';
import { once } from 'node:events';
import * as net from 'node:net';
import { createFormatText } from '../../../../src/core/run/formatText.ts';
import { installInstead } from '../../../support/formatters.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';

/** Of a process tree, only POSIX ends all at once. */
const withGroups = process.platform === 'win32' ? it.skip : it;

describe('a formatter at work', function () {
  this.timeout(30_000);
  const folder = useTempFolder();
  let server: net.Server;
  beforeEach(async () => {
    server = net.createServer().listen(folder.at('.socket'));
    await once(server, 'listening');
    // As biome does: what npm installs is a program that starts another one and waits for it.
    const child = `require('net').connect(${JSON.stringify(folder.at('.socket'))}).on('close', () => process.exit()); setInterval(() => {}, 1000);`;
    installInstead(
      folder.path,
      'biome',
      `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });`,
    );
  });
  afterEach(() => server.close());

  const start = (limitMs: number, signal?: AbortSignal) =>
    createFormatText({ absoluteRoot: folder.path, limitMs, signal })('biome', 'a.ts', 'text');
  /** Settles when the process at the other end is gone. */
  const untilGone = async (): Promise<void> => {
    const [socket] = await once(server, 'connection');
    socket.resume();
    await once(socket, 'close');
  };

  withGroups('ends with all that it started when its time is over', async () => {
    const gone = untilGone();
    assert.deepEqual(await start(3000), { failure: 'gave no text within 3 seconds' });
    await gone;
  });

  withGroups('ends with all that it started when the run is cancelled', async () => {
    const gone = untilGone();
    const controller = new AbortController();
    const formatted = assert.rejects(start(25_000, controller.signal), /enough/);
    await once(server, 'connection');
    controller.abort(new Error('enough'));
    await formatted;
    await gone;
  });

  it('is not started by a run that is cancelled already', async () => {
    await assert.rejects(start(25_000, AbortSignal.abort(new Error('enough'))), /enough/);
  });
});
