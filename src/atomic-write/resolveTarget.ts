import * as path from 'node:path';
import { AtomicWriteError, atStep, codeOf } from './errors.ts';
import { lstat, readlink, realpath, type Stats } from './fs.ts';

/** The file that a path leads to, and what is there now. */
export type ResolvedTarget = {
  readonly path: string;
  readonly folder: string;
  /** `null` when there is no file yet. */
  readonly stats: Stats | null;
};

/** As many as Linux follows before it says ELOOP (man 7 path_resolution). */
const maxLinks = 40;

const windowsReserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/**
 * Tells whether Windows would take a name for something else than a file of that name: a device, a stream of another
 * file (`a:b`), or the name less its last dot or space. A write must not succeed under another name.
 * Source: "Naming Files, Paths, and Namespaces", Windows App Development documentation.
 */
export function isIllegalOnWindows(name: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that Windows forbids
  return /[<>:"|?*\u0000-\u001f]/.test(name) || /[. ]$/.test(name) || windowsReserved.test(name);
}

async function lstatOrNull(file: string): Promise<Stats | null> {
  try {
    return await lstat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Follows the symbolic links at the end of a path by hand: `realpath` fails on a link whose file doesn't exist yet,
 * and a rename onto the link itself would replace it by a regular file.
 */
export async function resolveTarget(
  given: string,
  links: 'follow' | 'replace' | 'refuse',
): Promise<ResolvedTarget> {
  let file = path.isAbsolute(given) ? given : `${process.cwd()}${path.sep}${given}`;
  if (given === '') throw new AtomicWriteError('resolve', given, 'ENOENT');
  // A plain open says the same of `folder/`: whatever is there, it isn't a file that can be written.
  if (file.endsWith('/') || file.endsWith(path.sep)) throw new AtomicWriteError('resolve', given, 'EISDIR');
  for (let followed = 0; followed <= maxLinks; followed++) {
    const current = file;
    if (process.platform === 'win32' && isIllegalOnWindows(path.basename(current))) {
      throw new AtomicWriteError('resolve', given, 'ILLEGAL_NAME');
    }
    const stats = await atStep('resolve', given, () => lstatOrNull(current));
    if (stats === null || !stats.isSymbolicLink() || links === 'replace') {
      return { path: current, folder: path.dirname(current), stats };
    }
    if (links === 'refuse') throw new AtomicWriteError('resolve', given, 'SYMBOLIC_LINK');
    file = await atStep('resolve', given, async () => {
      const destination = await readlink(current);
      // `..` in a link counts from where the link really lies, so the folder is resolved before, not by text.
      return path.isAbsolute(destination)
        ? destination
        : `${await realpath(path.dirname(current))}${path.sep}${destination}`;
    });
  }
  throw new AtomicWriteError('resolve', given, 'ELOOP');
}
