import * as vscode from 'vscode';
import type { AtomicIndexApi, FolderUri } from '../core/publicApi.ts';
import {
  AtomicFile,
  atomicWriteBatch,
  atomicWriteBytes,
  atomicWriteText,
  sweepTempFiles,
} from '../core/publicWrites.ts';
import { publishReport } from '../core/publishReport.ts';
import type { Report } from '../core/types.ts';
import type { Contributions } from './contributions.ts';
import type { Notices } from './notices.ts';
import { around, everything } from './requests.ts';
import type { Roots } from './roots.ts';

/** What `activate` returns: the API for other extensions, and in test windows two doors more. */
export type ExtensionApi = AtomicIndexApi & {
  /** Fires after each run that may have written, with all that is known of it. */
  readonly onDidRun?: vscode.Event<Report>;
  /** Takes the place of VS Code's notifications and dialogs. */
  readonly replaceNotices?: (notices: Notices) => void;
};

export type ApiContext = {
  readonly roots: Roots;
  readonly contributions: Contributions;
  readonly version: string;
};

/** Makes the API for other extensions. */
export function createApi({ roots, contributions, version }: ApiContext): AtomicIndexApi {
  return {
    apiVersion: 1,
    version,
    registerGenerator: (generator) => contributions.register(generator),
    regenerate: async (folder) => {
      // A watcher may have missed a project file; a call must not.
      await Promise.all(roots.all.map((root) => root.readProject()));
      const requests = folder === undefined ? everything(roots) : around(fileOf(folder), roots);
      const reports = requests.map(({ root, relativePaths }) =>
        vscode.workspace.isTrusted
          ? root.request({ kind: 'command', relativePaths }, 'now')
          : root.check(relativePaths, new AbortController().signal),
      );
      return (await Promise.all(reports)).map(publishReport);
    },
    onDidRegenerate: (listener, thisArgs, disposables) => {
      const subscription = roots.onDidRun((report) => listener.call(thisArgs, publishReport(report)));
      disposables?.push(subscription);
      return subscription;
    },
    atomicWriteText,
    atomicWriteBytes,
    atomicWriteBatch,
    AtomicFile,
    sweepTempFiles,
  };
}

function fileOf({ scheme, fsPath }: FolderUri): string {
  if (scheme === 'file') return fsPath;
  throw new TypeError(`Only folders on disk can be regenerated; this one has the scheme "${scheme}".`);
}
