import { fchmod, fchown, readFileSync, type Stats } from './fs.ts';

const groupBits = 0o070;
const setIdBits = 0o6000;

/** The permission bits that the system takes away from every new file of this process. */
function currentUmask(): number {
  if (process.platform === 'linux') {
    try {
      // Asking process.umask() sets it to 0 for a moment, in which another thread may create a file that all can
      // write (Node.js DEP0139). /proc tells without touching (man 5 proc_pid_status, Linux 4.7).
      const match = /^Umask:\s*([0-7]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
      if (match?.[1] !== undefined) return Number.parseInt(match[1], 8);
    } catch {
      // A sandbox without /proc; the old way is left.
    }
  }
  return process.umask();
}

/** Of a temp file that nobody but its maker may read, whatever it becomes. */
export const privateMode = 0o600;

/** Of a temp file for a file that is new: as with any new file, the system takes the umask away, or applies the folder's default ACL. */
export const newFileMode = 0o666;

/**
 * Gives the permission bits to create a temp file with: those of the file that it will become, as far as nobody gets
 * more by them than that file gives them. Mostly they are the final ones, and changing them afterwards, which wakes
 * every watcher once more, is spared. Group and others get only what both will have: which group the folder gives to a
 * new file is not known before. `there` is what the path names now.
 */
export function birthModeOf(asked: number | undefined, there: Stats | null): number {
  const final = asked ?? (there?.isFile() === true ? there.mode : undefined);
  if (final === undefined) return newFileMode;
  const forBoth = (final >> 3) & final & 0o007;
  return privateMode | (final & 0o100) | (forBoth << 3) | forBoth;
}

/** Gives a temp file the owner of the file that it replaces. Returns what could be kept; being refused is no error. */
export async function keepOwner(
  fd: number,
  temp: Stats,
  old: Stats,
): Promise<{ user: boolean; group: boolean }> {
  const kept = { user: temp.uid === old.uid, group: temp.gid === old.gid };
  if ((kept.user && kept.group) || process.platform === 'win32') return { user: true, group: true };
  try {
    await fchown(fd, old.uid, old.gid);
    return { user: true, group: true };
  } catch {
    // Only root may give files away, and some mounts refuse everybody. Who is in the group may still keep it.
  }
  if (!kept.group) {
    try {
      await fchown(fd, temp.uid, old.gid);
      kept.group = true;
    } catch {
      // Not in that group. The caller narrows the mode instead.
    }
  }
  return kept;
}

/** Gives the permission bits that the new file shall have; `temp` was created with `birthMode`. */
export function chooseMode(
  asked: number | undefined,
  old: Stats | null,
  kept: { user: boolean; group: boolean },
  temp: Stats,
  birthMode: number,
): number {
  if (asked !== undefined) return asked & 0o7777;
  if (old === null) return birthMode === newFileMode ? temp.mode & 0o7777 : newFileMode & ~currentUmask();
  let mode = old.mode & 0o7777;
  // A group other than the old one must not be able to do more than everybody, nor may a program begin to run as
  // somebody else because its owner changed.
  if (!kept.group) mode = (mode & ~groupBits) | (mode & ((mode & 0o007) << 3));
  if (!kept.user || !kept.group) mode &= ~setIdBits;
  return mode;
}

/**
 * Sets the permission bits exactly, unless the temp file was born with them. A change of owner in between only takes
 * set-id bits away (man 2 chown), and no temp file is born with those. Windows knows only read-only, which is handled
 * by refusing such targets.
 */
export async function setMode(fd: number, mode: number, temp: Stats): Promise<void> {
  if (process.platform !== 'win32' && (temp.mode & 0o7777) !== mode) await fchmod(fd, mode);
}
