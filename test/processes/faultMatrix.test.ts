import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { faultEnvironment } from '../support/faultLayer.ts';
import { repositoryFile } from '../support/repository.ts';
import { makeTempFolder } from '../support/tempFolder.ts';
import type { CellResult } from './faultCells.ts';
import { type Cell, cells } from './faultMatrix.ts';

const linuxOnly = process.platform === 'linux' ? describe : describe.skip;
const isRoot = process.getuid?.() === 0;

/** Codes that pass by themselves or by freeing something; all others need another path, permission or content. */
const passing: ReadonlySet<string> = new Set(['EBUSY', 'EDQUOT', 'EMFILE', 'ENFILE', 'ENOSPC', 'ESTALE']);

linuxOnly('every step of a write with every error (fault layer, Linux)', function () {
  this.timeout(60_000);
  const results = new Map<Cell, CellResult>();

  // One process for all: starting Node costs more than ten writes.
  before(() => {
    const folder = makeTempFolder();
    const log = `${folder}.calls`;
    fs.writeFileSync(log, '');
    const able = cells.filter((cell) => isPossible(cell) && isWanted(cell));
    try {
      const child = spawnSync(
        process.execPath,
        [repositoryFile('out/test/processes/faultCells.js'), folder, log],
        {
          env: { ...process.env, ...faultEnvironment([], folder, log) },
          input: JSON.stringify(able),
          encoding: 'utf8',
        },
      );
      assert.equal(child.status, 0, child.stderr);
      const printed: readonly CellResult[] = JSON.parse(child.stdout);
      for (const [n, cell] of able.entries()) {
        const result = printed[n];
        if (result !== undefined) results.set(cell, result);
      }
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
      fs.rmSync(log, { force: true });
    }
  });

  it('has at least 60 cells, no two the same', () => {
    assert.ok(cells.length >= 60, `${cells.length} cells`);
    assert.equal(new Set(cells.map(({ title }) => title)).size, cells.length);
  });

  for (const cell of cells) {
    it(titleOf(cell), function () {
      // Only root can give a file to somebody else; the run lists these as not run.
      if (!isPossible(cell)) this.skip();
      const result = results.get(cell);
      assert.ok(result, 'the cell was not run');
      const fired = result.calls.filter((call) => call.endsWith(' !'));
      assert.ok(fired.length > 0, 'the fault was never met');
      assert.deepEqual(result.leftovers, []);
      checkEnding(cell, result);
      assert.deepEqual(result.again, { error: null, content: 'new' });
    });
  }
});

/** For runs that pick out tests by their titles: they need not wait for the others' cells. */
function isWanted(cell: Cell): boolean {
  return new RegExp(process.env['FAULT_CELLS'] ?? '').test(titleOf(cell));
}

function isPossible({ way }: Cell): boolean {
  return isRoot || way !== 'overwrite a file of another owner';
}

function titleOf(cell: Cell): string {
  return `${describeEnding(cell)} ${cell.title}`;
}

function describeEnding({ ending, way }: Cell): string {
  if (ending.kind === 'written') return 'has the new file after';
  if (ending.kind === 'unsure') return 'has the new file and says that it may not survive a power cut after';
  return way.startsWith('create') ? 'has no file and says so after' : 'keeps the old file and says so after';
}

function checkEnding({ ending, way }: Cell, { error, result, content, file, calls }: CellResult): void {
  // A sync that failed may have lost the data, and a second one would say that all is well.
  const failedSync = calls.indexOf('fsync !');
  if (ending.kind === 'refused' && failedSync !== -1)
    assert.deepEqual(calls.slice(failedSync + 1), ['close', 'unlink']);
  if (ending.kind === 'written') {
    assert.deepEqual([error, content], [null, 'new']);
    const { kind: _, ...expected } = ending;
    for (const [name, value] of Object.entries(expected))
      assert.equal(Object.entries(result ?? {}).find(([key]) => key === name)?.[1], value, name);
    return;
  }
  const isInPlace = ending.kind === 'unsure';
  assert.equal(content, isInPlace ? 'new' : way.startsWith('create') ? 'absent' : 'old');
  const step = isInPlace ? 'syncFolder' : ending.step;
  const { message = '', ...fields } = error ?? {};
  assert.deepEqual(fields, {
    name: 'AtomicWriteError',
    step,
    code: ending.code,
    path: file,
    retryable: passing.has(ending.code),
  });
  // What happened to which file; why, and what to do about it; the code for a search.
  const start = isInPlace ? `Wrote ${file}, but it may not survive a power cut: ` : `Can't write ${file}: `;
  assert.ok(message.startsWith(start), message);
  assert.match(message.slice(start.length), /^[a-z][^;]+; [a-z][^;]+$/);
  assert.ok(message.endsWith(` (${ending.code} at step ${step})`), message);
}
