/**
 * The one door to the disk: every system call of this module goes through a function named here, so that a reader can
 * list them all. Callback functions on numeric descriptors cost a fraction of `FileHandle` objects and, unlike them,
 * never close a descriptor behind our back during garbage collection.
 */
import * as fs from 'node:fs';
import { promisify } from 'node:util';

export type { Stats } from 'node:fs';
export { constants, readFileSync, readlinkSync, unlinkSync } from 'node:fs';

export const open: (path: string, flags: string | number, mode?: number) => Promise<number> = promisify(
  fs.open,
);
export const close: (fd: number) => Promise<void> = promisify(fs.close);
export const fchmod: (fd: number, mode: number) => Promise<void> = promisify(fs.fchmod);
export const fchown: (fd: number, uid: number, gid: number) => Promise<void> = promisify(fs.fchown);
export const fsync: (fd: number) => Promise<void> = promisify(fs.fsync);
export const fdatasync: (fd: number) => Promise<void> = promisify(fs.fdatasync);
export const fstat: (fd: number) => Promise<fs.Stats> = promisify(fs.fstat);
export const lstat: (path: string) => Promise<fs.Stats> = promisify(fs.lstat);
export const stat: (path: string) => Promise<fs.Stats> = promisify(fs.stat);
export const access: (path: string, mode?: number) => Promise<void> = promisify(fs.access);
export const readlink: (path: string) => Promise<string> = promisify(fs.readlink);
export const realpath: (path: string) => Promise<string> = promisify(fs.realpath.native);
export const rename: (from: string, to: string) => Promise<void> = promisify(fs.rename);
export const link: (from: string, to: string) => Promise<void> = promisify(fs.link);
export const mkdir = (path: string): Promise<void> => fs.promises.mkdir(path);
export const unlink: (path: string) => Promise<void> = promisify(fs.unlink);

/** Reads a whole file, whatever its encoding. */
export function readFile(path: string): Promise<Buffer> {
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

/** Reads at most `length` bytes from where the last read ended and gives how many came; 0 is the end of the file. */
export function read(fd: number, into: Uint8Array, offset: number, length: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.read(fd, into, offset, length, null, (error, count) => (error ? reject(error) : resolve(count)));
  });
}

/** Writes at most `length` bytes and gives how many were taken: fewer is not an error to the kernel. */
export function write(fd: number, bytes: Uint8Array, offset: number, length: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.write(fd, bytes, offset, length, null, (error, written) => (error ? reject(error) : resolve(written)));
  });
}
