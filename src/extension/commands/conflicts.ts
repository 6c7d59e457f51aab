import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Report, TargetReport } from '../../core/types.ts';
import { changeOf } from '../preview.ts';
import type { Root } from '../root.ts';
import { activeFile, fileOf } from './activeFile.ts';
import { mayWrite } from './refusals.ts';
import type { Surroundings } from './surroundings.ts';
import { tellOutcome } from './tellOutcome.ts';

type Conflict = { readonly root: Root; readonly target: TargetReport };

/** Shows the text of a file in conflict beside the regenerated one. */
export async function showConflict(surroundings: Surroundings, uri?: vscode.Uri): Promise<void> {
  const conflict = await chooseConflict(surroundings, uri);
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
  const conflict = await chooseConflict(surroundings, uri);
  if (conflict === undefined) return undefined;
  const { output } = conflict.target.target;
  const isSure = await surroundings.notices.confirm({
    message: t('Overwrite {0}?', output),
    detail: t(
      'What is in it now is replaced by the regenerated text and can only be had back from version control.',
    ),
    yes: t('Overwrite'),
  });
  if (!isSure) return undefined;
  const report = await conflict.root.overwrite(output);
  tellOutcome([report], surroundings);
  return report;
}

async function chooseConflict(
  { roots, notices }: Surroundings,
  uri?: vscode.Uri,
): Promise<Conflict | undefined> {
  const conflicts = roots.all.flatMap((root) =>
    [...root.state.targets.values()]
      .filter(({ outcome }) => outcome.kind === 'conflict')
      .map((target): Conflict => ({ root, target })),
  );
  const file = fileOf(uri) ?? activeFile();
  const named = conflicts.find(
    ({ root, target }) => path.join(root.absolutePath, target.target.output) === file?.fsPath,
  );
  if (named !== undefined) return named;
  if (uri !== undefined || conflicts.length === 0) {
    notices.mention(vscode.l10n.t('Atomic Index: there is no conflict'));
    return undefined;
  }
  const picks = conflicts.map((conflict) => ({
    label: conflict.target.target.output,
    description: conflict.root.folder.name,
    conflict,
  }));
  const placeHolder = vscode.l10n.t('Which file in conflict?');
  return (await vscode.window.showQuickPick(picks, { placeHolder }))?.conflict;
}
