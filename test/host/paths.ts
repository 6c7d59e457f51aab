import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Returns the repository's folder, found upwards from the module, so it is the same for source and compiled files. */
export function repositoryRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json')) || !existsSync(path.join(folder, 'node_modules'))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new Error('No folder with package.json and node_modules above the test host.');
    folder = parent;
  }
  return folder;
}

/** Returns the folder that keeps installed offline hosts between runs. */
export function hostCacheFolder(): string {
  const configured = process.env['ATOMIC_INDEX_HOST_CACHE'];
  return configured ? path.resolve(configured) : path.join(repositoryRoot(), '.cache', 'vscode-host');
}

/** Returns the folder for screenshots and result files of test runs. */
export function testResultsFolder(): string {
  return path.join(repositoryRoot(), 'test-results');
}
