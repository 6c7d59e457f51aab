import type * as vscode from 'vscode';
import type { Report } from '../core/types.ts';
import type { Notices } from './notices.ts';

/** What `activate` returns. Other extensions had better use the commands: only the version is promised to stay. */
export type ExtensionApi = {
  readonly version: string;
  /** Fires after each run that may have written, with what happened. */
  readonly onDidRun: vscode.Event<Report>;
  /** Takes the place of VS Code's notifications and dialogs; there in test windows only. */
  readonly replaceNotices?: (notices: Notices) => void;
};
