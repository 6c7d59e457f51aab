import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors } from './editors.ts';
import { eventually } from './eventually.ts';
import { run, runs, shown } from './extensionUnderTest.ts';
import { Folder } from './folder.ts';

export type Files = Readonly<Record<string, string>>;

/** A project with two targets, both up to date after one run. */
export const smallProject: Files = {
  'atomic-index.json': JSON.stringify({
    targets: [
      { generator: 'markdown-index', folder: 'docs', output: 'index.md' },
      { generator: 'barrel', folder: 'src', output: 'index.ts' },
    ],
  }),
  'docs/apple.md': '# Apple\n',
  'docs/pear.md': '# Pear\n',
  'src/one.ts': 'export const one = 1;\n',
};

const reported = new Map<string, number>();
let lastEventAt = 0;
let syncs = 0;

/** Some watchers tell of everything twice, the second time this much later. */
const quietMs = 600;

/** Begins to note which files VS Code's watcher tells of. */
export function listenToWatcher(): void {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const note = ({ fsPath }: vscode.Uri): void => {
    reported.set(fsPath, (reported.get(fsPath) ?? 0) + 1);
    lastEventAt = Date.now();
  };
  watcher.onDidCreate(note);
  watcher.onDidChange(note);
  watcher.onDidDelete(note);
}

/** How many events the watcher has given for a file. */
export function eventsOf(absolutePath: string): number {
  return reported.get(absolutePath) ?? 0;
}

/** Waits until the watcher has told of everything that happened in a folder before. */
export async function untilWatched(folder: Folder): Promise<void> {
  // The extension ignores this name.
  const name = `.~ai-sync-${++syncs}.tmp`;
  await eventually(async () => {
    await folder.write(name, String(Math.random()));
    assert.ok(eventsOf(folder.path(name)) > 0, 'the watcher reports nothing');
  });
  await folder.remove(name);
}

/** Waits until the watcher has nothing to tell of a folder any more, not even for the second time. */
export async function untilQuiet(folder: Folder): Promise<void> {
  await untilWatched(folder);
  await eventually(() => assert.ok(Date.now() - lastEventAt > quietMs, 'the watcher never comes to rest'));
}

/** The first workspace folder, or the one of this name. */
export function workspaceFolder(name?: string): Folder {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = name === undefined ? folders[0] : folders.find((one) => one.name === name);
  assert.ok(folder, `the window has no workspace folder ${name ?? ''}`);
  return new Folder(folder.uri.fsPath);
}

/** Empties a workspace folder, fills it anew, and leaves automatic runs paused. */
export async function fillFolder(folder: Folder, files: Files): Promise<void> {
  await run('pause');
  await closeEditors();
  // Without a project file all that is known of the old content is forgotten.
  await folder.remove('atomic-index.json');
  await run('check');
  const nested = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => path.basename(uri.fsPath));
  await folder.clear(nested);
  for (const [relativePath, text] of Object.entries(files)) await folder.write(relativePath, text);
  await run('check');
  shown.clear();
  runs.length = 0;
}

/** Empties the only workspace folder, fills it anew, and leaves automatic runs paused. */
export async function freshWorkspace(files: Files = smallProject): Promise<Folder> {
  const folder = workspaceFolder();
  await fillFolder(folder, files);
  return folder;
}

/** Lets automatic runs begin, from a state where all is up to date and nothing is on its way. */
export async function startAutomaticRuns(folder: Folder): Promise<void> {
  await run('regenerateAll');
  await untilQuiet(folder);
  await run('resume');
  // Covers what resuming has asked for.
  await run('regenerateAll');
  shown.clear();
  runs.length = 0;
}

/** Does something with another value of a setting, and puts it back. */
export async function withSetting(key: string, value: unknown, body: () => Promise<void>): Promise<void> {
  const update = async (to: unknown): Promise<void> => {
    await vscode.workspace.getConfiguration().update(key, to, vscode.ConfigurationTarget.Global);
  };
  const before = vscode.workspace.getConfiguration().inspect(key)?.globalValue;
  await update(value);
  try {
    await body();
  } finally {
    await update(before);
  }
}
