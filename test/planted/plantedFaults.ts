/** A fault to be planted into a copy of the compiled code, and the tests that have to find it. */
export type PlantedFault = {
  readonly title: string;
  /** Below `out/src`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Below `out/test`. */
  readonly tests: string;
  /** Which tests of that file: a part of their titles. */
  readonly grep: string;
  /** Its tests need the layers below Node, permission bits or abstract sockets. */
  readonly isLinuxOnly?: boolean;
};

const unit = 'unit/atomic-write';

/** One row for each thing that a write does to be safe. A row without a test that finds it is a test to be written. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    title: 'the temp file is not created exclusively (O_EXCL)',
    file: 'atomic-write/tempFile.js',
    find: "open(file, 'wx', 0o600)",
    replace: "open(file, 'w', 0o600)",
    tests: 'processes/faults.test.js',
    grep: 'is created exclusively',
    isLinuxOnly: true,
  },
  {
    title: 'the temp file can be read by others until it is complete',
    file: 'atomic-write/tempFile.js',
    find: "open(file, 'wx', 0o600)",
    replace: "open(file, 'wx', 0o644)",
    tests: 'processes/privacy.test.js',
    grep: 'is never open to others, nor is its temp file: whole',
    isLinuxOnly: true,
  },
  {
    title: 'temp files have no random part in their names',
    file: 'atomic-write/tempName.js',
    find: 'toBase32(randomBytes(10))',
    replace: "'0123456789abcdef'",
    tests: `${unit}/atomicWrite.test.js`,
    grep: 'write many different files at once',
  },
  {
    title: 'a short write is not continued',
    file: 'atomic-write/tempFile.js',
    find: 'while (offset < bytes.byteLength)',
    replace: 'if (offset < bytes.byteLength)',
    tests: 'processes/faultMatrix.test.js',
    grep: 'the second write: overwrite',
    isLinuxOnly: true,
  },
  {
    title: 'the length of the temp file is not checked',
    file: 'atomic-write/commit.js',
    find: 'stats.size !== temp.bytes',
    replace: 'false',
    tests: 'processes/faultMatrix.test.js',
    grep: 'writes that lie: overwrite',
    isLinuxOnly: true,
  },
  {
    title: 'the file is not synced',
    file: 'atomic-write/commit.js',
    find: "(durability === 'full' ? fsync(fd) : fdatasync(fd))",
    replace: 'Promise.resolve()',
    tests: 'processes/powerLoss.test.js',
    grep: 'or the new one, whole: an overwrite',
    isLinuxOnly: true,
  },
  {
    title: 'the folder is not synced',
    file: 'atomic-write/syncFolder.js',
    find: 'await fsync(fd);',
    replace: '',
    tests: 'processes/powerLoss.test.js',
    grep: 'or the new one, whole: an overwrite',
    isLinuxOnly: true,
  },
  {
    title: 'only the last of the folders that were made is synced',
    file: 'atomic-write/syncFolder.js',
    find: 'if (topmostMade === undefined)',
    replace: 'if (true)',
    tests: 'processes/powerLoss.test.js',
    grep: 'whole: a file in new folders',
    isLinuxOnly: true,
  },
  {
    title: 'a failed sync is said to be none',
    file: 'atomic-write/commit.js',
    find: "(durability === 'full' ? fsync(fd) : fdatasync(fd))",
    replace:
      "(durability === 'full' ? fsync(fd) : fdatasync(fd)).catch(() => fsync(fd)).catch(() => undefined)",
    tests: 'processes/faultMatrix.test.js',
    grep: 'EIO at fsync: overwrite',
    isLinuxOnly: true,
  },
  {
    title: 'the temp file stays after an error',
    file: 'atomic-write/atomicWrite.js',
    find: 'await discardTemp(temp);',
    replace: '',
    tests: 'processes/faultMatrix.test.js',
    grep: 'ENOSPC at write: overwrite',
    isLinuxOnly: true,
  },
  {
    title: 'temp files stay when the process exits',
    file: 'atomic-write/tempFile.js',
    find: 'unlinkSync(file);',
    replace: '',
    tests: 'processes/exit.test.js',
    grep: 'removes its temp files: process.exit',
  },
  {
    title: 'the sweep takes what a living process writes',
    file: 'atomic-write/sweep.js',
    find: '!isProvablyDead(owner)',
    replace: 'false',
    tests: `${unit}/sweep.test.js`,
    grep: 'keeps what a stopped process is writing',
  },
  {
    title: 'the sweep takes a process for the dead one whose number it got',
    file: 'atomic-write/owner.js',
    find: 'owner.startTime !== 0 && status.startTime !== owner.startTime',
    replace: 'false',
    tests: `${unit}/sweep.test.js`,
    grep: 'got a dead one',
    isLinuxOnly: true,
  },
  {
    title: 'the sweep judges processes of other machines and containers',
    file: 'atomic-write/owner.js',
    find: 'owner.space !== ownOwner().space',
    replace: 'false',
    tests: `${unit}/sweep.test.js`,
    grep: 'removes what a dead process left, and nothing else',
  },
  {
    title: 'the guard does not look again before the rename',
    file: 'atomic-write/commit.js',
    find: 'if (!isCurrent)',
    replace: 'if (false)',
    tests: `${unit}/options.test.js`,
    grep: 'sees a change made while the temp file was written',
  },
  {
    title: 'an exclusive write replaces a file of the last moment',
    file: 'atomic-write/replaceFile.js',
    find: 'await link(temp, target);',
    replace: 'await rename(temp, target);',
    tests: `${unit}/options.test.js`,
    grep: 'does not overwrite a file that appears in the last moment',
  },
  {
    title: 'writes of one process to one file overtake each other',
    file: 'atomic-write/pathQueue.js',
    find: 'before === undefined ? action(false)',
    replace: 'true ? action(false)',
    tests: `${unit}/options.test.js`,
    grep: 'loses no update of writers in one process',
  },
  {
    title: 'a blocked rename is not tried again',
    file: 'atomic-write/replaceFile.js',
    find: '!blockedCodes.has(code)',
    replace: 'true',
    tests: 'processes/faultMatrix.test.js',
    grep: 'EBUSY at three renames: overwrite',
    isLinuxOnly: true,
  },
  {
    title: 'a symbolic link is replaced by a file',
    file: 'atomic-write/resolveTarget.js',
    find: '!stats.isSymbolicLink()',
    replace: 'true',
    tests: `${unit}/links.test.js`,
    grep: 'are followed through a chain across folders',
    isLinuxOnly: true,
  },
  {
    title: 'the permissions of the old file are lost',
    file: 'atomic-write/fileMode.js',
    find: 'await fchmod(fd, mode)',
    replace: '',
    tests: `${unit}/fileMode.test.js`,
    grep: 'are kept exactly: 640',
    isLinuxOnly: true,
  },
  {
    title: 'a read-only file is replaced',
    file: 'atomic-write/inspectTarget.js',
    find: 'options.force !== true',
    replace: 'false',
    tests: `${unit}/fileMode.test.js`,
    grep: 'of a read-only file refuse the write',
    isLinuxOnly: true,
  },
  {
    title: 'two processes hold one lock',
    file: 'lock/socketLock.js',
    find: 'await listen(server, addressOf(key));',
    replace: 'await listen(server, addressOf(key) + process.pid);',
    tests: 'processes/lock.test.js',
    grep: 'says so when the holder does not come to an end',
    isLinuxOnly: true,
  },
  {
    title: 'a holder that was overtaken is not told so by the fence',
    file: 'lock/volumeLock.js',
    find: "throw new LockError('LOST', message);",
    replace: '',
    tests: 'unit/lock/volumeLock.test.js',
    grep: 'tells a holder by the fence that it was overtaken',
  },
  {
    title: 'the engine does not ask for the lock of its file',
    file: 'core/run/lockTarget.js',
    find: 'acquireLock(keys.host,',
    replace: 'acquireLock(keys.host + Math.random(),',
    tests: 'unit/core/freshness.test.js',
    grep: 'are one run for all who asked before it began',
  },
  {
    title: 'the engine does not ask the fence before the rename',
    file: 'core/run/writeTarget.js',
    find: 'await lock.assertHeld();',
    replace: '',
    tests: 'unit/core/freshness.test.js',
    grep: 'when the lock on the volume was lost before the rename',
  },
];
