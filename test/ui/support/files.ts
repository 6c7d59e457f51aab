import { readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { provenanceOf } from '../../../src/core/provenance.ts';
import { poll } from '../../host/poll.ts';

const limitMs = 30_000;

/** Reads a file, or gives `undefined` when there is none. */
export function readIfThere(file: string): string | undefined {
  return statSync(file, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(file, 'utf8');
}

/** Waits until a file has all the texts in it, and gives its content. */
export async function waitForText(file: string, ...texts: readonly string[]): Promise<string> {
  return await poll(`${file} contains ${texts.join(', ')}`, limitMs, async () => {
    const content = readIfThere(file);
    return content !== undefined && texts.every((text) => content.includes(text)) && content;
  });
}

/** What changes with every write of a file, even of the same text. */
export function stampOf(file: string): string {
  const { ino, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
  return `${ino} ${mtimeNs} ${ctimeNs}`;
}

export type Watched = {
  readonly reads: number;
  /** How often the file was replaced. */
  readonly writes: number;
  /** Every text that was not a whole generated file. */
  readonly broken: readonly string[];
};

/** Reads a generated file over and over while something is done. */
export async function watchFile(file: string, during: () => Promise<void>): Promise<Watched> {
  let isOver = false;
  const watching = (async (): Promise<Watched> => {
    const stamps = new Set<string>();
    const broken: string[] = [];
    let reads = 0;
    while (!isOver) {
      stamps.add(stampOf(file));
      const text = readFileSync(file, 'utf8');
      if (provenanceOf(text) !== 'generated') broken.push(text);
      reads++;
      await delay(1);
    }
    return { reads, writes: stamps.size - 1, broken };
  })();
  try {
    await during();
  } finally {
    isOver = true;
  }
  return await watching;
}
