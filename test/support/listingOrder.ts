/**
 * Gives the argument for `node --import` that has the disk list folders in another order, since it promises none. The
 * expression makes the new order of `entries`, which are names or `Dirent`s. Loaded before the program, so that it never
 * sees another order.
 */
export function listingOrder(expression: string): string {
  const code = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const arrange = (entries) => ${expression};
    const { readdir } = fs.promises;
    fs.promises.readdir = async (...args) => arrange(await readdir(...args));
    const { readdirSync } = fs;
    fs.readdirSync = (...args) => arrange(readdirSync(...args));
    syncBuiltinESMExports();`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

/** An order that has nothing to do with names, another one for each seed. */
export function shuffledListing(seed: number): string {
  const hash = `[...String(entry.name ?? entry)].reduce((sum, one) => Math.imul(sum ^ one.codePointAt(0), 16777619), ${seed | 0})`;
  return listingOrder(
    `entries.map((entry) => ({ entry, rank: ${hash} })).sort((a, b) => a.rank - b.rank).map(({ entry }) => entry)`,
  );
}
