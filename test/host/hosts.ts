import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { offlineVersions } from './install.ts';
import { repositoryRoot } from './paths.ts';
import { type Settings, writeUserSettings } from './settings.ts';

/** A VS Code that can run extension tests: the desktop program, or the offline host that takes the same arguments. */
export interface Host {
  readonly kind: 'electron' | 'offline';
  readonly version: string;
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface HostRun {
  /** A folder or `.code-workspace` file; an empty window without it. */
  readonly workspace?: string | undefined;
  readonly extensionDevelopmentPaths: readonly string[];
  readonly extensionTestsPath: string;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** A temporary folder, removed afterwards, unless given. */
  readonly userDataDir?: string | undefined;
  readonly userSettings?: Settings | undefined;
  readonly extraArgs?: readonly string[] | undefined;
  /** On is for offline hosts only: runTests always tells the desktop to trust every folder. */
  readonly trust?: 'off' | 'on' | undefined;
}

/** Finds the hosts to test on, by the environment first; rejects when a demanded desktop VS Code can't be had. */
export async function findHosts(): Promise<Host[]> {
  const named = process.env['VSCODE_EXECUTABLE_PATH'];
  if (named) return [await namedHost(path.resolve(named))];
  const demanded = process.env['ATOMIC_INDEX_HOST'];
  if (demanded === 'electron' || process.platform !== 'linux') return await downloadedHosts();
  if (demanded && demanded !== 'offline') {
    throw new Error(`ATOMIC_INDEX_HOST is ${demanded}; it takes electron or offline.`);
  }
  const executablePath = path.join(repositoryRoot(), 'test', 'host', 'offline-vscode');
  return offlineVersions.map((version) => ({
    kind: 'offline',
    version,
    executablePath,
    env: { ATOMIC_INDEX_VSCODE_VERSION: version },
  }));
}

/** Runs extension tests in a host and returns the exit code: 0 passed, 1 failed, 124 out of time (offline hosts). */
export async function runInHost(host: Host, run: HostRun): Promise<number> {
  if (host.kind === 'electron') refuseImpossible(run);
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'vscode-run-'));
  const userDataDir = path.resolve(run.userDataDir ?? scratch);
  const extensionsDir = path.join(scratch, 'extensions');
  await mkdir(extensionsDir);
  await writeUserSettings(path.join(userDataDir, 'User', 'settings.json'), run.userSettings);
  const trust = run.trust === 'on' ? { ATOMIC_INDEX_WORKSPACE_TRUST: 'on' } : {};
  const extraArgs = run.extraArgs ?? [];
  try {
    return await runTests({
      vscodeExecutablePath: host.executablePath,
      extensionDevelopmentPath: [...run.extensionDevelopmentPaths],
      extensionTestsPath: run.extensionTestsPath,
      extensionTestsEnv: { ...host.env, ...trust, ...run.env },
      launchArgs: [
        ...(run.workspace ? [path.resolve(run.workspace)] : []),
        `--user-data-dir=${userDataDir}`,
        // The caller's own folder of installed extensions goes before the empty one.
        ...(extraArgs.some((argument) => argument.startsWith('--extensions-dir'))
          ? []
          : [`--extensions-dir=${extensionsDir}`]),
        ...extraArgs,
      ],
    });
  } catch (error) {
    if (error instanceof TestRunFailedError && error.code !== undefined) return error.code;
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

function refuseImpossible(run: HostRun): void {
  if (run.trust === 'on') {
    throw new Error(
      'Restricted Mode can be tested on offline hosts only: runTests tells the desktop to trust.',
    );
  }
  const hasDisplay = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  if (process.platform === 'linux' && !hasDisplay) {
    throw new Error('Desktop VS Code needs a display: run the tests by `xvfb-run -a npm test`.');
  }
}

async function namedHost(executablePath: string): Promise<Host> {
  if (!existsSync(executablePath)) {
    throw new Error(`VSCODE_EXECUTABLE_PATH names ${executablePath}, which does not exist.`);
  }
  return { kind: 'electron', version: await desktopVersion(executablePath), executablePath, env: {} };
}

async function downloadedHosts(): Promise<Host[]> {
  const versions = (process.env['ATOMIC_INDEX_VSCODE_VERSIONS'] || '1.100.3,stable').split(',');
  const hosts: Host[] = [];
  for (const version of versions.map((text) => text.trim())) {
    const cachePath = path.join(repositoryRoot(), '.cache', 'vscode-test');
    const executablePath = await downloadAndUnzipVSCode({ version, cachePath }).catch((error: unknown) => {
      throw new Error(`Desktop VS Code ${version} is demanded, but can't be downloaded.`, { cause: error });
    });
    hosts.push({ kind: 'electron', version, executablePath, env: {} });
  }
  return hosts;
}

async function desktopVersion(executablePath: string): Promise<string> {
  const folder = path.dirname(executablePath);
  for (const app of ['resources/app', '../Resources/app', '../resources/app']) {
    const file = path.join(folder, app, 'package.json');
    if (!existsSync(file)) continue;
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof content === 'object' && content !== null && 'version' in content)
      return String(content.version);
  }
  return 'unknown';
}
