import * as path from 'node:path';
import type { Trace } from './trace.ts';

/** What stands under each path: the bytes of a file. */
export type Image = ReadonlyMap<string, Buffer>;

/** A file apart from its names, as file systems keep it. */
export type Inode = number;

/** Stands for any folder among the names: only whether it is there matters. */
export const folderInode: Inode = -1;

/** A change of one name in a folder: to a file, a folder or nothing. A rename is two of them, the new name first. */
export type NameChange = { readonly index: number; readonly path: string; readonly inode: Inode | null };

export type DataChange = { readonly index: number; apply(content: Buffer): Buffer };

/** All that a trace did to a disk, and how far each file and folder was synced by when. */
export type Changes = {
  readonly contents: ReadonlyMap<Inode, Buffer>;
  readonly names: ReadonlyMap<string, Inode>;
  readonly nameChanges: readonly NameChange[];
  readonly dataChanges: ReadonlyMap<Inode, readonly DataChange[]>;
  /** `at` is the sync's own index: it had returned before all later calls. `since`: it covers what came before. */
  readonly syncs: readonly { readonly at: number; readonly since: number; readonly of: Inode | string }[];
};

const overwrite =
  (offset: number, bytes: Buffer) =>
  (content: Buffer): Buffer => {
    const result = Buffer.alloc(Math.max(content.length, offset + bytes.length));
    content.copy(result);
    bytes.copy(result, offset);
    return result;
  };

/** Replays a trace on a disk without power cuts, and writes down each change that it makes. */
export function changesOf(trace: Trace, before: Image): Changes {
  const contents = new Map<Inode, Buffer>();
  const live = new Map<string, Inode>();
  for (const [file, bytes] of before) {
    live.set(file, contents.size);
    contents.set(contents.size, bytes);
  }
  const names = new Map(live);
  const nameChanges: NameChange[] = [];
  const dataChanges = new Map<Inode, DataChange[]>();
  const syncs: Changes['syncs'][number][] = [];
  const open = new Map<number, Inode | string>();
  const rename = (index: number, file: string, inode: Inode | null) => {
    nameChanges.push({ index, path: file, inode });
    if (inode === null) live.delete(file);
    else live.set(file, inode);
  };
  const change = (inode: Inode, one: DataChange) =>
    dataChanges.set(inode, [...(dataChanges.get(inode) ?? []), one]);

  for (const call of trace) {
    const { index } = call;
    if (call.name === 'open') {
      let inode = live.get(call.path);
      if (inode === undefined && call.how.includes('c')) {
        inode = contents.size;
        contents.set(inode, Buffer.alloc(0));
        rename(index, call.path, inode);
      } else if (inode !== undefined && call.how.includes('t')) {
        change(inode, { index, apply: () => Buffer.alloc(0) });
      }
      open.set(call.fd, inode === undefined || inode === folderInode ? call.path : inode);
    } else if (call.name === 'write') {
      const inode = open.get(call.fd);
      if (typeof inode !== 'number') throw new Error(`a write to what was never opened: ${call.path}`);
      change(inode, { index, apply: overwrite(call.offset, call.bytes) });
    } else if (call.name === 'fsync' || call.name === 'fdatasync') {
      syncs.push({ at: index, since: call.since, of: open.get(call.fd) ?? call.path });
    } else if (call.name === 'rename' || call.name === 'link') {
      rename(index, call.to, live.get(call.path) ?? null);
      if (call.name === 'rename') rename(index, call.path, null);
    } else if (call.name === 'unlink' || call.name === 'rmdir') {
      rename(index, call.path, null);
    } else if (call.name === 'mkdir') {
      rename(index, call.path, folderInode);
    }
  }
  return { contents, names, nameChanges, dataChanges, syncs };
}

/** Tells whether a change was safe from a power cut before the call with the index `end`. */
export function isSynced(changes: Changes, index: number, of: Inode | string, end: number): boolean {
  return changes.syncs.some((sync) => sync.of === of && sync.at < end && index < sync.since);
}

export const folderOf = (file: string): string => path.dirname(file);
