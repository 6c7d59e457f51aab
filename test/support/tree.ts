import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** Writes files by their paths relative to a folder, with the folders that lead to them. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Reads all files below a folder, with their content and time of change, to see later that nothing changed. */
export function readTree(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(folder, name);
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (stats?.isFile() === true)
      files[name.split(path.sep).join('/')] = `${stats.mtimeNs} ${readFileSync(file, 'utf8')}`;
  }
  return files;
}
