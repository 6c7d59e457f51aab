import { setImmediate } from 'node:timers/promises';

/** How long synchronous work may go on, in ms: an editor answers within a picture's time. */
const sliceMs = 8;

/**
 * Divides synchronous work into slices between which everything else has its turn. Reading many small files is
 * synchronous, since a promise for each of open, read and close costs four times as much as the calls.
 */
export class TimeSlice {
  readonly #clock: () => number;
  #start: number;

  /** Begins a slice. The clock counts ms; only tests have another one. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#start = clock();
  }

  /** To be awaited between two pieces of work; gives way only when the slice is over. */
  async giveWay(): Promise<void> {
    if (this.#clock() - this.#start <= sliceMs) return;
    await setImmediate();
    this.#start = this.#clock();
  }
}
