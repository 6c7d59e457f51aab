import * as path from 'node:path';
import * as vscode from 'vscode';
import { hasText } from '../core/conflicts.ts';
import type { Report, TargetReport } from '../core/types.ts';

/** The scheme of texts that are on no disk: what a file would become, or the nothing that it was. */
export const previewScheme = 'atomic-index';

/** What would change: the text on disk and the one that would replace it. */
export type Change = {
  readonly uri: vscode.Uri;
  readonly oldText: string | null;
  readonly newText: string;
};

/** Shows what a run would write, before anything is written. */
export class Preview {
  readonly #texts = new Map<string, string>();
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(previewScheme, {
    onDidChange: this.#changes.event,
    provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
  });

  /** Opens a diff for one change, and one editor with all diffs for several. */
  async show(changes: readonly Change[]): Promise<void> {
    const [first] = changes;
    if (first === undefined) return;
    if (changes.length === 1) {
      const [, left, right] = this.#sidesOf(first);
      const name = path.posix.basename(first.uri.path);
      await vscode.commands.executeCommand(
        'vscode.diff',
        left,
        right,
        vscode.l10n.t('{0} (now ↔ regenerated)', name),
        {
          preview: true,
        },
      );
      return;
    }
    const title = vscode.l10n.t('Atomic Index: {0} files would change', changes.length);
    await vscode.commands.executeCommand(
      'vscode.changes',
      title,
      changes.map((change) => this.#sidesOf(change)),
    );
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changes.dispose();
  }

  #sidesOf({ uri, oldText, newText }: Change): [vscode.Uri, vscode.Uri, vscode.Uri] {
    const left = oldText === null ? this.#hold(uri, 'before', '') : uri;
    return [uri, left, this.#hold(uri, 'regenerated', newText)];
  }

  #hold(uri: vscode.Uri, side: string, text: string): vscode.Uri {
    const held = uri.with({ scheme: previewScheme, query: side });
    if (this.#texts.get(held.toString()) !== text) {
      this.#texts.set(held.toString(), text);
      this.#changes.fire(held);
    }
    return held;
  }
}

/** Gives what the reports of a check say would change, conflicts included. */
export function changesIn(reports: readonly Report[]): readonly Change[] {
  return reports.flatMap(({ absoluteRoot, targets }) =>
    targets.flatMap((target) => changeOf(absoluteRoot, target) ?? []),
  );
}

/** Gives what a target would change in its file, or `undefined` when it would change nothing. */
export function changeOf(absoluteRoot: string, { target, outcome }: TargetReport): Change | undefined {
  if (outcome.kind !== 'created' && outcome.kind !== 'updated' && outcome.kind !== 'conflict')
    return undefined;
  if (outcome.kind === 'conflict' && !hasText(outcome.reason)) return undefined;
  const uri = vscode.Uri.file(path.join(absoluteRoot, target.output));
  return { uri, oldText: outcome.oldText, newText: outcome.newText };
}
