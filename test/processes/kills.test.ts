import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { leftoversIn } from '../support/leftovers.ts';
import { howOften } from '../support/longForm.ts';
import { repositoryFile } from '../support/repository.ts';
import { seededRandom } from '../support/seededRandom.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { versionOf } from '../support/wholeText.ts';

const script = repositoryFile('out', 'test', 'processes', 'killedWriter.js');
const kills = howOften(100, 1000);

describe('writers killed at random moments', function () {
  this.timeout(30_000 + kills * 600);
  const folder = useTempFolder({ mayLeaveTempFiles: true });

  it(`leave whole files, and nothing after the next write: ${kills} kills`, async () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    console.log(`      seed ${seed}`);
    const lanes = [1, 2, 3, 4].map((lane) => runLane(folder.at(`lane${lane}`), seed + lane, kills / 4));
    const leftovers = (await Promise.all(lanes)).reduce((sum, count) => sum + count, 0);
    // Else the kills came between the writes, and the test shows nothing.
    assert.ok(leftovers >= kills / 10, `only ${leftovers} leftovers`);
    console.log(`      ${leftovers} leftovers of ${kills} kills, all removed by the next write`);
  });

  async function runLane(lane: string, seed: number, times: number): Promise<number> {
    const random = seededRandom(seed);
    fs.mkdirSync(`${lane}/sub`, { recursive: true });
    const versionIn = (name: string) => versionOf(fs.readFileSync(`${lane}/${name}`, 'utf8'));
    let leftovers = 0;
    for (let n = 0; n <= times; n++) {
      const where = `seed ${seed}, kill ${n}`;
      const child = spawn(process.execPath, [script, lane, `${seed * 10_000 + n}`], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const exit = once(child, 'exit');
      try {
        await Promise.race([once(child.stdout, 'data'), exit]);
        // The one that was killed before has left nothing that this one's first writes have not removed.
        assert.deepEqual(leftoversIn(lane), [], where);
        assert.notEqual(versionIn('b.txt'), undefined, where);
        assert.equal(versionIn('b.txt'), versionIn('sub/c.txt'), where);
        child.stdin.write('go\n');
        await new Promise((resolve) => setTimeout(resolve, random() * 25));
      } finally {
        child.kill('SIGKILL');
      }
      const [, signal] = await exit;
      assert.equal(signal, 'SIGKILL', where);
      for (const name of ['a.txt', 'b.txt', 'sub/c.txt']) {
        assert.notEqual(versionIn(name), undefined, `${where}: ${name} is torn`);
      }
      leftovers += leftoversIn(lane).length;
    }
    return leftovers;
  }
});
