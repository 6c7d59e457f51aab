/**
 * The least that a durable replacement with the old permissions needs, without any of the checks: the yardstick.
 * A fixed temp name, no exclusive creation, no look at whether all bytes arrived, no clean-up.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

type Done = (error: NodeJS.ErrnoException | null) => void;

/** Seven calls in callbacks: lstat, open, write, fchmod, fsync, close, rename. */
export function rawWrite(file: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const done: Done = (error) => (error === null ? resolve() : reject(error));
    const temp = `${file}.raw`;
    fs.lstat(file, (noStats, stats) => {
      if (noStats) return done(noStats);
      fs.open(temp, 'w', 0o600, (noFile, fd) => {
        if (noFile) return done(noFile);
        fs.write(fd, bytes, 0, bytes.byteLength, null, (noWrite) => {
          if (noWrite) return done(noWrite);
          fs.fchmod(fd, stats.mode & 0o7777, (noMode) => {
            if (noMode) return done(noMode);
            fs.fsync(fd, (noSync) => {
              if (noSync) return done(noSync);
              fs.close(fd, (noClose) => (noClose ? done(noClose) : fs.rename(temp, file, done)));
            });
          });
        });
      });
    });
  });
}

/** `rawWrite` and then a sync of the folder, so that the new name is durable too. */
export async function rawWriteAndSyncFolder(file: string, bytes: Uint8Array): Promise<void> {
  await rawWrite(file, bytes);
  await new Promise<void>((resolve, reject) => {
    fs.open(path.dirname(file), 'r', (noFolder, fd) => {
      if (noFolder) return reject(noFolder);
      fs.fsync(fd, (noSync) => {
        if (noSync) return reject(noSync);
        fs.close(fd, (noClose) => (noClose ? reject(noClose) : resolve()));
      });
    });
  });
}

/** The same seven calls, each of which blocks the thread. */
export function rawWriteSync(file: string, bytes: Uint8Array): void {
  const temp = `${file}.raw`;
  const stats = fs.lstatSync(file);
  const fd = fs.openSync(temp, 'w', 0o600);
  fs.writeSync(fd, bytes, 0, bytes.byteLength, null);
  fs.fchmodSync(fd, stats.mode & 0o7777);
  fs.fsyncSync(fd);
  fs.closeSync(fd);
  fs.renameSync(temp, file);
}
