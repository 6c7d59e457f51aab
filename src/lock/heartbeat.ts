import { touchEntry } from './volumeEntries.ts';

/** Shows that the holder of an entry lives, by a text that keeps changing. */
export class Heartbeat {
  /** What an entry begins with. */
  static readonly first = '00000000';
  readonly #timer: NodeJS.Timeout;
  #last: Promise<void> = Promise.resolve();
  #isStopped = false;

  /** Begins to beat every `everyMs`. The timer keeps no process alive and throws nothing. */
  constructor(folder: string, number: number, everyMs: number) {
    let count = 0;
    this.#timer = setInterval(() => {
      count = (count + 1) % 100_000_000;
      const text = `${count}`.padStart(Heartbeat.first.length, '0');
      this.#last = this.#last.then(async () => {
        if (this.#isStopped) return;
        // An entry that was taken away, or a disk that fails: the fence is asked before anything is done.
        await touchEntry(folder, number, text).catch(() => undefined);
      });
    }, everyMs);
    this.#timer.unref();
  }

  /** Settles when no beat is on its way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#last;
  }
}
