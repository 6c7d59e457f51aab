import { randomBytes } from 'node:crypto';
import { threadId } from 'node:worker_threads';
import { type Owner, ownOwner, toBase32 } from './owner.ts';

/** Matches every temp file of this module and nothing else, for watchers, searches and ignore files. */
export const tempFileGlob = '**/.~ai-*.tmp';

/** The longest name that `makeTempName` gives, in bytes. */
export const maxTempNameBytes = 64;

const shape =
  /^\.~ai-([0-9a-z]{8})-([0-9a-z]{1,7})-([0-9a-z]{1,8})-[0-9a-z]{1,7}-[0-9a-z]{16}(?:-(\d{1,6}|j))?\.tmp$/;

function makeStem(): string {
  const owner = ownOwner();
  const numbers = [owner.pid, owner.startTime, threadId].map((number) => number.toString(36));
  return `.~ai-${owner.space}-${numbers.join('-')}-${toBase32(randomBytes(10))}`;
}

/**
 * Makes a name that no other writer has: `.~ai-<space>-<pid>-<start>-<thread>-<80 random bits>.tmp`.
 *
 * The target's own name is no part of it, so that a target of 255 bytes can be written too. The dot hides it, `.~` and
 * `.tmp` are on the skip lists of the usual sync clients, and it never ends like a source file.
 */
export function makeTempName(): string {
  return `${makeStem()}.tmp`;
}

/** The names of one batch: they share all but the end, so that each part leads to its journal. */
export type BatchNames = {
  /** The journal's name, ending in `-j.tmp`. */
  readonly journal: string;
  /** Makes the next part's name, ending in `-0.tmp`, `-1.tmp` and so on. */
  nextPart(): string;
};

/** Makes the names of a new batch. Like those of single temp files, no other writer has them. */
export function makeBatchNames(): BatchNames {
  const stem = makeStem();
  let count = 0;
  return { journal: `${stem}-j.tmp`, nextPart: () => `${stem}-${count++}.tmp` };
}

export type TempName = {
  readonly owner: Owner;
  /** A single write's temp file, a batch's temp file, or a batch's journal. */
  readonly kind: 'single' | 'part' | 'journal';
  /** The name of the batch's journal, itself included; empty for a single write. */
  readonly journal: string;
};

/** Gives what a temp file's name tells, or `undefined` when the name is not one of ours. */
export function parseTempName(name: string): TempName | undefined {
  const match = shape.exec(name);
  if (match === null) return undefined;
  const [, space = '', pid = '', startTime = '', end] = match;
  const owner = { space, pid: Number.parseInt(pid, 36), startTime: Number.parseInt(startTime, 36) };
  if (end === undefined) return { owner, kind: 'single', journal: '' };
  const journal = name.replace(/-[^-]*$/, '-j.tmp');
  return { owner, kind: end === 'j' ? 'journal' : 'part', journal };
}
