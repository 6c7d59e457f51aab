import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { endWithParent } from './endWithParent.ts';
import { type InstalledHost, installHost } from './install.ts';
import { poll } from './poll.ts';
import { descendantsOf, ensureGone, killProcess } from './processes.ts';
import { runProgram } from './runProgram.ts';
import { type Settings, writeUserSettings } from './settings.ts';

export interface ServerOptions {
  readonly version: string;
  /** The server's data folder: settings, storage, logs and (unless `extensionsDir` is given) extensions. */
  readonly userDataDir: string;
  /** User settings over the defaults of settings.ts. */
  readonly userSettings?: Settings | undefined;
  /** Workspace trust; off means every folder is trusted, on means Restricted Mode. */
  readonly trust?: 'off' | 'on' | undefined;
  /**
   * Needed for extension development paths and tests in a window. With it no notification toasts are drawn, so leave
   * it off to drive the user interface.
   */
  readonly smokeTestDriver: boolean;
  readonly extensionsDir?: string | undefined;
  /** Environment of the server, and by that of the extension hosts, over the one of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly installVsix?: readonly string[] | undefined;
}

export interface Server {
  readonly version: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** The last lines the server printed. */
  readonly lines: readonly string[];
  /** Returns the processes of all extension hosts of this server, oldest first. */
  extensionHostPids(): Promise<number[]>;
  /** Ends the server and all its processes. */
  close(): Promise<void>;
}

const startLimitMs = 60_000;
const endLimitMs = 5_000;
const keptLines = 500;

/** Runs the server's command line (such as `--list-extensions`) and returns what it printed. */
export async function runServerCommand(host: InstalledHost, args: readonly string[]): Promise<string> {
  return await runProgram(host.nodePath, [host.serverMainPath, '--accept-server-license-terms', ...args], {
    env: serverEnvironment({}),
  });
}

/** Starts a VS Code server on a free port of this machine; rejects with its output when it does not start. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const host = await installHost(options.version);
  const dataDir = path.resolve(options.userDataDir);
  await mkdir(dataDir, { recursive: true });
  await writeUserSettings(path.join(dataDir, 'data', 'User', 'settings.json'), options.userSettings);
  const folders = ['--server-data-dir', dataDir];
  if (options.extensionsDir) folders.push('--extensions-dir', path.resolve(options.extensionsDir));
  const vsixFiles = (options.installVsix ?? []).flatMap((vsix) => [
    '--install-extension',
    path.resolve(vsix),
  ]);
  if (vsixFiles.length > 0) await runServerCommand(host, [...folders, ...vsixFiles]);

  const args = [host.serverMainPath, '--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
  args.push(
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
    '--disable-update-check',
    ...folders,
  );
  // Should this process be killed without a chance to clean up, and nothing tell the server, it ends by itself some
  // minutes after its last window is gone. Without the second flag, which 1.100 does not know, it keeps a lost window's extension host for
  // three hours.
  args.push('--enable-remote-auto-shutdown', '--reconnection-grace-time', '60');
  if (options.trust !== 'on') args.push('--disable-workspace-trust');
  if (options.smokeTestDriver) args.push('--enable-smoke-test-driver');
  // A process group of its own, so that the whole of it can be killed at once when this process exits in a hurry.
  const child = spawn(...endWithParent(host.nodePath, args), {
    cwd: dataDir,
    env: serverEnvironment(options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`The server did not start: ${host.nodePath}`);
  const killGroup = () => killProcess(-pid);
  process.once('exit', killGroup);
  const lines = collectLines(child);
  const close = async () => {
    await endServer(child, pid);
    process.removeListener('exit', killGroup);
  };
  try {
    const port = await listeningPort(child, lines);
    return {
      version: host.version,
      port,
      pid,
      dataDir,
      lines,
      extensionHostPids: () => extensionHosts(pid),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function serverEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = { ...process.env, ...env };
  // Set in a terminal of VS Code; they would bind the server to that other window.
  const ofAnotherWindow = /^(VSCODE_IPC_|VSCODE_GIT_|VSCODE_INJECTION|ELECTRON_)/;
  const kept = Object.entries(inherited).filter(([name]) => !ofAnotherWindow.test(name));
  // An empty address turns the extension gallery off, and with it all outgoing requests.
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}

function collectLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk) => {
      lines.push(
        ...String(chunk)
          .split('\n')
          .filter((line) => line.trim() !== ''),
      );
      lines.splice(0, lines.length - keptLines);
    });
  }
  return lines;
}

async function listeningPort(child: ChildProcess, lines: readonly string[]): Promise<number> {
  try {
    return await poll('the server listens', startLimitMs, async () => {
      if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
      const found = lines.map((line) => /Extension host agent listening on (\d+)/.exec(line)).find(Boolean);
      return found ? Number(found[1]) : undefined;
    });
  } catch (error) {
    throw new Error(`The VS Code server did not start. It printed:\n${lines.slice(-30).join('\n')}`, {
      cause: error,
    });
  }
}

async function extensionHosts(serverPid: number): Promise<number[]> {
  const entries = await descendantsOf(serverPid);
  return entries
    .filter((entry) => entry.commandLine.includes('--type=extensionHost'))
    .map((entry) => entry.pid)
    .sort((left, right) => left - right);
}

async function endServer(child: ChildProcess, pid: number): Promise<void> {
  const descendants = await descendantsOf(pid);
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const forced = setTimeout(() => killProcess(pid), endLimitMs);
    await ended;
    clearTimeout(forced);
  }
  await ensureGone(descendants, endLimitMs);
}
