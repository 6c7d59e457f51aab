import { lstat, realpath, stat, statfs } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * File systems that other machines or the host of a virtual machine write to as well: NFS, SMB, CIFS, 9p (WSL), FUSE
 * (sshfs, virtiofs), Ceph, AFS, the shared folders of VirtualBox, VMware and Parallels, Lustre, GFS2, OCFS2.
 * Source: man 2 statfs, and the `*_SUPER_MAGIC` numbers of the Linux sources.
 */
const sharedTypes: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x00c36400, 0x5346414f, 0x786f4256,
  0xbacbacbc, 0x7c7c6673, 0x0bd00bd0, 0x01161970, 0x7461636f,
]);

/** TMPFS_MAGIC: memory of this kernel, whoever has mounted it. */
const tmpfs = 0x01021994;

/** Files that container engines put into their containers: Docker, Podman. */
const containerMarks = ['/.dockerenv', '/run/.containerenv'];

/**
 * Tells whether processes that this host's kernel doesn't know of may write to a folder: by the kind of its file system,
 * by being a folder of the host in a container, or because `lockFolder` shows that somebody has thought so before.
 */
export async function sharesVolume(folder: string, lockFolder: string): Promise<boolean> {
  try {
    if ((await lstat(lockFolder).catch(() => null)) !== null) return true;
    if (process.platform === 'win32') return (await realpath(folder)).startsWith('\\\\');
    if (process.platform !== 'linux') return false;
    const { type } = await statfs(folder);
    if (sharedTypes.has(type >>> 0)) return true;
    return type !== tmpfs && (await isInContainer()) && (await isMountOfItsOwn(folder));
  } catch {
    // Whatever is wrong with the folder is found and told by the scan.
    return false;
  }
}

async function isInContainer(): Promise<boolean> {
  const marks = await Promise.all(containerMarks.map((mark) => lstat(mark).catch(() => null)));
  return marks.some((stats) => stats !== null);
}

async function isMountOfItsOwn(folder: string): Promise<boolean> {
  const [own, root] = await Promise.all([stat(folder), stat(path.parse(folder).root)]);
  return own.dev !== root.dev;
}
