import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { closeBrowser } from '../host/browser.ts';
import { poll } from '../host/poll.ts';
import { killProcess } from '../host/processes.ts';
import { type Server, startServer } from '../host/server.ts';
import { type EditorWindow, openWindow } from '../host/window.ts';
import { socketVariable } from './driver/protocol.ts';
import { type Link, type Links, listenForLinks } from './links.ts';
import type { ProjectName, Tree } from './tree.ts';

/** What a window has open: the pier, the harbour around it, or a workspace of both. */
export type Opened = 'pier' | 'harbour' | 'both';

/** A window as a scenario wants it; `program` chooses among the versions of VS Code, each a server of its own. */
export type WindowPlan = { readonly opened: Opened; readonly program: number };

export type DrivenWindow = WindowPlan & {
  readonly name: string;
  readonly page: Page;
  /** The projects that this window keeps up to date. */
  readonly projects: readonly ProjectName[];
  /** The way to the extension host, also to a new one after a crash. */
  link(): Promise<Link>;
  /** Kills the extension host as a crash would. VS Code starts a new one two times. */
  kill(): Promise<void>;
  readonly kills: number;
  /** The texts of all notifications that were on the screen since the last call. */
  takeNotifications(): Promise<readonly string[]>;
};

export type Windows = {
  /** Has exactly these windows open: keeps what is open already, opens what is missing, closes the rest. */
  arrange(plans: readonly WindowPlan[]): Promise<readonly DrivenWindow[]>;
  /** Opens a window anew whose extension host was killed as often as VS Code starts another one. */
  renew(window: DrivenWindow): Promise<DrivenWindow>;
  /** What the product said in its logs since the last call that it should never have to say here. */
  takeComplaints(): Promise<readonly string[]>;
  /** Leaves logs and pictures of what is open in a folder. */
  keepTraces(folder: string): Promise<void>;
  close(): Promise<void>;
};

export type WindowsOptions = {
  /** An empty folder for the servers' data. */
  readonly folder: string;
  readonly tree: Tree;
  readonly versions: readonly string[];
  readonly vsixFiles: readonly string[];
};

type OpenWindow = DrivenWindow & { readonly editor: EditorWindow };

const endLimitMs = 10_000;
/** A bug, an editor that went on to show an old text, or a conflict where nobody has touched an output. */
const complaint = /\[error\]|still shows the old text|left alone/;
const noteNotifications = `
  globalThis.shownNotifications = [];
  setInterval(() => {
    for (const message of document.querySelectorAll('.notifications-toasts .notification-list-item-message')) {
      const text = message.innerText;
      if (!globalThis.shownNotifications.includes(text)) globalThis.shownNotifications.push(text);
    }
  }, 100);
`;

