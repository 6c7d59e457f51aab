import { Writable } from 'node:stream';
import { refuseUnexpected } from './atomicWrite.ts';
import { commitTemp } from './commit.ts';
import { toBytes } from './content.ts';
import { AtomicWriteError } from './errors.ts';
import { inspectTarget } from './inspectTarget.ts';
import type { AtomicWriteOptions, WriteResult } from './options.ts';
import { inPathQueue } from './pathQueue.ts';
import { type ResolvedTarget, resolveTarget } from './resolveTarget.ts';
import { sweepBeforeWrite } from './sweepBeforeWrite.ts';
import { appendToTemp, createTempFile, discardTemp, type TempFile, throwIfAborted } from './tempFile.ts';

/** Options of a streamed write; `ifChanged` would need all the bytes beforehand. */
export type AtomicFileOptions = Omit<AtomicWriteOptions, 'ifChanged'>;

/**
 * A file that is written piece by piece and appears whole at `commit()`, or not at all.
 *
 * Use it with `await using`, or call `abort()` in a `finally`: both do nothing after a commit.
 */
export class AtomicFile implements AsyncDisposable {
  readonly path: string;
  readonly #temp: TempFile;
  readonly #options: AtomicFileOptions;
  #state: 'open' | 'committed' | 'aborted' = 'open';
  #lastWrite: Promise<void> = Promise.resolve();
  #discarding: Promise<void> | undefined;
  #writable: Writable | undefined;

  private constructor(target: ResolvedTarget, temp: TempFile, options: AtomicFileOptions) {
    this.path = target.path;
    this.#temp = temp;
    this.#options = options;
  }

  /**
   * Prepares to write a file; nothing changes at `path` before `commit()`.
   * @throws {AtomicWriteError}
   */
  static async open(path: string, options: AtomicFileOptions = {}): Promise<AtomicFile> {
    throwIfAborted(options.signal, 'resolve', path);
    const first = await resolveTarget(path, options.links ?? 'follow');
    const hasRecovered = await sweepBeforeWrite(first.folder, options);
    const target = hasRecovered ? await resolveTarget(path, options.links ?? 'follow') : first;
    await inspectTarget(target, options);
    await refuseUnexpected(target, options);
    const temp = await createTempFile(target.folder, target.path, options.ensureParent ?? true);
    return new AtomicFile(target, temp, options);
  }

  /**
   * Appends a piece; settles when the system has taken all of it, so awaiting it is the back-pressure. After an error
   * the temp file is gone and nothing can be committed.
   * @throws {AtomicWriteError}
   */
  write(chunk: string | ArrayBufferView): Promise<void> {
    const bytes =
      typeof chunk === 'string' ? Buffer.from(chunk, this.#options.encoding ?? 'utf8') : toBytes(chunk);
    const run = this.#lastWrite.then(async () => {
      this.#refuseClosed('write');
      try {
        await appendToTemp(this.#temp, this.path, bytes, this.#options.signal);
      } catch (error) {
        this.#state = 'aborted';
        await this.#discard();
        throw error;
      }
    });
    this.#lastWrite = run.catch(() => undefined);
    return run;
  }

  /** A stream that writes to this file. Its end doesn't commit; its destruction, by a failing source, aborts. */
  get writable(): Writable {
    this.#writable ??= new Writable({
      decodeStrings: true,
      write: (chunk: Buffer, _encoding, callback) => {
        this.write(chunk).then(() => callback(), callback);
      },
      destroy: (error, callback) => {
        // An orderly end destroys the stream too, without an error; then the caller still has to commit.
        const ended = error === null && this.#writable?.writableFinished === true;
        (ended ? Promise.resolve() : this.abort()).then(
          () => callback(error),
          () => callback(error),
        );
      },
    });
    return this.#writable;
  }

  /**
   * Makes what was written the file's content, in one step.
   * @throws {AtomicWriteError} and leaves the old file byte for byte, with no temp file.
   */
  async commit(): Promise<WriteResult> {
    await this.#lastWrite;
    await this.#discarding;
    this.#refuseClosed('guard');
    this.#state = 'committed';
    try {
      return await inPathQueue(this.path, async () => {
        // What is there now counts, not what was there when the handle was opened: its mode is the one to keep.
        const target = await resolveTarget(this.path, 'replace');
        await inspectTarget(target, this.#options);
        return commitTemp(this.#temp, target, this.#options);
      });
    } catch (error) {
      await discardTemp(this.#temp);
      throw error;
    }
  }

  /** Gives up what was written; the old file stays and the temp file is gone. Does nothing after a commit. */
  async abort(): Promise<void> {
    if (this.#state === 'committed') return;
    this.#state = 'aborted';
    // A write that is going on must end before its descriptor is closed: the number may be given to another file at
    // once, and the rest of the write would go there.
    await this.#lastWrite;
    await this.#discard();
  }

  /** Aborts unless committed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.abort();
  }

  #discard(): Promise<void> {
    this.#discarding ??= discardTemp(this.#temp);
    return this.#discarding;
  }

  #refuseClosed(step: AtomicWriteError['step']): void {
    if (this.#state !== 'open') throw new AtomicWriteError(step, this.path, 'CLOSED');
  }
}
