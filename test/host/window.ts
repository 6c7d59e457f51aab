import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { sharedBrowser } from './browser.ts';
import { poll } from './poll.ts';
import { killProcess } from './processes.ts';
import type { Server } from './server.ts';

export interface WindowOptions {
  /** The folder to open; with neither folder nor workspace the window is empty. */
  readonly folder?: string | undefined;
  /** The `.code-workspace` file to open. */
  readonly workspace?: string | undefined;
  /** Pairs handed to the workbench, see `extensionPayload`. */
  readonly payload?: Payload | undefined;
}

export type Payload = readonly (readonly [string, string])[];

export interface EditorWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The last console lines of the workbench and of its extension host. */
  readonly consoleLines: readonly string[];
  /** Resolves with the exit code of the tests in this window; never resolves when none were asked for. */
  readonly testsEnded: Promise<number>;
  /** Returns the process of this window's extension host, waiting for a new one after a crash. */
  extensionHostPid(): Promise<number>;
  /** Kills this window's extension host as a crash would and returns the process it was. */
  killExtensionHost(): Promise<number>;
  /** Writes a PNG of the window, creating the folder. */
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

const openLimitMs = 120_000;
// For each later action on the page; generous, since a busy machine is ten times slower than a quiet one.
const actionLimitMs = 60_000;
const keptLines = 2000;
// Said by every server without gallery and web files; it would push what matters out of the last lines.
const harmless =
  /Ignoring fetching additional builtin|status of 404|serviceWorker\.js|\(404\) was received|Creating a socket/;
const openingByServer = new WeakMap<Server, Promise<unknown>>();
const rememberedByServer = new WeakMap<Server, Set<string>>();
// By what an extension host belongs to: the context of its window, or a visit of a page before that.
const claimedByServer = new WeakMap<Server, Map<object, number>>();

/** Opens a window of the server in a browser context of its own and waits for workbench and extension host. */
export async function openWindow(server: Server, options: WindowOptions = {}): Promise<EditorWindow> {
  // One after the other: a new extension host process can then belong to one window only.
  const before = openingByServer.get(server) ?? Promise.resolve();
  const opening = before.then(() => openNow(server, options));
  openingByServer.set(
    server,
    opening.catch(() => undefined),
  );
  return await opening;
}

/** Returns the payload that loads extensions from their folders and, if given, runs tests in the window. */
export function extensionPayload(
  server: Server,
  developmentPaths: readonly string[],
  testsPath?: string,
): Payload {
  const remote = (file: string) =>
    `vscode-remote://127.0.0.1:${server.port}${path.resolve(file).split('/').map(encodeURIComponent).join('/')}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  for (const folder of developmentPaths) payload.push(['extensionDevelopmentPath', remote(folder)]);
  if (testsPath) payload.push(['extensionTestsPath', remote(testsPath)]);
  return payload;
}

async function openNow(server: Server, options: WindowOptions): Promise<EditorWindow> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(actionLimitMs);
  try {
    const page = await context.newPage();
    const consoleLines: string[] = [];
    let endTests: (code: number) => void = () => undefined;
    const testsEnded = new Promise<number>((resolve) => {
      endTests = resolve;
    });
    const hasTests = options.payload?.some(([name]) => name === 'extensionTestsPath') ?? false;
    await listenTo(page, consoleLines, hasTests, endTests);
    if (options.workspace) await rememberWorkspace(page, server, options.workspace);
    await goTo(page, windowAddress(server, options));
    const extensionHostPid = () => claimExtensionHost(server, context);
    // Short tests may be over, and their extension host gone, before anyone has looked for it.
    await Promise.race([extensionHostPid(), testsEnded]);
    return {
      page,
      context,
      consoleLines,
      testsEnded,
      extensionHostPid,
      killExtensionHost: async () => {
        const pid = await extensionHostPid();
        killProcess(pid);
        return pid;
      },
      screenshot: async (file) => {
        await mkdir(path.dirname(path.resolve(file)), { recursive: true });
        await page.screenshot({ path: file });
      },
      close: () => context.close(),
    };
  } catch (error) {
    await context.close();
    throw error;
  }
}

async function goTo(page: Page, address: string): Promise<void> {
  await page.goto(address, { timeout: openLimitMs, waitUntil: 'domcontentloaded' });
  await page.locator('.part.statusbar').waitFor({ timeout: openLimitMs });
}

/**
 * Visits a workspace without its tests, once for each server. At its start the workbench takes the workspace file from a
 * cache and reads it too; when that file is there before the workbench has put down what it had from the empty cache,
 * the window stays without folders (one half of this race is told of in VS Code's own
 * `updateWorkspaceAndInitializeConfiguration`). The file is in the cache then, so that all later visits have folders.
 */
async function rememberWorkspace(page: Page, server: Server, workspace: string): Promise<void> {
  const remembered = rememberedByServer.get(server) ?? new Set<string>();
  rememberedByServer.set(server, remembered);
  if (remembered.has(workspace)) return;
  const before = await cachedWorkspaces(server);
  await goTo(page, windowAddress(server, { workspace }));
  // Its extension host outlives the visit for a moment, and must not be taken for the window's.
  await claimExtensionHost(server, {});
  await poll('the workbench has put the workspace into its cache', openLimitMs, async () => {
    const now = await cachedWorkspaces(server);
    return now.length > before.length;
  });
  remembered.add(workspace);
}

async function cachedWorkspaces(server: Server): Promise<readonly string[]> {
  const folder = path.join(server.dataDir, 'data', 'User', 'caches', 'CachedConfigurations', 'workspaces');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => path.basename(name) === 'workspace.json');
}

function windowAddress(server: Server, options: WindowOptions): string {
  const query = new URLSearchParams();
  if (options.workspace) query.set('workspace', path.resolve(options.workspace));
  else if (options.folder) query.set('folder', path.resolve(options.folder));
  else query.set('ew', 'true');
  query.set('payload', JSON.stringify(options.payload ?? [['skipWelcome', 'true']]));
  return `http://127.0.0.1:${server.port}/?${query}`;
}

// The workbench looks for these two functions in the page, so they are there before it loads.
async function listenTo(
  page: Page,
  lines: string[],
  hasTests: boolean,
  endTests: (code: number) => void,
): Promise<void> {
  const keep = (line: string) => {
    if (harmless.test(line)) return;
    lines.push(line);
    lines.splice(0, lines.length - keptLines);
  };
  // A line of the workbench's log starts with its colours. In a test window each of them comes a second time by
  // codeAutomationLog, with its arguments apart, so that the ones of console.log can be put into their places.
  page.on('console', (message) => {
    const [isLog = '', level = message.type()] = /^%c +([A-Z]+) color: \S+ /.exec(message.text()) ?? [];
    if (!isLog || !hasTests) keep(`${level.toLowerCase()}: ${message.text().slice(isLog.length)}`);
  });
  page.on('pageerror', (error) => keep(`page error: ${error.message}`));
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    if (hasTests) keep(`${type}: ${format(...args)}`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => endTests(code));
}

async function claimExtensionHost(server: Server, owner: object): Promise<number> {
  const claims = claimedByServer.get(server) ?? new Map<object, number>();
  claimedByServer.set(server, claims);
  return await poll('the window has an extension host', openLimitMs, async () => {
    const running = await server.extensionHostPids();
    const own = claims.get(owner);
    if (own !== undefined && running.includes(own)) return own;
    // Claims of closed windows are kept, since their extension hosts live on for some seconds.
    const taken = new Set(claims.values());
    const free = running.find((pid) => !taken.has(pid));
    if (free !== undefined) claims.set(owner, free);
    return free;
  });
}
