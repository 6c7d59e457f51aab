import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { closeBrowser } from './browser.ts';
import { type CommandLine, type MaintenanceCommandLine, parseCommandLine } from './commandLine.ts';
import { type Ending, watchForEnd } from './endings.ts';
import { installHost, offlineVersions } from './install.ts';
import { hostCacheFolder, testResultsFolder } from './paths.ts';
import { runServerCommand, type Server, startServer } from './server.ts';
import { readSettings } from './settings.ts';
import { type EditorWindow, extensionPayload, openWindow } from './window.ts';

/** The exit code when the wall clock limit ran out, the one of timeout(1), so that it differs from failing tests. */
export const timeoutExitCode = 124;

const shownLines = 50;

/** Stands in for the desktop program: takes its arguments and returns its exit code, leaving no process behind. */
export async function runOfflineVscode(args: readonly string[]): Promise<number> {
  const version =
    process.env['ATOMIC_INDEX_VSCODE_VERSION'] || offlineVersions[offlineVersions.length - 1] || '';
  const commandLine = parseCommandLine(args);
  switch (commandLine.kind) {
    case 'maintain':
      return await maintain(version, commandLine);
    case 'run':
      return await run(version, commandLine);
    default:
      return commandLine satisfies never;
  }
}

async function maintain(version: string, request: MaintenanceCommandLine): Promise<number> {
  if (request.printVersion) {
    console.log(`${version}\noffline\n${process.arch}`);
    return 0;
  }
  const host = await installHost(version);
  const folders = ['--server-data-dir', serverDataDir(request.userDataDir ?? defaultUserDataDir(version))];
  if (request.extensionsDir) folders.push('--extensions-dir', path.resolve(request.extensionsDir));
  for (const vsix of request.installExtensions) {
    const installed = await runServerCommand(host, [...folders, '--install-extension', path.resolve(vsix)]);
    process.stdout.write(installed);
  }
  if (request.listExtensions) {
    const list = [...folders, '--list-extensions', ...(request.showVersions ? ['--show-versions'] : [])];
    process.stdout.write(await runServerCommand(host, list));
  }
  return 0;
}

async function run(version: string, request: CommandLine): Promise<number> {
  const opened = openedFolder(request.workspace);
  const end = watchForEnd(Boolean(request.extensionTestsPath));
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'offline-vscode-'));
  let server: Server | undefined;
  let window: EditorWindow | undefined;
  const session = (async (): Promise<Ending> => {
    server = await startServer(await serverOptions(version, request, scratch));
    window = await openWindow(server, {
      ...opened,
      payload: extensionPayload(server, request.extensionDevelopmentPaths, request.extensionTestsPath),
    });
    const closed = new Promise<Ending>((resolve) => {
      window?.page.once('crash', () => resolve({ kind: 'lost', what: 'the page crashed' }));
      window?.page.once('close', () => resolve({ kind: 'lost', what: 'the page was closed' }));
    });
    return await Promise.race([closed, window.testsEnded.then((code): Ending => ({ kind: 'tests', code }))]);
  })();
  // When a signal or the limit comes first, closing everything below makes the session fail: nobody is waiting then.
  session.catch(() => undefined);
  try {
    const ending = await Promise.race([session, end.reached]);
    return await conclude(ending, version, server, window);
  } catch (error) {
    await showTrouble(version, server, window);
    throw error;
  } finally {
    await window?.close().catch(() => undefined);
    await server?.close();
    await closeBrowser().catch(() => undefined);
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
    end.stopWatching();
  }
}

async function serverOptions(version: string, request: CommandLine, scratch: string) {
  const settingsFile = path.join(request.userDataDir ?? scratch, 'User', 'settings.json');
  // @vscode/test-electron always passes --disable-workspace-trust, so a test that wants Restricted Mode says so by
  // this variable. Desktop VS Code has no such way: there the flag decides.
  const keepTrust = process.env['ATOMIC_INDEX_WORKSPACE_TRUST'] === 'on';
  return {
    version,
    userDataDir: serverDataDir(request.userDataDir ?? scratch),
    userSettings: await readSettings(settingsFile),
    trust: request.disableWorkspaceTrust && !keepTrust ? ('off' as const) : ('on' as const),
    smokeTestDriver: request.extensionDevelopmentPaths.length > 0 || Boolean(request.extensionTestsPath),
    extensionsDir: request.extensionsDir,
  };
}

// Kept apart from the desktop's own files in the same folder, which have another layout.
function serverDataDir(userDataDir: string): string {
  return path.join(path.resolve(userDataDir), 'offline-server');
}

function defaultUserDataDir(version: string): string {
  return path.join(hostCacheFolder(), `user-data-${version}`);
}

function openedFolder(workspace: string | undefined) {
  if (workspace === undefined) return {};
  if (!existsSync(workspace)) throw new Error(`There is no ${path.resolve(workspace)} to open.`);
  return workspace.endsWith('.code-workspace') ? { workspace } : { folder: workspace };
}

async function conclude(
  ending: Ending,
  version: string,
  server?: Server,
  window?: EditorWindow,
): Promise<number> {
  switch (ending.kind) {
    case 'tests':
      if (ending.code !== 0) await showTrouble(version, server, window);
      return ending.code;
    case 'signal':
      return ending.signal === 'SIGINT' ? 130 : 143;
    case 'orphaned':
      return 1;
    case 'timeout':
      await showTrouble(version, server, window);
      console.error(`No end of the tests within ${ending.limitMs / 1000} s (ATOMIC_INDEX_HOST_TIMEOUT_MS).`);
      return timeoutExitCode;
    case 'lost':
      await showTrouble(version, server, window);
      console.error(`The window was lost: ${ending.what}.`);
      return 1;
    default:
      return ending satisfies never;
  }
}

async function showTrouble(version: string, server?: Server, window?: EditorWindow): Promise<void> {
  const lines = window?.consoleLines ?? server?.lines ?? [];
  if (lines.length === 0) return;
  console.error(`The last ${shownLines} console lines of VS Code ${version}:`);
  for (const line of lines.slice(-shownLines)) console.error(`  ${line}`);
  if (!window) return;
  const file = path.join(testResultsFolder(), `offline-vscode-${version}-${process.pid}.png`);
  try {
    await window.screenshot(file);
    console.error(`Screenshot: ${file}`);
  } catch (error) {
    console.error(`No screenshot: ${error instanceof Error ? error.message : String(error)}`);
  }
}
