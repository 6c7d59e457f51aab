import * as net from 'node:net';
import type { KernelLock } from './lock.ts';

/**
 * The address that stands for a key: an abstract socket on Linux (man 7 unix: no file, gone with its last descriptor),
 * a named pipe on Windows, of which libuv opens only the first instance (FILE_FLAG_FIRST_PIPE_INSTANCE). Both are taken
 * by exactly one process and freed by the kernel when it dies, however it dies, so there is no stale lock to break.
 */
function addressOf(key: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\atomic-index-${key}` : `\0atomic-index-${key}`;
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

/** A lock for one host (on Linux: one network namespace), held by listening on an address. */
export const socketLock: KernelLock = {
  async tryAcquire(key) {
    const waiting = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      // Who connects only waits for the end of the connection. Its errors (it was killed, say) are its own affair.
      waiting.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => waiting.delete(socket));
      socket.resume();
      socket.unref();
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
    return () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of waiting) socket.destroy();
      });
  },

  waitForRelease(key, signal) {
    return new Promise((resolve) => {
      const socket = net.connect(addressOf(key));
      const end = () => {
        signal.removeEventListener('abort', end);
        socket.destroy();
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
      // Refused: nobody listens any more. Closed: the holder released or died.
      socket.on('error', end);
      socket.on('close', end);
      socket.resume();
      if (signal.aborted) end();
    });
  },
};
