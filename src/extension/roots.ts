import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Report } from '../core/types.ts';
import { describeError } from './log.ts';
import { Root, type RootContext } from './root.ts';

/** A root that owns a path, and the path as seen from it. */
export type Place = { readonly root: Root; readonly relativePath: string };

/** The workspace folders on disk, each with its queue, as they come and go. */
export class Roots {
  readonly #context: RootContext;
  readonly #byUri = new Map<string, { readonly root: Root; readonly ready: Promise<void> }>();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #arrivals = new vscode.EventEmitter<Root>();
  readonly #runs = new vscode.EventEmitter<Report>();
  /** Fires when a root came or went, or its state is another one. */
  readonly onDidChange = this.#changes.event;
  /** Fires for a new root once its project file was read. */
  readonly onDidArrive = this.#arrivals.event;
  readonly onDidRun = this.#runs.event;
  readonly #listener = vscode.workspace.onDidChangeWorkspaceFolders(() => this.#follow());

  constructor(context: RootContext) {
    this.#context = context;
    this.#follow();
  }

  get all(): readonly Root[] {
    return [...this.#byUri.values()].map(({ root }) => root);
  }

  get withProject(): readonly Root[] {
    return this.all.filter((root) => root.hasProject);
  }

  /** Settles when the project files of all roots were read. */
  async ready(): Promise<void> {
    await Promise.all([...this.#byUri.values()].map(({ ready }) => ready));
  }

  /** Finds the innermost root with a project file that a path lies in. */
  ownerOf(absolutePath: string): Place | undefined {
    return innermost(this.withProject, absolutePath);
  }

  /**
   * Finds all roots with a project file that a path lies in, innermost first: where folders nest, a target of the
   * outer one may list files of the inner one.
   */
  ownersOf(absolutePath: string): readonly Place[] {
    return placesOf(this.withProject, absolutePath);
  }

  /** Finds the innermost root that a path lies in, with or without a project file. */
  folderOf(absolutePath: string): Place | undefined {
    return innermost(this.all, absolutePath);
  }

  /** Stops everything and settles when the runs that are going on have ended. */
  async dispose(): Promise<void> {
    this.#listener.dispose();
    await Promise.all(this.all.map((root) => root.dispose()));
    for (const emitter of [this.#changes, this.#arrivals, this.#runs]) emitter.dispose();
  }

  #follow(): void {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const uris = new Set(folders.map(({ uri }) => uri.toString()));
    for (const [uri, { root }] of [...this.#byUri]) {
      if (uris.has(uri)) continue;
      this.#byUri.delete(uri);
      root.dispose().catch((error) => this.#context.log.error(describeError(error)));
    }
    for (const folder of folders) if (!this.#byUri.has(folder.uri.toString())) this.#add(folder);
    this.#changes.fire();
  }

  #add(folder: vscode.WorkspaceFolder): void {
    const root = new Root(folder, this.#context);
    root.onDidChange(() => this.#changes.fire());
    root.onDidRun((report) => this.#runs.fire(report));
    const ready = root
      .readProject()
      .then(() => this.#arrivals.fire(root))
      .catch((error) => this.#context.log.error(describeError(error)));
    this.#byUri.set(folder.uri.toString(), { root, ready });
  }
}

function innermost(roots: readonly Root[], absolutePath: string): Place | undefined {
  return placesOf(roots, absolutePath)[0];
}

function placesOf(roots: readonly Root[], absolutePath: string): readonly Place[] {
  const places = roots.flatMap((root) => {
    const relative = path.relative(root.absolutePath, absolutePath);
    const isInside = relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
    return isInside ? [{ root, relativePath: relative.split(path.sep).join('/') }] : [];
  });
  return places.sort((one, other) => one.relativePath.length - other.relativePath.length);
}
