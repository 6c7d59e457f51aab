import * as net from 'node:net';
import { type Card, fromLine, toLine } from './card.ts';
import type { Farewell, KernelLock } from './kernelLock.ts';

/** A note longer than this isn't waited for: whoever needs it looks for itself. In bytes. */
const maxHeardBytes = 4 * 1024 * 1024;

/** The size of `sun_path` (man 7 unix). */
const addressBytes = 108;

/**
 * The address that stands for a key: an abstract socket on Linux (man 7 unix: no file, gone with its last descriptor),
 * a named pipe on Windows, of which libuv opens only the first instance (FILE_FLAG_FIRST_PIPE_INSTANCE). Both are taken
 * by exactly one process and freed by the kernel when it dies, however it dies, so there is no stale lock to break.
 */
function addressOf(key: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\atomic-index-${key}`;
  // An abstract name is all of its bytes, zeros too (man 7 unix). Node 20 fills the rest of the address with zeros by
  // itself and Node 24 doesn't; without ours, an editor with one and a tool with the other would not meet.
  return `\0atomic-index-${key}`.padEnd(addressBytes, '\0');
}

function listen(server: net.Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // `exclusive`: in a cluster worker, Node would otherwise share the address with the other workers.
    server.listen({ path, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * A lock for one host (on Linux: one network namespace), held by listening on an address. Who connects is told who the
 * holder is, and at the end what it did; the end of the connection itself is the sign to try again.
 */
export const socketLock: KernelLock = {
  async tryAcquire(key, card) {
    const waiting = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      // Its errors (it was killed, say) are its own affair.
      waiting.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => waiting.delete(socket));
      socket.resume();
      socket.unref();
      socket.write(toLine(card));
    });
    try {
      await listen(server, addressOf(key));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null;
      throw error;
    }
    // A failed accept (too many open files) must not end the process: the waiter tries again by itself.
    server.on('error', () => undefined);
    // A program that ends while holding the lock may end; the kernel frees it.
    server.unref();
    return {
      farewell: undefined,
      async release(note) {
        // The address is free when this returns; connections live on. They are not waited for: a waiter that is stopped
        // reads nothing, and must not keep the holder from going on.
        server.close();
        for (const socket of waiting) {
          if (note !== undefined) socket.write(toLine(card, note));
          socket.destroySoon();
        }
      },
    };
  },

  waitForRelease(key, signal, onHolder) {
    return new Promise((resolve) => {
      const socket = net.connect(addressOf(key));
      const heard = new Hearing(onHolder);
      const end = () => {
        signal.removeEventListener('abort', end);
        socket.destroy();
        resolve(heard.farewell);
      };
      signal.addEventListener('abort', end, { once: true });
      socket.on('data', (bytes) => heard.add(bytes));
      // Refused: nobody listens any more. Closed: the holder released or died.
      socket.on('error', end);
      socket.on('close', end);
      if (signal.aborted) end();
    });
  },
};

/** Puts the lines of a holder together from the pieces in which they arrive. */
class Hearing {
  farewell: Farewell | undefined;
  readonly #onHolder: (card: Card) => void;
  #pieces: Buffer[] = [];
  #bytes = 0;

  constructor(onHolder: (card: Card) => void) {
    this.#onHolder = onHolder;
  }

  add(piece: Buffer): void {
    this.#bytes += piece.byteLength;
    if (this.#bytes > maxHeardBytes) return;
    this.#pieces.push(piece);
    const end = piece.lastIndexOf(0x0a);
    if (end === -1) return;
    // Cut as bytes: a piece may end in the middle of a character.
    const said = Buffer.concat(this.#pieces);
    const rest = said.byteLength - (piece.byteLength - end - 1);
    this.#pieces = [said.subarray(rest)];
    const lines = said.toString('utf8', 0, rest).split('\n');
    for (const line of lines) {
      const { card, note } = fromLine(line) ?? {};
      if (card === undefined) continue;
      if (note === undefined) this.#onHolder(card);
      else this.farewell = { card, note };
    }
  }
}
