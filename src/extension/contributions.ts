import * as vscode from 'vscode';
import { registerGenerator } from '../core/generators/registry.ts';
import type { ContributedGenerator } from '../core/publicApi.ts';

/** A generator that other extensions registered, or one that is gone again. */
export type Contribution = { readonly id: string; readonly isThere: boolean };

/** The generators that other extensions of this window have registered. */
export class Contributions {
  readonly #changes = new vscode.EventEmitter<Contribution>();
  readonly #removals = new Set<() => void>();
  readonly onDidChange = this.#changes.event;

  /** Registers a generator until it is disposed of. Throws a `TypeError` when there is something wrong with it. */
  register(generator: ContributedGenerator): vscode.Disposable {
    const { id, remove } = registerGenerator(generator);
    this.#removals.add(remove);
    this.#changes.fire({ id, isThere: true });
    return new vscode.Disposable(() => {
      if (!this.#removals.delete(remove)) return;
      remove();
      this.#changes.fire({ id, isThere: false });
    });
  }

  dispose(): void {
    for (const remove of this.#removals) remove();
    this.#removals.clear();
    this.#changes.dispose();
  }
}
