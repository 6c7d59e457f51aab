import * as vscode from 'vscode';
import { describeError } from '../log.ts';
import { cleanUp } from './cleanUp.ts';
import { overwriteConflict, showConflict } from './conflicts.ts';
import { check, preview } from './inspect.ts';
import { showMenu } from './menu.ts';
import { createConfig, openConfig } from './projectFile.ts';
import { regenerateAll, regenerateFile, regenerateFolder } from './regenerate.ts';
import type { Surroundings } from './surroundings.ts';
import { takeOver } from './takeOver.ts';

type Handler = (surroundings: Surroundings, uri: vscode.Uri | undefined) => unknown;

/**
 * All commands. Each takes the URI of a file or folder, if it can use one, in place of the active editor's. What they
 * return is for those who call them: reports, the URI of a project file, whether runs are paused.
 */
const handlers: Readonly<Record<string, Handler>> = {
  'atomicIndex.regenerateAll': (surroundings) => regenerateAll(surroundings),
  'atomicIndex.regenerate': regenerateFile,
  'atomicIndex.regenerateFolder': regenerateFolder,
  'atomicIndex.cleanUp': cleanUp,
  'atomicIndex.preview': preview,
  'atomicIndex.check': check,
  'atomicIndex.createConfig': createConfig,
  'atomicIndex.openConfig': openConfig,
  'atomicIndex.showConflict': showConflict,
  'atomicIndex.overwriteConflict': overwriteConflict,
  'atomicIndex.takeOver': (surroundings, uri) => takeOver(surroundings, uri, 'all'),
  'atomicIndex.takeOverButRegion': (surroundings, uri) => takeOver(surroundings, uri, 'but-region'),
  'atomicIndex.pause': ({ automation }) => setPaused(automation, true),
  'atomicIndex.resume': ({ automation }) => setPaused(automation, false),
  'atomicIndex.showLog': ({ log }) => log.show(true),
  'atomicIndex.showMenu': showMenu,
};

/** Registers the commands. Each has one catch here: a bug is logged and said once. */
export function registerCommands(surroundings: Surroundings): vscode.Disposable {
  const { log, notices, roots } = surroundings;
  const registrations = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        await roots.ready();
        return await handler(surroundings, argument instanceof vscode.Uri ? argument : undefined);
      } catch (error) {
        log.error(`${id}: ${describeError(error)}`);
        notices.show({
          severity: 'error',
          message: vscode.l10n.t('Atomic Index met an error of its own: {0}', String(error)),
          actions: [{ title: vscode.l10n.t('Show Log'), run: () => log.show(true) }],
        });
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

function setPaused(automation: Surroundings['automation'], isPaused: boolean): boolean {
  automation.setPaused(isPaused);
  return isPaused;
}
