import * as net from 'node:net';
import { createInterface } from 'node:readline';
import { poll } from '../host/poll.ts';
import type { Hello, Reply, RequestKind, Requests } from './driver/protocol.ts';

/** The way to one extension host; it ends with it. */
export type Link = {
  readonly hello: Hello;
  readonly isOpen: boolean;
  /** Asks for something and waits for the answer; rejects when it failed there or the extension host went away. */
  request<K extends RequestKind>(kind: K, params: Requests[K]['params']): Promise<Requests[K]['answer']>;
};

export type Links = {
  /** Waits for the link of an extension host by its process, in which the product is active then. */
  of(pid: number): Promise<Link>;
  close(): Promise<void>;
};

/** An extension host went away with a request unanswered. */
export class LinkLostError extends Error {
  override readonly name = 'LinkLostError';
}

type Waiting = {
  /** Takes the line of the answer, whose type only the one who asked knows. */
  readonly take: (line: string) => void;
  readonly reject: (error: Error) => void;
};

const connectLimitMs = 120_000;

/** Listens at a socket for the extension hosts of all servers that were started with its path. */
export async function listenForLinks(socketPath: string): Promise<Links> {
  const links = new Map<number, Link>();
  const server = net.createServer((socket) => receive(socket, (link) => links.set(link.hello.pid, link)));
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  return {
    of: (pid) =>
      poll(`the extension host ${pid} is ready`, connectLimitMs, async () => {
        const link = links.get(pid);
        return link?.isOpen === true && link;
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function receive(socket: net.Socket, onHello: (link: Link) => void): void {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isOpen = true;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isOpen = false;
    for (const { reject } of waiting.values()) reject(new LinkLostError('The extension host went away.'));
    waiting.clear();
  });
  let isGreeted = false;
  createInterface({ input: socket }).on('line', (line) => {
    if (isGreeted) {
      settle(waiting, line);
      return;
    }
    isGreeted = true;
    const hello: Hello = JSON.parse(line);
    onHello({
      hello,
      get isOpen() {
        return isOpen;
      },
      request: (kind, params) =>
        new Promise((resolve, reject) => {
          if (!isOpen) {
            reject(new LinkLostError('The extension host went away before it was asked.'));
            return;
          }
          const id = ++lastId;
          const take = (line: string): void => {
            const { answer }: { readonly answer: Requests[typeof kind]['answer'] } = JSON.parse(line);
            resolve(answer);
          };
          waiting.set(id, { take, reject });
          socket.write(`${JSON.stringify({ id, kind, params })}\n`);
        }),
    });
  });
}

function settle(waiting: Map<number, Waiting>, line: string): void {
  const reply: Reply = JSON.parse(line);
  const asked = waiting.get(reply.id);
  waiting.delete(reply.id);
  if ('error' in reply) asked?.reject(new Error(reply.error));
  else asked?.take(line);
}
