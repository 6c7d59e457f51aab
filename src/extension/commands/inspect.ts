import * as vscode from 'vscode';
import type { Report } from '../../core/types.ts';
import { changesIn } from '../preview.ts';
import { withLateProgress } from '../progress.ts';
import { rootsWithProject } from './refusals.ts';
import type { Surroundings } from './surroundings.ts';
import { tellOutcome } from './tellOutcome.ts';

/** Shows as a diff what a run would change, and returns the reports; works in Restricted Mode too. */
export async function preview(surroundings: Surroundings): Promise<readonly Report[]> {
  const reports = await checkAll(surroundings);
  const changes = changesIn(reports);
  if (changes.length > 0) await surroundings.preview.show(changes);
  else tellOutcome(reports, surroundings);
  return reports;
}

/** Says what a run would change without a write, and returns the reports; works in Restricted Mode too. */
export async function check(surroundings: Surroundings): Promise<readonly Report[]> {
  const { t } = vscode.l10n;
  const { notices, log } = surroundings;
  const reports = await checkAll(surroundings);
  const changes = changesIn(reports);
  if (changes.length === 0) {
    tellOutcome(reports, surroundings);
    return reports;
  }
  notices.show({
    severity: 'information',
    message:
      changes.length === 1
        ? t('Atomic Index: 1 file is not up to date.')
        : t('Atomic Index: {0} files are not up to date.', changes.length),
    actions: [
      { title: t('Preview Changes'), run: () => surroundings.preview.show(changes) },
      { title: t('Show Log'), run: () => log.show(true) },
    ],
  });
  return reports;
}

async function checkAll({ roots, notices }: Surroundings): Promise<readonly Report[]> {
  const all = await rootsWithProject(roots, notices);
  return withLateProgress(vscode.l10n.t('Checking'), vscode.ProgressLocation.Window, async (_show, signal) =>
    Promise.all(all.map((root) => root.check('all', signal))),
  );
}
