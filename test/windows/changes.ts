import { renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { openFile, replaceAll, save } from '../ui/driver/driver.ts';
import type { Random } from './random.ts';
import { type Area, newName, newText, type Tree } from './tree.ts';
import type { DrivenWindow } from './windows.ts';

/** One thing that a person or a program does to the sources. */
export type Change = {
  readonly what: string;
  readonly area: Area;
  /**
   * How many listings it may make one after the other: a file written in place is empty for a moment, and of a renamed
   * one a walk may see both names or none.
   */
  readonly listings: 1 | 2;
  /** Where it is done, unless another program does it. */
  readonly window?: DrivenWindow;
  perform(): Promise<void>;
};

/** Chooses changes for one round, each of another file. */
export class Changes {
  readonly #tree: Tree;
  readonly #windows: readonly DrivenWindow[];
  readonly #random: Random;
  readonly #free: Record<Area, string[]>;
  readonly #hasKeyboard: boolean;

  constructor(tree: Tree, windows: readonly DrivenWindow[], random: Random, hasKeyboard: boolean) {
    this.#tree = tree;
    this.#windows = windows;
    this.#random = random;
    this.#hasKeyboard = hasKeyboard;
    this.#free = {
      docs: random.shuffle(tree.namesIn('docs')),
      src: random.shuffle(tree.namesIn('src')),
    };
  }

  /** A file of an area that no other change of this round touches. */
  takeFile(area: Area): string | undefined {
    const name = this.#free[area].pop();
    return name === undefined ? undefined : path.join(this.#tree.folderOf(area), name);
  }

  /** Any change, by a window or on the disk. */
  any(): Change {
    const area = this.#random.pick<Area>(['docs', 'docs', 'src']);
    const isMany = this.#tree.namesIn(area).length > 6;
    const make = this.#random.pick([
      this.#save,
      this.#replace,
      this.#rename,
      isMany ? this.#remove : this.#create,
    ]);
    return make.call(this, area);
  }

  /** A new file, put in its place in one step by another program. */
  createOnDisk(area: Area): Change {
    const file = path.join(this.#tree.folderOf(area), newName(area));
    const text = newText(area, this.#random);
    const perform = async (): Promise<void> => this.#putInPlace(file, text);
    return { what: `${file} is created on the disk`, area, listings: 1, perform };
  }

  /** A save in an editor. */
  save(): Change {
    return this.#save(this.#random.pick<Area>(['docs', 'src']));
  }

  #save(area: Area): Change {
    const file = this.takeFile(area);
    if (file === undefined) return this.#create(area);
    const window = this.#random.pick(this.#windows);
    const text = newText(area, this.#random);
    if (this.#hasKeyboard && area === 'docs') {
      const perform = async (): Promise<void> => {
        await openFile(window.page, `notes/${path.basename(file)}`);
        await replaceAll(window.page, text.split('\n')[0] ?? '');
        await save(window.page);
      };
      return { what: `${window.name} saves ${file} by the keyboard`, area, listings: 2, window, perform };
    }
    const perform = async (): Promise<void> => {
      await (await window.link()).request('type', { file, text, isSaved: true });
    };
    return { what: `${window.name} saves ${file}`, area, listings: 2, window, perform };
  }

  #replace(area: Area): Change {
    const file = this.takeFile(area);
    if (file === undefined) return this.#create(area);
    const text = newText(area, this.#random);
    if (this.#random.below(2) === 0) {
      const perform = async (): Promise<void> => writeFileSync(file, text);
      return { what: `${file} is written in place`, area, listings: 2, perform };
    }
    const perform = async (): Promise<void> => this.#putInPlace(file, text);
    return { what: `${file} is replaced`, area, listings: 1, perform };
  }

  #create(area: Area): Change {
    if (this.#random.below(2) === 0) return this.createOnDisk(area);
    const file = path.join(this.#tree.folderOf(area), newName(area));
    const text = newText(area, this.#random);
    const window = this.#random.pick(this.#windows);
    const perform = async (): Promise<void> => {
      await (await window.link()).request('create', { file, text });
    };
    return { what: `${window.name} creates ${file}`, area, listings: 2, window, perform };
  }

  #rename(area: Area): Change {
    const file = this.takeFile(area);
    if (file === undefined) return this.#create(area);
    const to = path.join(path.dirname(file), newName(area));
    if (this.#random.below(2) === 0) {
      const perform = async (): Promise<void> => renameSync(file, to);
      return { what: `${file} is renamed to ${to} on the disk`, area, listings: 2, perform };
    }
    const window = this.#random.pick(this.#windows);
    const perform = async (): Promise<void> => {
      await (await window.link()).request('rename', { file, to });
    };
    return { what: `${window.name} renames ${file} to ${to}`, area, listings: 2, window, perform };
  }

  #remove(area: Area): Change {
    const file = this.takeFile(area);
    if (file === undefined) return this.#create(area);
    if (this.#random.below(2) === 0) {
      const perform = async (): Promise<void> => rmSync(file);
      return { what: `${file} is deleted on the disk`, area, listings: 1, perform };
    }
    const window = this.#random.pick(this.#windows);
    const perform = async (): Promise<void> => {
      await (await window.link()).request('remove', { file });
    };
    return { what: `${window.name} deletes ${file}`, area, listings: 1, window, perform };
  }

  // As git and careful editors do: nobody sees the half of it.
  #putInPlace(file: string, text: string): void {
    const prepared = path.join(path.dirname(this.#tree.harbour), 'prepared');
    writeFileSync(prepared, text);
    renameSync(prepared, file);
  }
}
