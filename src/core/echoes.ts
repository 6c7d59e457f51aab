import { contentHashOf } from './contentHash.ts';
import { readBytesOrNull } from './scan/readText.ts';

/**
 * Tells our own writes, when they come back as file events, from changes by others: by content, not by time, since an
 * event may be late and somebody else's write may be early.
 */
export class Echoes {
  readonly #hashes = new Map<string, string>();

  /** Notes what was written to a file. */
  remember(absolutePath: string, text: string): void {
    this.rememberHash(absolutePath, contentHashOf(text));
  }

  /** Notes what a file holds by the hash of it. */
  rememberHash(absolutePath: string, contentHash: string): void {
    this.#hashes.set(absolutePath, contentHash);
  }

  /**
   * Tells whether a file still holds what was noted last. Once it was seen with other content it is no longer ours, so
   * that a change by others and its undoing are both noticed.
   */
  async isEcho(absolutePath: string): Promise<boolean> {
    const hash = this.#hashes.get(absolutePath);
    if (hash === undefined) return false;
    const bytes = await readBytesOrNull(absolutePath).catch(() => null);
    const isEcho = bytes !== null && contentHashOf(bytes) === hash;
    if (!isEcho && this.#hashes.get(absolutePath) === hash) this.#hashes.delete(absolutePath);
    return isEcho;
  }
}
