import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { howOften } from '../support/longForm.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const script = repositoryFile('out', 'test', 'processes', 'incrementer.js');
const processes = 8;
const times = howOften(40, 1250);

describe('a counter that eight processes increment at once', function () {
  this.timeout(60_000 + times * 400);
  const folder = useTempFolder();

  async function count(way: 'locked' | 'plain'): Promise<{ count: number; conflicts: number }> {
    const file = folder.at('counter.txt');
    fs.writeFileSync(file, '0');
    const conflicts = await Promise.all(
      Array.from({ length: processes }, async () => {
        const child = spawn(process.execPath, [script, file, `${times}`, way], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let output = '';
        child.stdout.on('data', (data) => {
          output += String(data);
        });
        const [code] = await once(child, 'close');
        assert.equal(code, 0);
        return Number(output);
      }),
    );
    return {
      count: Number(fs.readFileSync(file, 'utf8')),
      conflicts: conflicts.reduce((sum, one) => sum + one, 0),
    };
  }

  it(`loses none of ${processes * times} when each holds the lock from its reading to its writing`, async () => {
    assert.deepEqual(await count('locked'), { count: processes * times, conflicts: 0 });
  });

  it('may lose some by `expected` alone, because no system call both compares and renames', async () => {
    const { count: reached, conflicts } = await count('plain');
    console.log(`      ${processes * times - reached} of ${processes * times} lost, ${conflicts} conflicts`);
    // Each conflict is an update that a plain write would have lost.
    assert.ok(conflicts > 0);
    assert.ok(reached <= processes * times && reached >= times, `${reached}`);
  });
});
