import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hostCacheFolder } from './paths.ts';
import { installInto, nodeFolder, recipeNumber, recipes } from './recipe.ts';
import { logStep } from './runProgram.ts';
import { ensureBuildTools } from './systemPackages.ts';

/** The VS Code versions that have an offline host: the oldest supported one and the newest one tried. */
export const offlineVersions = ['1.100.3', '1.139.1'] as const;

export interface InstalledHost {
  readonly version: string;
  /** The Node program the server runs on. */
  readonly nodePath: string;
  readonly serverMainPath: string;
}

const markerName = 'complete.json';
const abandonedAfterMs = 2 * 60 * 60 * 1000;

/** Returns the offline host of a VS Code version, installing it into the cache folder on first use. */
export async function installHost(version: string): Promise<InstalledHost> {
  const recipe = recipes[version];
  if (!recipe) {
    throw new Error(
      `No offline host for VS Code ${version}; there is one for ${offlineVersions.join(' and ')}.`,
    );
  }
  if (process.platform !== 'linux') throw new Error('The offline VS Code host runs on Linux only.');
  const cache = hostCacheFolder();
  const finished = path.join(cache, `${recipe.codeServer}-${recipe.node}-${recipeNumber}`);
  if (!existsSync(path.join(finished, markerName))) {
    await ensureBuildTools();
    await mkdir(cache, { recursive: true });
    await removeAbandonedFolders(cache);
    const temporary = await mkdtemp(path.join(cache, 'installing-'));
    try {
      await installInto(temporary, version, recipe);
      await writeFile(path.join(temporary, markerName), `${JSON.stringify({ version, ...recipe })}\n`);
      // mkdtemp makes it for this user only, but a cache may be shared.
      await chmod(temporary, 0o755);
      await moveIntoPlace(temporary, finished);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    logStep(version, `installed into ${finished}`);
  }
  return {
    version,
    nodePath: path.join(nodeFolder(finished), 'bin', 'node'),
    serverMainPath: path.join(finished, 'vscode', 'out', 'server-main.js'),
  };
}

async function moveIntoPlace(temporary: string, finished: string): Promise<void> {
  // A folder without a marker is damaged (someone removed a part of it); a complete one belongs to an install that
  // ran at the same time and is as good as ours.
  if (existsSync(finished) && !existsSync(path.join(finished, markerName))) {
    await rm(finished, { recursive: true, force: true });
  }
  try {
    await rename(temporary, finished);
  } catch (error) {
    if (!existsSync(path.join(finished, markerName))) throw error;
  }
}

async function removeAbandonedFolders(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('installing-')) continue;
    const folder = path.join(cache, name);
    // Another process may be removing the same folder.
    const age = await stat(folder).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > abandonedAfterMs) await rm(folder, { recursive: true, force: true });
  }
}
