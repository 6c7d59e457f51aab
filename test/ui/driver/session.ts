import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { closeBrowser } from '../../host/browser.ts';
import { type Server, type ServerOptions, startServer } from '../../host/server.ts';
import { type EditorWindow, openWindow, type WindowOptions } from '../../host/window.ts';

export interface UiSession {
  readonly server: Server;
  /** Opens one more window; all of them are closed with the session. */
  openWindow(options: WindowOptions): Promise<EditorWindow>;
  /** Closes windows, server and browser and removes the server's data folder. */
  close(): Promise<void>;
}

export type UiSessionOptions = Pick<
  ServerOptions,
  'version' | 'installVsix' | 'trust' | 'userSettings' | 'env'
>;

/** Starts a server with a fresh data folder for windows that are driven as a user would. */
export async function startUiSession(options: UiSessionOptions): Promise<UiSession> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'vscode-ui-'));
  const remove = () => rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  let server: Server;
  try {
    server = await startServer({ ...options, userDataDir: dataDir, smokeTestDriver: false });
  } catch (error) {
    await remove();
    throw error;
  }
  const windows: EditorWindow[] = [];
  return {
    server,
    openWindow: async (windowOptions) => {
      const window = await openWindow(server, windowOptions);
      windows.push(window);
      return window;
    },
    close: async () => {
      for (const window of windows) await window.close().catch(() => undefined);
      await server.close();
      await closeBrowser();
      await remove();
    },
  };
}
