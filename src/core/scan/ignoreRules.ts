import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import ignore, { type Ignore } from 'ignore';

type Rules = { readonly absoluteFolder: string; readonly rules: Ignore };

/**
 * What git ignores at and below a folder. Only `.gitignore` files count: `.git/info/exclude` and the user's own list
 * differ from one machine to the next, and so would the output.
 */
export class IgnoreRules {
  readonly #chain: readonly Rules[];

  private constructor(chain: readonly Rules[]) {
    this.#chain = chain;
  }

  /** Reads the rules that hold in a folder: from the top of its git repository down to it. */
  static async at(absoluteFolder: string): Promise<IgnoreRules> {
    const folders = [absoluteFolder];
    for (let folder = absoluteFolder; !(await isRepository(folder)); ) {
      const above = path.dirname(folder);
      // No repository at all: then only the folder's own rules, and those below, are known to be meant.
      if (above === folder) return new IgnoreRules([]).inside(absoluteFolder);
      folder = above;
      folders.unshift(folder);
    }
    let rules = new IgnoreRules([]);
    for (const folder of folders) rules = await rules.inside(folder);
    return rules;
  }

  /** Gives the rules that hold in a folder below, with those of its own `.gitignore` added. */
  async inside(absoluteFolder: string): Promise<IgnoreRules> {
    const text = await readFile(path.join(absoluteFolder, '.gitignore'), 'utf8').catch(() => null);
    if (text === null) return this;
    return new IgnoreRules([...this.#chain, { absoluteFolder, rules: ignore().add(text) }]);
  }

  /** Tells whether git ignores a file or folder. The innermost rules that say anything decide (man gitignore). */
  ignores(absolutePath: string, isFolder: boolean): boolean {
    for (const { absoluteFolder, rules } of this.#chain.toReversed()) {
      const relativePath = path.relative(absoluteFolder, absolutePath).split(path.sep).join('/');
      if (relativePath === '' || relativePath.startsWith('../')) continue;
      const verdict = rules.test(isFolder ? `${relativePath}/` : relativePath);
      if (verdict.ignored) return true;
      if (verdict.unignored) return false;
    }
    return false;
  }
}

async function isRepository(absoluteFolder: string): Promise<boolean> {
  return stat(path.join(absoluteFolder, '.git')).then(
    () => true,
    () => false,
  );
}
