import * as vscode from 'vscode';
import { Echoes } from '../core/echoes.ts';
import { readBytesOrNull } from '../core/scan/readText.ts';
import { isSameFile } from '../core/scan/sameFile.ts';

/** How long VS Code may take to show a file that was replaced on disk (seen: up to 5 s). */
const showsWithinMs = 10_000;

/** What this window's editors hold: unsaved changes that must not be overtaken, and texts that must catch up. */
export class OpenDocuments {
  /** What was saved here, so that a save that may not start a run doesn't start one by its file event. */
  readonly saved = new Echoes();
  readonly #log: vscode.LogOutputChannel;
  readonly #settled = new vscode.EventEmitter<string>();
  /** Fires with the absolute path of a document that has no unsaved changes any more, or is closed. */
  readonly onDidSettle = this.#settled.event;
  readonly #expected = new Map<string, NodeJS.Timeout>();
  readonly #listeners: vscode.Disposable;
  #isDisposed = false;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#listeners = vscode.Disposable.from(
      // The watcher may tell of the save before VS Code does; what a formatter adds is noted afterwards.
      vscode.workspace.onWillSaveTextDocument(({ document }) => this.#noteSave(document)),
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.#noteSave(document);
        this.#settle(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#settle(document)),
      // Undoing or reverting all changes is no save; VS Code tells of it as a change.
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (!document.isDirty) this.#settle(document);
      }),
    );
  }

  /** Tells whether an editor of this window has unsaved changes of a file, by whichever path it was opened. */
  async isDirty(absolutePath: string): Promise<boolean> {
    for (const { uri, isDirty } of vscode.workspace.textDocuments) {
      if (uri.scheme !== 'file' || !isDirty) continue;
      if (uri.fsPath === absolutePath || (await isSameFile(uri.fsPath, absolutePath))) return true;
    }
    return false;
  }

  /**
   * Watches until the document of a file that was just replaced shows the new text, and logs a warning if it doesn't:
   * an editor that missed the change would write the old text back with its next save.
   */
  expectText(absolutePath: string, text: string): void {
    this.#forget(absolutePath);
    if (findDocument(absolutePath) === undefined) return;
    const timer = setTimeout(() => void this.#warnUnlessShown(absolutePath, text), showsWithinMs);
    this.#expected.set(absolutePath, timer);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.dispose();
    this.#settled.dispose();
    for (const absolutePath of [...this.#expected.keys()]) this.#forget(absolutePath);
  }

  #noteSave(document: vscode.TextDocument): void {
    if (document.uri.scheme === 'file') this.saved.remember(document.uri.fsPath, document.getText());
  }

  #settle({ uri }: vscode.TextDocument): void {
    if (uri.scheme === 'file') this.#settled.fire(uri.fsPath);
  }

  async #warnUnlessShown(absolutePath: string, text: string): Promise<void> {
    this.#forget(absolutePath);
    const bytes = await readBytesOrNull(absolutePath).catch(() => null);
    const document = findDocument(absolutePath);
    // Whoever has begun to type meanwhile gets VS Code's own question at the next save.
    if (bytes === null || document === undefined || document.isDirty || this.#isDisposed) return;
    // A run here has written meanwhile, and watches for its own text.
    if (this.#expected.has(absolutePath)) return;
    const textOnDisk = bytes.toString();
    if (comparable(document.getText()) === comparable(textOnDisk)) return;
    // Another window or program has written since; its text gets as much time.
    if (comparable(textOnDisk) !== comparable(text)) {
      this.expectText(absolutePath, textOnDisk);
      return;
    }
    this.#log.warn(
      `${absolutePath} was regenerated, but its editor still shows the old text. Run "File: Revert File" in it before you edit or save it.`,
    );
  }

  #forget(absolutePath: string): void {
    clearTimeout(this.#expected.get(absolutePath));
    this.#expected.delete(absolutePath);
  }
}

function findDocument(absolutePath: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    ({ uri, isClosed }) => uri.scheme === 'file' && !isClosed && uri.fsPath === absolutePath,
  );
}

// A document has one kind of line end and no byte order mark, whatever its file has.
function comparable(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}
