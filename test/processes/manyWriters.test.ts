import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { codeOf } from '../../src/atomic-write/errors.ts';
import { isLongForm } from '../support/longForm.ts';
import { repositoryFile } from '../support/repository.ts';
import { type TempFolder, useTempFolder } from '../support/tempFolder.ts';
import type { WriterReport } from './manyWriters.ts';

const script = repositoryFile('out', 'test', 'processes', 'manyWriters.js');

const processes = 8;
const threads = 2;
const writes = 12;
const durationMs = isLongForm ? 60_000 : 0;

type Race = {
  readonly errors: readonly string[];
  readonly torn: readonly string[];
  /** Reads that found no file. */
  readonly missing: number;
  readonly names: readonly string[];
  readonly reads: number;
  readonly versions: number;
  readonly writes: number;
};

/** Runs writers at once while reading all the time, and gives what went wrong. */
async function race(folder: TempFolder, wrapper: readonly string[], children: ChildProcess[]): Promise<Race> {
  const file = folder.at('index.html');
  fs.writeFileSync(file, '1:a');
  let running = processes;
  let written = 0;
  const errors: string[] = [];
  for (let n = 0; n < processes; n++) {
    const [command = '', ...args] = [
      ...wrapper,
      process.execPath,
      script,
      file,
      `${threads}`,
      `${writes}`,
      `${durationMs}`,
    ];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    let output = '';
    child.stdout.on('data', (data) => {
      output += String(data);
    });
    child.stderr.on('data', (data) => errors.push(String(data)));
    child.on('close', (code) => {
      running--;
      if (code !== 0) {
        errors.push(`exit code ${code}`);
        return;
      }
      const report: WriterReport = JSON.parse(output);
      errors.push(...report.errors);
      written += report.writes;
    });
  }
  let reads = 0;
  let missing = 0;
  const torn: string[] = [];
  const seen = new Set<string>();
  while (running > 0) {
    for (let n = 0; n < 20; n++) {
      reads++;
      try {
        const text = fs.readFileSync(file, 'latin1');
        const [length = '', body = ''] = text.split(':');
        seen.add(text.slice(0, 20));
        if (body.length !== Number(length) || body !== body.charAt(0).repeat(body.length))
          torn.push(text.slice(0, 40));
      } catch (error) {
        const code = codeOf(error);
        // Windows refuses to open a name in the moment in which it is replaced; that tells nothing of the file.
        if (code === 'ENOENT') missing++;
        else if (process.platform !== 'win32') errors.push(`read: ${code}`);
      }
    }
    await setImmediate();
  }
  const names = fs.readdirSync(folder.path);
  return { errors, torn, missing, names, reads, versions: seen.size, writes: written };
}

function check({ errors, torn, missing, names, ...counts }: Race): void {
  if (isLongForm) console.log(JSON.stringify(counts));
  assert.deepEqual(
    { errors, torn, missing, names },
    { errors: [], torn: [], missing: 0, names: ['index.html'] },
  );
  assert.ok(counts.writes >= processes * threads * 2 * writes, JSON.stringify(counts));
  assert.ok(counts.versions > 10, `the reader saw too few versions: ${JSON.stringify(counts)}`);
}

describe(`${processes} processes of ${threads} threads with two copies of the module on one file`, function () {
  this.timeout(durationMs + 60_000);
  const folder = useTempFolder();
  const children: ChildProcess[] = [];
  // A failed test must not leave writers behind.
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('never fail, tear a read, hide the file or leave a temp file', async () => {
    check(await race(folder, [], children));
  });

  it('neither do so in containers, where every process has the number 1 (needs pid namespaces)', async function () {
    // Root may make them, and others where they may make user namespaces; elsewhere this is listed as not run.
    const rights = process.getuid?.() === 0 ? [] : ['--map-root-user'];
    const wrapper = ['unshare', ...rights, '--pid', '--fork', '--mount-proc', '--kill-child'];
    try {
      execFileSync('unshare', [...wrapper.slice(1), 'true'], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    check(await race(folder, wrapper, children));
  });
});
