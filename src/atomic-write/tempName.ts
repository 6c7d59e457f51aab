import { randomBytes } from 'node:crypto';
import { threadId } from 'node:worker_threads';
import { type Owner, ownOwner, toBase32 } from './owner.ts';

/** Matches every temp file of this module and nothing else, for watchers, searches and ignore files. */
export const tempFileGlob = '**/.~ai-*.tmp';

/** The longest name that `makeTempName` gives, in bytes. */
export const maxTempNameBytes = 64;

const shape = /^\.~ai-([0-9a-z]{8})-([0-9a-z]{1,7})-([0-9a-z]{1,8})-([0-9a-z]{1,7})-([0-9a-z]{16})\.tmp$/;

/**
 * Makes a name that no other writer has: `.~ai-<space>-<pid>-<start>-<thread>-<80 random bits>.tmp`.
 *
 * The target's own name is no part of it, so that a target of 255 bytes can be written too. The dot hides it, `.~` and
 * `.tmp` are on the skip lists of the usual sync clients, and it never ends like a source file.
 */
export function makeTempName(): string {
  const owner = ownOwner();
  const numbers = [owner.pid, owner.startTime, threadId].map((number) => number.toString(36));
  return `.~ai-${owner.space}-${numbers.join('-')}-${toBase32(randomBytes(10))}.tmp`;
}

/** Gives the owner that a temp file's name tells of, or `undefined` when the name is not one of ours. */
export function parseTempName(name: string): Owner | undefined {
  const match = shape.exec(name);
  if (match === null) return undefined;
  const [, space = '', pid = '', startTime = ''] = match;
  return { space, pid: Number.parseInt(pid, 36), startTime: Number.parseInt(startTime, 36) };
}
