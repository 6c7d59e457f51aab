import * as vscode from 'vscode';
import { createApi, type ExtensionApi } from './api.ts';
import { Automation } from './automation.ts';
import { registerCommands } from './commands/commands.ts';
import { registerConflictActions } from './conflictActions.ts';
import { registerContextKeys } from './contextKeys.ts';
import { Contributions } from './contributions.ts';
import { createLog } from './log.ts';
import { editorNotices, ReplaceableNotices } from './notices.ts';
import { OpenDocuments } from './openDocuments.ts';
import { Preview } from './preview.ts';
import { registerProblems } from './problems.ts';
import { Roots } from './roots.ts';
import { registerStatusBar } from './statusBar.ts';
import { registerTriggers } from './triggers.ts';

// VS Code awaits `deactivate` but not the disposal of subscriptions, and hands over nothing.
let stopRuns = async (): Promise<void> => undefined;

/** Builds the extension and registers what it listens to; runs nothing by itself but what the triggers ask for. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const { subscriptions, extension, extensionMode } = context;
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    subscriptions.push(disposable);
    return disposable;
  };
  const log = own(createLog());
  const notices = new ReplaceableNotices(editorNotices(log));
  const automation = own(new Automation());
  const documents = own(new OpenDocuments(log));
  const preview = own(new Preview());
  const contributions = own(new Contributions());
  const version = String(extension.packageJSON.version);
  const roots = new Roots({ automation, documents, log, program: { name: vscode.env.appName, version } });
  stopRuns = () => roots.dispose();
  own(registerTriggers({ roots, automation, documents, contributions, log }));
  own(registerContextKeys(roots, automation, log));
  own(registerStatusBar(roots, automation));
  own(registerProblems(roots));
  own(registerConflictActions());
  own(registerCommands({ roots, automation, preview, notices, log }));
  return {
    ...createApi({ roots, contributions, version }),
    ...(extensionMode === vscode.ExtensionMode.Test
      ? { onDidRun: roots.onDidRun, replaceNotices: (other) => notices.replace(other) }
      : {}),
  };
}

/** Lets a write that is going on come to its end. */
export async function deactivate(): Promise<void> {
  await stopRuns();
}
