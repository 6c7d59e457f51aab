import * as vscode from 'vscode';
import { projectFileName } from '../core/project/projectFileName.ts';
import { QueueClosedError } from '../core/queue.ts';
import type { Trigger, TriggerKind } from '../core/types.ts';
import type { Automation } from './automation.ts';
import type { Contribution, Contributions } from './contributions.ts';
import { describeError } from './log.ts';
import type { OpenDocuments } from './openDocuments.ts';
import type { Root } from './root.ts';
import { isWaiting } from './rootState.ts';
import type { Place, Roots } from './roots.ts';
import { SaveReasons } from './saveReasons.ts';

/** A window that was away for less has a watcher that can be believed. */
const longAwayMs = 30_000;

/** Installed packages, git's own files, the temp files of our writes, and the locks of the volume. */
const neverMatters = /(^|\/)((node_modules|\.git|\.atomic-index)(\/|$)|\.~ai-[^/]*\.tmp$)/;

export type TriggersContext = {
  readonly roots: Roots;
  readonly automation: Automation;
  readonly documents: OpenDocuments;
  readonly contributions: Contributions;
  readonly log: vscode.LogOutputChannel;
};

/** Turns what happens in the window and on the disk into requests for automatic runs; shows nothing, ever. */
export function registerTriggers({
  roots,
  automation,
  documents,
  contributions,
  log,
}: TriggersContext): vscode.Disposable {
  const attempt = (work: Promise<unknown>): void => {
    work.catch((error) => {
      if (!(error instanceof QueueClosedError)) log.error(describeError(error));
    });
  };
  const request = (root: Root, trigger: Trigger): void => attempt(root.request(trigger, 'debounced'));

  const changed = ({ root, relativePath }: Place, kind: TriggerKind | undefined): void => {
    // The problems of a project file show even where nothing may run.
    if (relativePath === projectFileName) attempt(root.readProject());
    if (kind !== undefined) request(root, { kind, relativePaths: [relativePath] });
  };

  const fileChanged = (kind: TriggerKind, uri: vscode.Uri): void => {
    for (const place of placesOf(uri, roots)) {
      const isAllowed = automation.allowsFileChange(place.root.folder.uri);
      changed(place, isAllowed ? kind : undefined);
    }
  };

  const saved = (document: vscode.TextDocument): void => {
    const reason = reasons.take(document);
    for (const place of placesOf(document.uri, roots)) {
      const isAllowed = automation.allowsSave(place.root.folder.uri, reason);
      changed(place, isAllowed ? 'save' : undefined);
    }
  };

  // Completes an earlier run that was allowed, so that the settings are not asked again.
  const settled = (absolutePath: string): void => {
    const place = roots.ownerOf(absolutePath);
    if (place === undefined) return;
    const targets = [...place.root.state.targets.values()];
    const own = targets.filter(({ target }) => target.output === place.relativePath);
    if (!own.some(({ outcome }) => isWaiting(outcome))) return;
    if (vscode.workspace.isTrusted)
      request(place.root, { kind: 'save', relativePaths: [place.relativePath] });
  };

  // Whatever the settings say of automatic runs: these are the leftovers of runs that there were.
  const cleanUp = (root: Root): void => {
    if (vscode.workspace.isTrusted && root.hasProject) attempt(root.cleanUp());
  };
  const catchUp = (root: Root): void => {
    if (!root.hasProject || !automation.allowsFileChange(root.folder.uri)) return;
    request(root, { kind: 'startup', relativePaths: 'all' });
  };
  const catchUpAll = (): void => roots.all.forEach(catchUp);

  // What a target is made from has not changed, but who makes it. When the generator goes, what it made stays.
  const contributed = async (root: Root, { id, isThere }: Contribution): Promise<void> => {
    await root.readProject();
    const outputs = root.state.project.targets.flatMap((target) =>
      target.generator === id ? [target.output] : [],
    );
    if (!isThere || outputs.length === 0 || !automation.allowsFileChange(root.folder.uri)) return;
    request(root, { kind: 'startup', relativePaths: outputs });
  };

  const reasons = new SaveReasons();
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  return vscode.Disposable.from(
    reasons,
    watcher,
    watcher.onDidCreate((uri) => fileChanged('create', uri)),
    watcher.onDidChange((uri) => fileChanged('external', uri)),
    watcher.onDidDelete((uri) => fileChanged('delete', uri)),
    vscode.workspace.onDidSaveTextDocument(saved),
    vscode.workspace.onDidCreateFiles(({ files }) => files.forEach((uri) => void fileChanged('create', uri))),
    vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => void fileChanged('delete', uri))),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        fileChanged('rename', oldUri);
        fileChanged('rename', newUri);
      }
    }),
    documents.onDidSettle(settled),
    contributions.onDidChange((one) => roots.all.forEach((root) => void attempt(contributed(root, one)))),
    roots.onDidArrive(cleanUp),
    roots.onDidArrive(catchUp),
    automation.onDidChange(() => void (automation.isPaused || catchUpAll())),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      roots.all.forEach(cleanUp);
      catchUpAll();
    }),
    onReturn(catchUpAll),
  );
}

/** Finds the roots that have to do with a file, but those to which nothing there can ever matter. */
function placesOf(uri: vscode.Uri, roots: Roots): readonly Place[] {
  if (uri.scheme !== 'file') return [];
  // A project file belongs to the folder it lies in, also when that folder had none until now.
  const folder = roots.folderOf(uri.fsPath);
  if (folder?.relativePath === projectFileName) return [folder];
  return roots.ownersOf(uri.fsPath).filter((place) => !neverMatters.test(place.relativePath));
}

// Watchers lose events (excluded folders, network shares, sleep); whoever comes back finds everything up to date.
function onReturn(action: () => void): vscode.Disposable {
  let leftAt: number | undefined;
  return vscode.window.onDidChangeWindowState(({ focused }) => {
    const hasBeenLongAway = leftAt !== undefined && Date.now() - leftAt >= longAwayMs;
    if (focused && hasBeenLongAway) action();
    leftAt = focused ? undefined : (leftAt ?? Date.now());
  });
}
