import * as path from 'node:path';
import type { Host } from '../host/hosts.ts';
import { offlineVersions } from '../host/install.ts';
import { buildForEditors } from './integrationTests.ts';
import { runMocha } from './nodeSuites.ts';
import type { Suite } from './suite.ts';

const name = 'windows rounds';

/** The short form of the torture of several windows on one tree; `npm run test:windows-long` is the long one. */
export function windowSuites(hosts: readonly Host[]): Suite[] {
  const isOffline = hosts.some(({ kind }) => kind === 'offline');
  return [
    {
      name,
      host: isOffline ? `VS Code ${offlineVersions.join(' and ')} (offline host)` : 'VS Code (desktop)',
      run: async (scratch) =>
        isOffline
          ? await runWindows(path.join(scratch, 'windows.json'), {})
          : {
              passed: 0,
              failed: 0,
              pending: [`${name}: the desktop program is not driven from outside`],
            },
    },
  ];
}

/** Builds what the windows run and plays the scenarios; the environment says how many rounds, see `windows.test.ts`. */
export async function runWindows(countsFile: string, env: Readonly<Record<string, string>>) {
  await buildForEditors();
  return await runMocha('out/test/windows/*.test.js', countsFile, env);
}
