import * as vscode from 'vscode';

/** Remembers why a document is being saved, which only the event before the save tells. */
export class SaveReasons {
  // By document and not by its version: a formatter may make another version between the two events.
  readonly #reasons = new WeakMap<vscode.TextDocument, vscode.TextDocumentSaveReason>();
  readonly #listener = vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
    this.#reasons.set(document, reason);
  });

  /** Gives the reason of the save that just ended, once; `undefined` when VS Code gave none. */
  take(document: vscode.TextDocument): vscode.TextDocumentSaveReason | undefined {
    const reason = this.#reasons.get(document);
    this.#reasons.delete(document);
    return reason;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}
