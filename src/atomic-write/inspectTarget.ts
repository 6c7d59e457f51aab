import * as path from 'node:path';
import { AtomicWriteError, atStep } from './errors.ts';
import { access, constants, lstat, readdir, type Stats } from './fs.ts';
import type { AtomicWriteOptions } from './options.ts';
import type { ResolvedTarget } from './resolveTarget.ts';
import { parseTempName } from './tempName.ts';

/**
 * Refuses a target that a rename must not replace. Runs before anything is created, so a refusal leaves no trace.
 */
export async function inspectTarget(target: ResolvedTarget, options: AtomicWriteOptions): Promise<void> {
  const { stats } = target;
  const refuse = (code: string): never => {
    throw new AtomicWriteError('inspect', target.path, code);
  };
  if (stats === null) return;
  if (stats.isDirectory()) refuse('EISDIR');
  if (options.exclusive === true) refuse('EEXIST');
  if (stats.isSymbolicLink()) return;
  if (!stats.isFile()) refuse('NOT_A_FILE');
  if (options.force !== true && (await isReadOnly(target.path, stats))) refuse('READ_ONLY');
  if (stats.nlink > 1 && options.hardLinks !== 'break' && (await hasOtherNames(target, stats)))
    refuse('HARD_LINKED');
}

async function isReadOnly(file: string, stats: Stats): Promise<boolean> {
  if ((stats.mode & 0o222) === 0) return true;
  if (process.getuid === undefined || stats.uid === process.getuid()) return false;
  // Somebody else's file in a folder of ours: a rename could replace it although a plain write is forbidden.
  try {
    await access(file, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

/**
 * Tells whether anybody but this module gave the file a second name. An exclusive write links its temp file to the
 * target and then removes the temp name: between the two, or after a crash there, the second name is one of ours.
 */
async function hasOtherNames(target: ResolvedTarget, stats: Stats): Promise<boolean> {
  return atStep('inspect', target.path, async () => {
    let ownNames = 0;
    for (const name of await readdir(target.folder)) {
      if (parseTempName(name) === undefined) continue;
      const other = await lstat(path.join(target.folder, name)).catch(() => null);
      if (other !== null && other.ino === stats.ino && other.dev === stats.dev) ownNames++;
    }
    const now = await lstat(target.path).catch(() => stats);
    return now.nlink - ownNames > 1;
  });
}
