import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { repositoryFile } from '../support/repository.ts';
import { type TempFolder, useTempFolder } from '../support/tempFolder.ts';

const script = repositoryFile('out', 'test', 'processes', 'manyWriters.js');

/** Runs writers at once while reading all the time, and gives what went wrong. */
async function race(folder: TempFolder, commands: readonly (readonly string[])[]) {
  const file = folder.at('index.html');
  fs.writeFileSync(file, '1:a');
  let running = commands.length;
  const errors: string[] = [];
  for (const [command = '', ...args] of commands) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += String(data);
    });
    child.stderr.on('data', (data) => errors.push(String(data)));
    child.on('close', (code) => {
      running--;
      if (code !== 0) errors.push(`exit code ${code}`);
      else errors.push(...(JSON.parse(output) as string[]));
    });
  }
  let reads = 0;
  const torn: string[] = [];
  const seen = new Set<string>();
  while (running > 0) {
    for (let n = 0; n < 20; n++) {
      const text = fs.readFileSync(file, 'utf8');
      const [length = '', body = ''] = text.split(':');
      reads++;
      seen.add(text.slice(0, 20));
      if (body.length !== Number(length) || (body !== '' && body !== body.charAt(0).repeat(body.length))) {
        torn.push(text.slice(0, 40));
      }
    }
    await setImmediate();
  }
  return { errors, torn, reads, versions: seen.size, names: fs.readdirSync(folder.path) };
}

describe('many writers on the same file', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const node = (threads: number, writes: number) => [
    process.execPath,
    script,
    folder.at('index.html'),
    `${threads}`,
    `${writes}`,
  ];

  it('in threads and processes at once never fail, tear a read or leave a temp file', async () => {
    const result = await race(folder, [node(4, 60), node(4, 60), node(2, 60), node(1, 60)]);
    assert.deepEqual(
      { errors: result.errors, torn: result.torn, names: result.names },
      { errors: [], torn: [], names: ['index.html'] },
    );
    assert.ok(
      result.versions > 10,
      `the reader saw only ${result.versions} versions in ${result.reads} reads`,
    );
  });

  it('in containers, where every process has the number 1, neither', async function () {
    // A private pid namespace needs Linux and a privilege; where there is none the run lists this test as pending.
    const wrap = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
    try {
      execFileSync('unshare', [...wrap.slice(1), 'true'], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    const command = () => [...wrap, ...node(2, 60)];
    const result = await race(folder, [command(), command(), command()]);
    assert.deepEqual(
      { errors: result.errors, torn: result.torn, names: result.names },
      { errors: [], torn: [], names: ['index.html'] },
    );
  });
});
