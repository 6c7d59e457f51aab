/**
 * Writes a file where something is really used up, then frees it and writes once more:
 * `node limitedWriter.js <scenario as JSON>`; prints an `Attempts` as JSON.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  AtomicFile,
  AtomicWriteError,
  atomicWriteText,
  type WriteResult,
} from '../../src/atomic-write/index.ts';
import { makeTempName, parseTempName } from '../../src/atomic-write/tempName.ts';
import { leftoversIn } from '../support/leftovers.ts';

export type Scenario = {
  /** The file to write; it must exist. */
  readonly file: string;
  readonly firstBytes: number;
  readonly secondBytes: number;
  readonly isStreamed?: boolean;
  /** Opens files until no more can be opened, until the second write. */
  readonly holdsDescriptors?: boolean;
  /** A file to be removed before the second write. */
  readonly filler?: string;
  /** Become this user first. */
  readonly uid?: number;
};

type Attempt = { readonly step: string; readonly code: string; readonly retryable: boolean } | WriteResult;

export type Attempts = {
  readonly first: Attempt;
  readonly isOldKept: boolean;
  readonly leftovers: readonly string[];
  readonly second: Attempt;
  readonly bytesAfter: number;
  /** The start of this process as its temp files tell it. */
  readonly startTime: number | undefined;
};

async function attempt(scenario: Scenario, bytes: number): Promise<Attempt> {
  const { file, isStreamed } = scenario;
  try {
    if (isStreamed !== true) return await atomicWriteText(file, 'n'.repeat(bytes));
    await using handle = await AtomicFile.open(file);
    for (let left = bytes; left > 0; left -= 50_000) await handle.write('n'.repeat(Math.min(left, 50_000)));
    return await handle.commit();
  } catch (error) {
    if (!(error instanceof AtomicWriteError)) throw error;
    return { step: error.step, code: error.code, retryable: error.retryable };
  }
}

function holdDescriptors(): number[] {
  const held: number[] = [];
  try {
    for (;;) held.push(fs.openSync('/dev/null', 'r'));
  } catch {
    return held;
  }
}

const scenario: Scenario = JSON.parse(process.argv[2] ?? '');
const { file, uid, filler } = scenario;
if (uid !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(uid);
  process.setuid?.(uid);
}
const old = fs.readFileSync(file);
// Loaded before the descriptors are used up; what is measured is the write.
const held = scenario.holdsDescriptors === true ? holdDescriptors() : [];
const first = await attempt(scenario, scenario.firstBytes);
for (const fd of held) fs.closeSync(fd);
const isOldKept = fs.readFileSync(file).equals(old);
const leftovers = leftoversIn(path.dirname(file));
if (filler !== undefined) fs.rmSync(filler);
const second = await attempt(scenario, scenario.secondBytes);
const bytesAfter = fs.statSync(file).size;
const startTime = parseTempName(makeTempName())?.owner.startTime;
const attempts: Attempts = { first, isOldKept, leftovers, second, bytesAfter, startTime };
console.log(JSON.stringify(attempts));
