import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import {
  atomicWriteBatch,
  atomicWriteText,
  recoverBatches,
  sweepTempFiles,
} from '../../src/atomic-write/index.ts';
import { inParallel } from '../../src/atomic-write/inParallel.ts';
import { allNew, allOld, putOldFiles, viewOf } from '../support/batchOfFive.ts';
import { type ChildResult, type Fault, runUnderFaults } from '../support/faultLayer.ts';
import { leftoversIn } from '../support/leftovers.ts';
import { useTempFolder } from '../support/tempFolder.ts';

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;

linuxOnly('a batch whose process is killed or fails at every single step (fault layer, Linux)', function () {
  this.timeout(120_000);
  const folder = useTempFolder();
  let copies = 0;

  /** One thread for the disk: then the calls come in one order, and the same in every run. */
  before(() => {
    process.env['UV_THREADPOOL_SIZE'] = '1';
  });
  after(() => {
    delete process.env['UV_THREADPOOL_SIZE'];
  });

  const put = (): string => {
    const work = folder.at(`work ${++copies}`.replace(' ', '-'));
    putOldFiles(work);
    return work;
  };
  /** With hard links kept, which show where an exclusive creation was killed. */
  const copyOf = (work: string): string => {
    const copy = `${work}-copy${++copies}`;
    execFileSync('cp', ['-a', work, copy]);
    return copy;
  };
  const run = (
    work: string,
    script: string,
    args: string[],
    faults: Fault[],
    log = '',
  ): Promise<ChildResult> => runUnderFaults(script, args, faults, `${work}:${work}/sub`, log);
  const runBatch = (work: string, faults: Fault[], log = '') =>
    run(work, 'batchOnce.js', [work], faults, log);
  const killAt = (skip: number): Fault[] => [{ operation: 'any', what: 'KILL', skip, times: 1 }];
  const callsOf = (log: string): string[] => fs.readFileSync(log, 'utf8').trim().split('\n');

  const recordCalls = async (): Promise<{ calls: string[]; commitAt: number }> => {
    const work = put();
    const { output } = await runBatch(work, [], `${work}.log`);
    assert.doesNotMatch(output, /code/);
    assert.deepEqual(viewOf(work), allNew);
    const calls = callsOf(`${work}.log`);
    // The first rename is the journal's.
    return { calls, commitAt: calls.indexOf('rename') };
  };

  /** Whoever comes next, in this process, which is not the one that died. */
  const nextOnes: Readonly<Record<string, (work: string) => Promise<unknown>>> = {
    'a sweep': async (work) => {
      await sweepTempFiles(`${work}/sub`);
      await sweepTempFiles(work);
    },
    'a recovery and a sweep': async (work) => {
      await recoverBatches(work);
      await sweepTempFiles(work);
      await sweepTempFiles(`${work}/sub`);
    },
    'plain writes': async (work) => {
      await atomicWriteText(`${work}/sub/other.txt`, 'other');
      await atomicWriteText(`${work}/other.txt`, 'other');
    },
    'another batch': async (work) => {
      const entries = [`${work}/sub/x.txt`, `${work}/y.txt`].map((path) => ({ path, content: 'next' }));
      await atomicWriteBatch(entries, { journalFolder: work });
    },
  };

  it('makes its calls in the order that everything rests on', async () => {
    const { calls, commitAt } = await recordCalls();
    const before = calls.slice(0, commitAt);
    // Five temp files and the journal; all synced, the names of the five too, before the journal gets its name.
    assert.equal(before.filter((call) => call.startsWith('exclusive ')).length, 6);
    assert.equal(before.filter((call) => call === 'fsync').length, 6);
    assert.equal(before.filter((call) => call === 'fsyncdir').length, 2);
    assert.ok(before.indexOf('fsyncdir') > before.lastIndexOf('exclusive private open'));
    // The journal's name is synced before the first file is renamed, and the folders before the journal goes.
    assert.deepEqual(
      calls
        .slice(commitAt)
        .filter((call) => call !== 'opendir')
        .sort(),
      [
        ...['fsyncdir', 'fsyncdir', 'fsyncdir', 'link'],
        ...['rename', 'rename', 'rename', 'rename', 'rename', 'unlink', 'unlink'],
      ],
    );
    assert.deepEqual(calls.slice(commitAt, commitAt + 3), ['rename', 'opendir', 'fsyncdir']);
    assert.deepEqual(calls.slice(-2), ['fsyncdir', 'unlink']);
  });

  it('is all old or all new after the next one, whoever that is', async () => {
    const { calls, commitAt } = await recordCalls();
    await inParallel([...calls.keys()], 3, async (skip) => {
      const where = `killed before call ${skip} (${calls[skip]})`;
      const work = put();
      assert.equal((await runBatch(work, killAt(skip))).signal, 'SIGKILL', where);
      for (const view of viewOf(work)) assert.match(view, /^(old|new)$/, where);
      for (const [name, next] of Object.entries(nextOnes)) {
        const copy = copyOf(work);
        await next(copy);
        assert.deepEqual(viewOf(copy), skip <= commitAt ? allOld : allNew, `${where}, then ${name}`);
        assert.deepEqual(leftoversIn(copy), [], `${where}, then ${name}`);
      }
      await nextOnes['a sweep']?.(work);
    });
  });

  it('is all new after a recovery that was killed at every step, and another', async () => {
    const { calls, commitAt } = await recordCalls();
    const linkAt = calls.indexOf('link');
    assert.ok(linkAt > commitAt);
    for (const skip of [commitAt + 1, linkAt + 1]) {
      const killed = put();
      await runBatch(killed, killAt(skip));
      const first = copyOf(killed);
      await run(first, 'sweepOnce.js', [`${first}/sub`, first], [], `${first}.log`);
      assert.deepEqual(viewOf(first), allNew);
      const steps = callsOf(`${first}.log`).length;
      assert.ok(steps > 4, `${steps} calls`);
      await inParallel([...Array(steps).keys()], 3, async (step) => {
        const copy = copyOf(killed);
        const { signal } = await run(copy, 'sweepOnce.js', [`${copy}/sub`, copy], killAt(step));
        const where = `batch killed before call ${skip}, recovery before ${step}`;
        assert.equal(signal, 'SIGKILL', where);
        for (const view of viewOf(copy)) assert.match(view, /^(old|new)$/, where);
        await nextOnes['a sweep']?.(copy);
        assert.deepEqual([viewOf(copy), leftoversIn(copy)], [allNew, []], where);
      });
      await nextOnes['a sweep']?.(killed);
    }
  });

  it('is all new after several recoveries at once', async () => {
    const { commitAt } = await recordCalls();
    const killed = put();
    await runBatch(killed, killAt(commitAt + 4));
    for (let round = 0; round < 6; round++) {
      const copy = copyOf(killed);
      const children = [1, 2].map(() => run(copy, 'sweepOnce.js', [`${copy}/sub`, copy], []));
      const own = [1, 2, 3].flatMap(() => [
        sweepTempFiles(copy),
        recoverBatches(copy),
        sweepTempFiles(`${copy}/sub`),
      ]);
      await Promise.all([...children, ...own]);
      await nextOnes['a sweep']?.(copy);
      assert.deepEqual([viewOf(copy), leftoversIn(copy)], [allNew, []]);
    }
    await nextOnes['a sweep']?.(killed);
  });

  for (const what of ['ENOSPC', 'EIO'] as const) {
    it(`leaves all old files and nothing else when a call fails with ${what} before the set is final`, async () => {
      const { commitAt, calls } = await recordCalls();
      await inParallel([...Array(commitAt + 1).keys()], 3, async (skip) => {
        const where = `call ${skip} (${calls[skip]})`;
        const work = put();
        const { output } = await runBatch(work, [{ operation: 'any', what, skip, times: 1 }]);
        assert.match(output, new RegExp(`"error":.*"code":"${what}"`), where);
        assert.deepEqual([viewOf(work), leftoversIn(work)], [allOld, []], where);
      });
    });

    it(`goes on with the others and tells it when a call fails with ${what} after that`, async () => {
      const { commitAt, calls } = await recordCalls();
      await inParallel([...calls.keys()].slice(commitAt + 1), 3, async (skip) => {
        const where = `call ${skip} (${calls[skip]})`;
        const work = put();
        const { output } = await runBatch(work, [{ operation: 'any', what, skip, times: 1 }]);
        const { results } = JSON.parse(output) as { results: { step?: string; code?: string }[] };
        const told = results.map(({ step }) => (step === 'rename' ? 'old' : 'new'));
        assert.deepEqual(viewOf(work), told, where);
        assert.ok(told.filter((view) => view === 'old').length <= 1, where);
        const isSync = /dir$/.test(calls[skip] ?? '');
        assert.equal(
          results.some(({ step }) => step === 'syncFolder'),
          isSync,
          where,
        );
        await nextOnes['a sweep']?.(work);
        assert.deepEqual([viewOf(work), leftoversIn(work)], [told, []], `${where}, after a sweep`);
      });
    });
  }
});
