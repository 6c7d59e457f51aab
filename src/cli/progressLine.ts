import type { Progress } from '../core/regenerate.ts';

/** Runs shorter than this show nothing. */
const quietMs = 500;

/** One line on a terminal that says how far a long run is, and leaves nothing behind. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #startedAt = performance.now();
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** Shows the progress, unless this is no terminal or the run is still young. */
  show({ done, total, output }: Progress): void {
    if (!this.#stream.isTTY || performance.now() - this.#startedAt < quietMs) return;
    const width = Math.max(20, this.#stream.columns ?? 80) - 1;
    this.#stream.write(`\r\u001b[K${`${done}/${total} ${output}`.slice(0, width)}`);
    this.#isShown = true;
  }

  /** Says that the run waits for another process. */
  showWait(output: string): void {
    if (!this.#stream.isTTY) return;
    this.#stream.write(`\r\u001b[KWaiting for another window or process at work on ${output} …`);
    this.#isShown = true;
  }

  clear(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[K');
    this.#isShown = false;
  }
}