/** Prepares for windows of servers that start when the first of their windows is wanted. */
export async function prepareWindows(options: WindowsOptions): Promise<Windows> {
  const socketPath = path.join(options.folder, 'links');
  const links = await listenForLinks(socketPath);
  const servers = new Map<number, Promise<Server>>();
  const serverOf = (program: number): Promise<Server> => {
    const server = servers.get(program) ?? startProgram(options, program, socketPath);
    servers.set(program, server);
    return server;
  };
  const workspace = path.join(options.folder, 'both.code-workspace');
  const { harbour, pier } = options.tree;
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: harbour }, { path: pier }] }));
  const logFolders = async (): Promise<readonly (readonly [version: string, folder: string])[]> => {
    const started = await Promise.all(servers.values());
    return started.map(({ version, dataDir }) => [version, path.join(dataDir, 'data', 'logs')]);
  };
  const taken = new Set<string>();
  let open: OpenWindow[] = [];
  let opening: OpenWindow | undefined;
  let opened = 0;

  const openOne = async (plan: WindowPlan): Promise<OpenWindow> => {
    const server = await serverOf(plan.program);
    const place = { pier: { folder: pier }, harbour: { folder: harbour }, both: { workspace } }[plan.opened];
    const editor = await openWindow(server, { ...place, payload: quietPayload });
    await editor.page.evaluate(noteNotifications);
    const window = driven(plan, `window ${++opened} (${plan.opened}, ${server.version})`, editor, links);
    // Until then it may fail, and leaves its traces like those that are open.
    opening = window;
    await window.link();
    opening = undefined;
    return window;
  };
  const closeOne = async (window: OpenWindow): Promise<void> => {
    const { pid } = (await window.link()).hello;
    await window.editor.close();
    const server = await serverOf(window.program);
    const isGone = async () => !(await server.extensionHostPids()).includes(pid);
    // A server keeps the extension host of a lost window for a while, and it would go on to run.
    await poll('the extension host ends with its window', endLimitMs, isGone).catch(() => killProcess(pid));
  };

  return {
    async arrange(plans) {
      const left = [...open];
      const kept = plans.map((plan) => {
        const index = left.findIndex(
          ({ opened: what, program, kills }) =>
            what === plan.opened && program === plan.program && kills === 0,
        );
        return index < 0 ? undefined : left.splice(index, 1)[0];
      });
      for (const window of left) await closeOne(window);
      open = kept.filter((window) => window !== undefined);
      const arranged: OpenWindow[] = [];
      for (const [index, plan] of plans.entries()) {
        const window = kept[index] ?? (await openOne(plan));
        if (!open.includes(window)) open.push(window);
        arranged.push(window);
      }
      return arranged;
    },
    async renew(window) {
      const old = open.find(({ name }) => name === window.name);
      if (old === undefined) throw new Error(`${window.name} is not open.`);
      await closeOne(old);
      open = open.filter((one) => one !== old);
      const renewed = await openOne(window);
      open.push(renewed);
      return renewed;
    },
    async takeComplaints() {
      const complaints: string[] = [];
      for (const [, folder] of await logFolders()) {
        const lines = readProductLogs(folder)
          .split('\n')
          .filter((line) => complaint.test(line));
        for (const line of lines) if (!taken.has(line)) complaints.push(line);
        for (const line of lines) taken.add(line);
      }
      return complaints;
    },
    async keepTraces(folder) {
      mkdirSync(folder, { recursive: true });
      for (const { editor, name } of opening === undefined ? open : [...open, opening]) {
        const base = path.join(folder, name.replaceAll(/\W+/g, '-'));
        writeFileSync(`${base}-console.txt`, editor.consoleLines.join('\n'));
        await editor.screenshot(`${base}.png`).catch(() => undefined);
      }
      for (const [version, logs] of await logFolders()) {
        if (existsSync(logs)) cpSync(logs, path.join(folder, `logs-${version}`), { recursive: true });
      }
    },
    async close() {
      for (const { editor } of opening === undefined ? open : [...open, opening])
        await editor.close().catch(() => undefined);
      for (const server of servers.values()) await server.then((one) => one.close()).catch(() => undefined);
      await closeBrowser().catch(() => undefined);
      await links.close();
    },
  };
}

/** All lines of the product's logs in a folder or below it. */
export function readProductLogs(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /Atomic Index.*\.log$/.test(name))
    .map((name) => `== ${name}\n${readFileSync(path.join(folder, name), 'utf8')}`)
    .join('\n');
}

// The log of the product tells everything; its level is of the window.
const quietPayload = [
  ['skipWelcome', 'true'],
  ['logLevel', 'atomic-index.atomic-index:trace'],
] as const;

async function startProgram(options: WindowsOptions, program: number, socketPath: string): Promise<Server> {
  const version = options.versions[program];
  if (version === undefined) throw new Error(`There is no program ${program}.`);
  return await startServer({
    version,
    userDataDir: path.join(options.folder, `server-${program}-${version}`),
    // With it no notifications are drawn, and a killed extension host stays dead.
    smokeTestDriver: false,
    installVsix: options.vsixFiles,
    env: { [socketVariable]: socketPath },
  });
}

function driven(plan: WindowPlan, name: string, editor: EditorWindow, links: Links): OpenWindow {
  let current: Link | undefined;
  let kills = 0;
  return {
    ...plan,
    name,
    editor,
    page: editor.page,
    projects: plan.opened === 'both' ? ['harbour', 'pier'] : [plan.opened],
    get kills() {
      return kills;
    },
    async link() {
      if (current?.isOpen !== true) current = await links.of(await editor.extensionHostPid());
      return current;
    },
    async kill() {
      kills++;
      await editor.killExtensionHost();
    },
    async takeNotifications() {
      return await editor.page.evaluate<string[]>('globalThis.shownNotifications.splice(0)');
    },
  };
}
