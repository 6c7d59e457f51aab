import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** A folder on disk, changed as another program would change it. */
export class Folder {
  readonly absolutePath: string;

  constructor(absolutePath: string) {
    this.absolutePath = absolutePath;
  }

  path(relativePath: string): string {
    return path.join(this.absolutePath, relativePath);
  }

  uri(relativePath: string): vscode.Uri {
    return vscode.Uri.file(this.path(relativePath));
  }

  read(relativePath: string): Promise<string> {
    return readFile(this.path(relativePath), 'utf8');
  }

  has(relativePath: string): boolean {
    return existsSync(this.path(relativePath));
  }

  async write(relativePath: string, text: string): Promise<void> {
    await mkdir(path.dirname(this.path(relativePath)), { recursive: true });
    await writeFile(this.path(relativePath), text);
  }

  /** Replaces a file in one step, as careful programs do. */
  async replace(relativePath: string, text: string): Promise<void> {
    await this.write(`${relativePath}.new`, text);
    await rename(this.path(`${relativePath}.new`), this.path(relativePath));
  }

  async rename(from: string, to: string): Promise<void> {
    await rename(this.path(from), this.path(to));
  }

  async remove(relativePath: string): Promise<void> {
    await rm(this.path(relativePath), { recursive: true, force: true, maxRetries: 3 });
  }

  async clear(kept: readonly string[] = []): Promise<void> {
    for (const name of await readdir(this.absolutePath)) if (!kept.includes(name)) await this.remove(name);
  }

  /** What changes with every write, even of the same text. */
  async stamp(relativePath: string): Promise<string> {
    const { ino, mtimeMs, ctimeMs } = await stat(this.path(relativePath));
    return `${ino} ${mtimeMs} ${ctimeMs}`;
  }

  /** The leftovers of writes, anywhere below. */
  async tempFiles(): Promise<string[]> {
    const names = await readdir(this.absolutePath, { recursive: true });
    return names.filter((name) => path.basename(name).startsWith('.~ai-'));
  }
}
