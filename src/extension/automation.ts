import * as vscode from 'vscode';
import { isEnabled, runsOnFileChange, saveRuns } from './settings.ts';

/** The gate that every automatic run passes: trust, the pause of this window, and the settings of the folder. */
export class Automation {
  readonly #changes = new vscode.EventEmitter<void>();
  /** Fires when runs were paused or resumed. */
  readonly onDidChange = this.#changes.event;
  #isPaused = false;

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Pauses or resumes the automatic runs of this window. */
  setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    this.#changes.fire();
  }

  /** Tells whether a created, renamed, deleted or changed file may start a run. */
  allowsFileChange(folder: vscode.Uri): boolean {
    return this.#isOpen(folder) && runsOnFileChange(folder);
  }

  /** Tells whether a save for this reason may start a run; an unknown reason counts as the user's. */
  allowsSave(folder: vscode.Uri, reason: vscode.TextDocumentSaveReason | undefined): boolean {
    if (!this.#isOpen(folder)) return false;
    const runs = saveRuns(folder);
    const isManual = reason === undefined || reason === vscode.TextDocumentSaveReason.Manual;
    return runs === 'anySave' || (runs === 'manualSave' && isManual);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #isOpen(folder: vscode.Uri): boolean {
    return vscode.workspace.isTrusted && !this.#isPaused && isEnabled(folder);
  }
}
