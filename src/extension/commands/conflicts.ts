import * as path from 'node:path';
import * as vscode from 'vscode';
import { hasText, isOverwritable } from '../../core/conflicts.ts';
import { keyOf } from '../../core/regions/twins.ts';
import type { ConflictReason, Report, TargetReport } from '../../core/types.ts';
import { changeOf } from '../preview.ts';
import type { Root } from '../root.ts';
import { activeFile, fileOf } from './activeFile.ts';
import { mayWrite } from './refusals.ts';
import type { Surroundings } from './surroundings.ts';
import { tellOutcome } from './tellOutcome.ts';

/** A target in conflict, and the folder that it is in. */
export type Conflict = {
  readonly root: Root;
  readonly target: TargetReport;
  readonly outcome: Extract<TargetReport['outcome'], { kind: 'conflict' }>;
};

/** Shows the text of a file in conflict beside the regenerated one. */
export async function showConflict(surroundings: Surroundings, uri?: vscode.Uri): Promise<void> {
  const conflict = await chooseConflict(surroundings, uri, hasText);
  const change = conflict && changeOf(conflict.root.absolutePath, conflict.target);
  if (change !== undefined) await surroundings.preview.show([change]);
}

/** Replaces a file in conflict after the user has agreed, and returns the report; `undefined` when it was refused. */
export async function overwriteConflict(
  surroundings: Surroundings,
  uri?: vscode.Uri,
): Promise<Report | undefined> {
  const { t } = vscode.l10n;
  if (!mayWrite(surroundings.notices)) return undefined;
  const conflict = await chooseConflict(surroundings, uri, isOverwritable);
  if (conflict === undefined) return undefined;
  const { target } = conflict.target;
  const { output } = target;
  const isSure = await surroundings.notices.confirm({
    message: t('Overwrite {0}?', output),
    detail: t('Undo in its editor brings back what is in it now, as long as this window is open.'),
    yes: t('Overwrite'),
  });
  if (!isSure) return undefined;
  // An editor that shows the file takes a change on disk as a step that Undo takes back; no other place keeps the text.
  await vscode.window.showTextDocument(vscode.Uri.file(path.join(conflict.root.absolutePath, output)), {
    preview: false,
  });
  const report = await conflict.root.overwrite(target);
  tellOutcome([report], surroundings);
  return report;
}

/** Finds the conflict of a file, or of one region when the URI has its id for a fragment; asks when there are several. */
export async function chooseConflict(
  { roots, notices }: Surroundings,
  uri: vscode.Uri | undefined,
  isMeant: (reason: ConflictReason) => boolean,
): Promise<Conflict | undefined> {
  const conflicts = roots.all.flatMap((root) =>
    [...root.state.targets.values()].flatMap((target): readonly Conflict[] => {
      const { outcome } = target;
      return outcome.kind === 'conflict' && isMeant(outcome.reason) ? [{ root, target, outcome }] : [];
    }),
  );
  const file = fileOf(uri) ?? activeFile();
  const named = conflicts.find(
    ({ root, target: { target } }) =>
      path.join(root.absolutePath, target.output) === file?.fsPath &&
      (!file.fragment || file.fragment === target.region?.id),
  );
  if (named !== undefined) return named;
  if (uri !== undefined || conflicts.length === 0) {
    notices.mention(vscode.l10n.t('Atomic Index: there is no conflict'));
    return undefined;
  }
  const picks = conflicts.map((conflict) => ({
    label: keyOf(conflict.target.target),
    description: conflict.root.folder.name,
    conflict,
  }));
  const placeHolder = vscode.l10n.t('Which file in conflict?');
  return (await vscode.window.showQuickPick(picks, { placeHolder }))?.conflict;
}
