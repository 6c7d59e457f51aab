/**
 * The one door to the disk: every system call of this module goes through a function named here, so that a reader can
 * list them all. Most are short and are made at once, see `shortCalls`. Callback functions on numeric descriptors cost a fraction of `FileHandle` objects and, unlike them,
 * never close a descriptor behind our back during garbage collection.
 */
import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { type ShortCall, shortCalls } from './shortCalls.ts';

export type { Stats } from 'node:fs';
export { constants, readFileSync, readlinkSync, unlinkSync } from 'node:fs';

/** Windows has every call go past a virus scanner, and was not measured. */
const shortCall: ShortCall = process.platform === 'win32' ? (_here, inPool) => inPool : shortCalls();

type Open = (path: string, flags: string | number, mode?: number) => Promise<number>;
const openInPool: Open = promisify(fs.open);
export const open: Open = shortCall<Parameters<Open>, number>(fs.openSync, openInPool);
export const close = shortCall<[fd: number], void>(fs.closeSync, promisify(fs.close));
export const fchmod = shortCall<[fd: number, mode: number], void>(fs.fchmodSync, promisify(fs.fchmod));
export const fchown = shortCall<[fd: number, uid: number, gid: number], void>(
  fs.fchownSync,
  promisify(fs.fchown),
);
export const fstat = shortCall<[fd: number], fs.Stats>((fd) => fs.fstatSync(fd), promisify(fs.fstat));
export const lstat = shortCall<[path: string], fs.Stats>((path) => fs.lstatSync(path), promisify(fs.lstat));
export const stat = shortCall<[path: string], fs.Stats>((path) => fs.statSync(path), promisify(fs.stat));
export const access = shortCall<[path: string, mode?: number], void>(fs.accessSync, promisify(fs.access));
export const readlink = shortCall<[path: string], string>(
  (path) => fs.readlinkSync(path),
  promisify(fs.readlink),
);
export const realpath = shortCall<[path: string], string>(
  (path) => fs.realpathSync.native(path),
  promisify(fs.realpath.native),
);
export const rename = shortCall<[from: string, to: string], void>(fs.renameSync, promisify(fs.rename));
export const link = shortCall<[from: string, to: string], void>(fs.linkSync, promisify(fs.link));
export const mkdir = shortCall<[path: string], void>((path) => fs.mkdirSync(path), promisify(fs.mkdir));
export const unlink = shortCall<[path: string], void>(fs.unlinkSync, promisify(fs.unlink));

// These wait for the disk itself: always in the pool, where several wait at once.
export const fsync: (fd: number) => Promise<void> = promisify(fs.fsync);
export const fdatasync: (fd: number) => Promise<void> = promisify(fs.fdatasync);

/** Non-blocking, for a path that has become a pipe since it was looked at; it changes nothing for regular files. */
const forReading = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0);

/** Opens an existing file to read it. */
export async function openToRead(path: string): Promise<number> {
  try {
    return await open(path, forReading);
  } catch (error) {
    // A file server holds a lease (man 2 fcntl), has now been asked for it, and has 45 seconds to give it back.
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return openInPool(path, 'r');
    throw error;
  }
}

/** Reads a whole file, whatever its encoding. */
export async function readFile(path: string): Promise<Buffer> {
  const fd = await openToRead(path);
  try {
    const { size } = await fstat(fd);
    const bytes = Buffer.allocUnsafe(size + 1);
    for (let length = 0; length <= size; ) {
      const count = await read(fd, bytes, length, bytes.byteLength - length);
      if (count === 0) return bytes.subarray(0, length);
      length += count;
    }
  } finally {
    await close(fd).catch(() => undefined);
  }
  // Longer than it says, as in /proc, or growing.
  return fs.promises.readFile(path);
}

/** Lists the names in a folder. */
export function readdir(path: string): Promise<string[]> {
  return fs.promises.readdir(path);
}

/** Lists the names in a folder, each with what it is. */
export function readFolder(path: string): Promise<fs.Dirent[]> {
  return fs.promises.readdir(path, { withFileTypes: true });
}

type Transfer = (fd: number, bytes: Uint8Array, offset: number, length: number) => Promise<number>;

/** More bytes than this are no short call. */
const shortBytes = 64 * 1024;

const readInPool: Transfer = (fd, into, offset, length) =>
  new Promise((resolve, reject) => {
    fs.read(fd, into, offset, length, null, (error, count) => (error ? reject(error) : resolve(count)));
  });
const readShort: Transfer = shortCall(
  (fd: number, into: Uint8Array, offset: number, length: number) =>
    fs.readSync(fd, into, offset, length, null),
  readInPool,
);

/** Reads at most `length` bytes from where the last read ended and gives how many came; 0 is the end of the file. */
export const read: Transfer = (fd, into, offset, length) =>
  (length > shortBytes ? readInPool : readShort)(fd, into, offset, length);

const writeInPool: Transfer = (fd, bytes, offset, length) =>
  new Promise((resolve, reject) => {
    fs.write(fd, bytes, offset, length, null, (error, written) => (error ? reject(error) : resolve(written)));
  });
const writeShort: Transfer = shortCall(
  (fd: number, bytes: Uint8Array, offset: number, length: number) =>
    fs.writeSync(fd, bytes, offset, length, null),
  writeInPool,
);

/** Writes at most `length` bytes and gives how many were taken: fewer is not an error to the kernel. */
export const write: Transfer = (fd, bytes, offset, length) =>
  (length > shortBytes ? writeInPool : writeShort)(fd, bytes, offset, length);
