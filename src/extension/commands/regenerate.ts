import * as vscode from 'vscode';
import type { Report } from '../../core/types.ts';
import type { Work } from '../progress.ts';
import { withLateProgress } from '../progress.ts';
import { around, everything, type Request } from '../requests.ts';
import { activeFile } from './activeFile.ts';
import { mayWrite, rootsWithProject } from './refusals.ts';
import type { Surroundings } from './surroundings.ts';
import { tellOutcome } from './tellOutcome.ts';

/** Regenerates all targets of all folders and returns one report a folder; an empty list when it was refused. */
export async function regenerateAll(surroundings: Surroundings): Promise<readonly Report[]> {
  if (!mayWrite(surroundings.notices)) return [];
  await rootsWithProject(surroundings.roots, surroundings.notices);
  return run(everything(surroundings.roots), vscode.ProgressLocation.Notification, surroundings);
}

/** Regenerates the targets that a file is a source or the output of, with the regions in it, and returns the reports. */
export async function regenerateFile(
  surroundings: Surroundings,
  uri?: vscode.Uri,
): Promise<readonly Report[]> {
  const { notices, roots } = surroundings;
  if (!mayWrite(notices)) return [];
  const file = uri ?? activeFile();
  // A watcher may have missed the project file; a command must not.
  await Promise.all(roots.all.map((root) => root.readProject()));
  // Markers in the file need no project file.
  const place =
    file?.scheme === 'file' ? (roots.ownerOf(file.fsPath) ?? roots.folderOf(file.fsPath)) : undefined;
  if (place === undefined) {
    notices.mention(vscode.l10n.t('Atomic Index: this file is in no folder of this window'));
    return [];
  }
  const request: Request = { root: place.root, relativePaths: [place.relativePath] };
  return run([request], vscode.ProgressLocation.Window, surroundings);
}

/** Regenerates the targets in, around and below a folder, and returns the reports. */
export async function regenerateFolder(
  surroundings: Surroundings,
  uri?: vscode.Uri,
): Promise<readonly Report[]> {
  const { notices, roots } = surroundings;
  if (!mayWrite(notices)) return [];
  const all = await rootsWithProject(roots, notices);
  const file = activeFile();
  const folder = uri ?? (file && vscode.Uri.joinPath(file, '..'));
  if (folder?.scheme !== 'file' || all.length === 0) return [];
  return run(around(folder.fsPath, roots), vscode.ProgressLocation.Window, surroundings);
}

async function run(
  requests: readonly Request[],
  location: vscode.ProgressLocation.Notification | vscode.ProgressLocation.Window,
  surroundings: Surroundings,
): Promise<readonly Report[]> {
  if (requests.length === 0) return [];
  const work: Work<readonly Report[]> = async (show, signal) => {
    const cancel = (): void => {
      for (const { root } of requests) root.cancel();
    };
    signal.addEventListener('abort', cancel);
    // What was cancelled may have been the run before ours.
    const listeners = requests.map(({ root }) =>
      root.onProgress((progress) => (signal.aborted ? cancel() : show(progress))),
    );
    try {
      return await Promise.all(
        requests.map(({ root, relativePaths }) => root.request({ kind: 'command', relativePaths }, 'now')),
      );
    } finally {
      for (const listener of listeners) listener.dispose();
    }
  };
  const reports = await withLateProgress(vscode.l10n.t('Regenerating'), location, work);
  tellOutcome(reports, surroundings);
  return reports;
}
