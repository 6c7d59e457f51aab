import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { shuffledListing } from '../support/listingOrder.ts';
import { repositoryFile } from '../support/repository.ts';

export type Regeneration = {
  /** The outputs relative to the folder, each with what became of it. */
  readonly outcomes: readonly { readonly output: string; readonly kind: string }[];
  readonly errors: readonly string[];
};

/** What a machine may differ in: its locale, and the order in which its disk lists files. */
export type Surroundings = { readonly locale: string; readonly seed: number };

/** Three families of rules for upper case, accents and digits; the first is the plainest there is. */
export function threeSurroundings(seed: number): readonly [Surroundings, Surroundings, Surroundings] {
  return [
    { locale: 'C', seed },
    { locale: 'tr_TR.UTF-8', seed: seed + 1 },
    { locale: 'sv_SE.UTF-8', seed: seed + 2 },
  ];
}

/** Regenerates all targets of a folder in a process of its own. */
export function regenerateIn(folder: string, { locale, seed }: Surroundings): Regeneration {
  const script = repositoryFile('out', 'test', 'real-input', 'regenerateOnce.js');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', shuffledListing(seed), script, folder],
    {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: locale, LANG: locale },
      maxBuffer: 1 << 28,
    },
  );
  assert.equal(stderr, '');
  const { locale: found, ...regeneration } = JSON.parse(stdout);
  assert.equal(found, locale === 'C' ? 'en-US' : locale.slice(0, 5).replace('_', '-'));
  return regeneration;
}
