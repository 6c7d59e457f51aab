import { realpathSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { type Host, runInHost } from '../host/hosts.ts';
import { runProgram } from '../host/runProgram.ts';
import { prepareWorkspace, type SuiteName } from '../integration/workspaces.ts';
import { packageSample } from '../package/sampleVsix.ts';
import { packageVsix } from '../package/vsix.ts';
import type { SuiteCounts } from '../support/countingReporter.ts';
import { repositoryFile, repositoryFolder } from '../support/repository.ts';
import { addCounts, buildForEditors, integrationBundle, readResult } from './integrationTests.ts';
import { runMocha } from './nodeSuites.ts';
import { runInOneServer } from './oneServer.ts';
import type { Suite } from './suite.ts';

const sampleExtension = repositoryFile('examples', 'extension');
const windows = ['1', '2'] as const;

/** `folder` is for the files of one suite, `scratch` for those that the suites of a run share. */
type Run = (folder: string, scratch: string) => Promise<SuiteCounts>;

/** The suites that need a VS Code, for each of the hosts; what a host can't do counts as pending, with the reason. */
export function editorSuites(hosts: readonly Host[]): Suite[] {
  let building: Promise<void> | undefined;
  const build = () => {
    building ??= buildForEditors();
    return building;
  };
  let packaging: Promise<string> | undefined;
  const vsix = (scratch: string) => {
    packaging ??= build().then(() => packageVsix(path.join(scratch, 'extension.vsix')));
    return packaging;
  };
  return hosts.flatMap((host) => {
    const suite = (name: string, run: Run): Suite => ({
      name,
      host: `VS Code ${host.version} (${host.kind === 'offline' ? 'offline host' : 'desktop'})`,
      run: async (scratch) => {
        await build();
        const folder = path.join(realpathSync(scratch), host.version, name.replaceAll(/\W+/g, '-'));
        await mkdir(folder, { recursive: true });
        return await run(folder, scratch);
      },
    });
    const offlineOnly = (name: string, reason: string, run: Run): Suite => {
      const notHere = async () => ({ passed: 0, failed: 0, pending: [`${name}: ${reason}`] });
      return suite(name, host.kind === 'offline' ? run : notHere);
    };
    return [
      suite('editor main', (folder) => runOne(host, 'folder', folder)),
      suite('editor other-extension', (folder) => runOne(host, 'other-extension', folder)),
      suite('editor multi-root', (folder) => runOne(host, 'multi-root', folder)),
      offlineOnly('editor restricted', '@vscode/test-electron trusts every folder', (folder) =>
        runOne(host, 'restricted', folder),
      ),
      suite('editor two-windows', (folder) => runTwoWindows(host, folder)),
      offlineOnly('editor one-server', 'each desktop program here is one of its own', (folder) =>
        runInOneServer(host.version, windows, folder),
      ),
      offlineOnly('ui', 'the desktop program is not driven from outside', async (folder, scratch) =>
        runMocha('out/test/ui/*.test.js', path.join(folder, 'counts.json'), {
          ATOMIC_INDEX_VSCODE_VERSION: host.version,
          ATOMIC_INDEX_VSIX: await vsix(scratch),
        }),
      ),
    ];
  });
}

async function runOne(host: Host, name: SuiteName, folder: string): Promise<SuiteCounts> {
  const workspace = await prepareWorkspace(name, folder);
  const extraArgs =
    name === 'other-extension' && host.kind === 'offline' ? await installSample(host, folder) : [];
  return await runWindow(host, name, workspace, path.join(folder, 'result.json'), {}, extraArgs);
}

/** A window in the browser loads one extension from its folder, ours; so the other one is installed as usual. */
async function installSample(host: Host, folder: string): Promise<readonly string[]> {
  const vsix = await packageSample(path.join(folder, 'sample.vsix'));
  const extensions = `--extensions-dir=${path.join(folder, 'extensions')}`;
  const args = [extensions, `--user-data-dir=${path.join(folder, 'install')}`, '--install-extension', vsix];
  await runProgram(host.executablePath, args, { env: { ...process.env, ...host.env } });
  return [extensions];
}

/** Two windows of two VS Code programs on one folder, which wait for each other at files in a folder. */
async function runTwoWindows(host: Host, folder: string): Promise<SuiteCounts> {
  const workspace = await prepareWorkspace('two-windows', folder);
  const barriers = path.join(folder, 'barriers');
  await mkdir(barriers);
  const results = windows.map((window) =>
    runWindow(host, 'two-windows', workspace, path.join(folder, `result-${window}.json`), {
      WINDOW: window,
      BARRIER_FOLDER: barriers,
    }),
  );
  return addCounts(await Promise.all(results));
}

async function runWindow(
  host: Host,
  name: SuiteName,
  workspace: string,
  resultFile: string,
  env: Readonly<Record<string, string>>,
  extraArgs: readonly string[] = [],
): Promise<SuiteCounts> {
  const exitCode = await runInHost(host, {
    workspace,
    extensionDevelopmentPaths:
      name === 'other-extension' && host.kind === 'electron'
        ? [repositoryFolder, sampleExtension]
        : [repositoryFolder],
    extraArgs,
    extensionTestsPath: integrationBundle,
    env: { ATOMIC_INDEX_SUITE: name, TEST_RESULTS: resultFile, ...env },
    ...(name === 'restricted' ? { trust: 'on' } : {}),
  });
  return readResult(resultFile, exitCode);
}
