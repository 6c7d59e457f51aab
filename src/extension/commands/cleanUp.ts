import * as vscode from 'vscode';
import { type CleanUp, cleanUpTree } from '../../core/cleanUp.ts';
import { withLateProgress } from '../progress.ts';
import { mayWrite } from './refusals.ts';
import type { Surroundings } from './surroundings.ts';

/** Removes what killed writers left in the workspace's folders, and returns what was done, one a folder. */
export async function cleanUp({ roots, notices, log }: Surroundings): Promise<readonly CleanUp[]> {
  const { t } = vscode.l10n;
  if (!mayWrite(notices)) return [];
  const done = await withLateProgress(
    t('Cleaning up temporary files'),
    vscode.ProgressLocation.Notification,
    (_show, signal) => Promise.all(roots.all.map((root) => cleanUpTree(root.absolutePath, signal))),
  );
  const all = (pick: (one: CleanUp) => readonly unknown[]): number =>
    done.reduce((sum, one) => sum + pick(one).length, 0);
  for (const one of done) logCleanUp(log, one);
  const [removed, kept, failed] = [
    all((one) => one.removed),
    all((one) => one.kept),
    all((one) => one.failed),
  ];
  if (failed > 0) {
    notices.show({
      severity: 'warning',
      message: t('Atomic Index: {0} temporary files or folders could not be cleaned up.', failed),
      actions: [{ title: t('Show Log'), run: () => log.show(true) }],
    });
  } else if (kept > 0) {
    notices.mention(
      t('Atomic Index: {0} temporary files removed, {1} kept: their writer may be alive', removed, kept),
    );
  } else {
    notices.mention(t('Atomic Index: {0} temporary files removed', removed));
  }
  return done;
}

function logCleanUp(log: vscode.LogOutputChannel, { absoluteRoot, ...found }: CleanUp): void {
  for (const name of found.removed) log.info(`${absoluteRoot}: removed the temporary file ${name}`);
  for (const name of found.recovered)
    log.info(`${absoluteRoot}: finished ${name}, which a killed run had left`);
  for (const name of found.kept) log.info(`${absoluteRoot}: kept ${name}, whose writer may be alive`);
  for (const { relativePath, code } of found.failed)
    log.warn(`${absoluteRoot}: can't clean up ${relativePath} (${code}). Check its permissions.`);
  if (!found.isComplete)
    log.warn(`${absoluteRoot}: the clean-up was cancelled before it had seen all folders`);
}
