import type { Progress, RegenerateRequest } from '../core/regenerate.ts';

type Waiting = Parameters<NonNullable<RegenerateRequest['onWait']>>[1];

/** Runs shorter than this show nothing. */
const quietMs = 500;

/** One line on a terminal that says how far a long run is, and leaves nothing behind. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #timer: NodeJS.Timeout;
  #text = '';
  #isQuiet = true;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    // By a timer, not by the next step: the first target alone may take long.
    this.#timer = setTimeout(() => {
      this.#isQuiet = false;
      this.#draw();
    }, quietMs);
  }

  /** Shows how far the run is, unless this is no terminal or the run is still young. */
  show({ done, total, output }: Progress): void {
    this.#text = `${done}/${total} ${output}`;
    this.#draw();
  }

  /** Says that the run waits for another process. */
  showWait(output: string, holder: Waiting): void {
    const who = holder === undefined ? 'another window or process' : `${holder.name} (process ${holder.pid})`;
    this.#text = `Waiting for ${who} at work on ${output} …`;
    this.#draw();
  }

  /** Takes the line away. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#text = '';
    this.#draw();
  }

  #draw(): void {
    if (this.#isQuiet || !this.#stream.isTTY) return;
    // A terminal that does not know its width says 0.
    const width = (this.#stream.columns || 80) - 1;
    this.#stream.write(`\r\u001b[K${this.#text.slice(0, width)}`);
  }
}
