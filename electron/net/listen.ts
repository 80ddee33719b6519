/** Serves handlers on the operating system's sockets: the lab's servers for other programs, and tests. */
import { createSocket } from 'node:dgram';
import { createServer, isIPv6, type AddressInfo, type Socket } from 'node:net';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import type { DatagramHandler, StreamHandler } from './handler.ts';
import type { Endpoint } from './network.ts';
import { openingFailure } from './system-failure.ts';

export interface Listener {
  /** With the port that the system chose when 0 was asked for. */
  readonly endpoint: Endpoint;
  /** Stops listening and breaks what is still connected. */
  close(): Promise<void>;
}

export function listenForDatagrams(
  at: Endpoint,
  handler: DatagramHandler,
): Promise<Result<Listener>> {
  const socket = createSocket(isIPv6(at.address) ? 'udp6' : 'udp4');
  socket.on('message', (message, from) => {
    // Port 0 is nobody’s (RFC 6335 §6): who gives it wants no answer, and Node throws at one.
    if (from.port === 0) return;
    handler(
      new Uint8Array(message),
      (bytes) => {
        socket.send(bytes, from.port, from.address, () => undefined);
      },
      from.address,
    );
  });
  return new Promise((resolve) => {
    socket.once('error', (error) => resolve(fail(openingFailure(error))));
    socket.bind({ port: at.port, address: at.address, exclusive: true }, () => {
      socket.removeAllListeners('error');
      socket.on('error', () => undefined);
      resolve(
        succeed({
          endpoint: { address: at.address, port: socket.address().port },
          close: () => new Promise((closed) => socket.close(() => closed())),
        }),
      );
    });
  });
}

export function listenForStreams(at: Endpoint, handler: StreamHandler): Promise<Result<Listener>> {
  return listenForSockets(at, handler);
}

export type { Socket };

/** The same for a library that wants the system's own socket. */
export function listenForSockets(
  at: Endpoint,
  handler: (socket: Socket) => void,
): Promise<Result<Listener>> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    handler(socket);
  });
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(fail(openingFailure(error))));
    server.listen({ port: at.port, host: at.address, exclusive: true }, () => {
      resolve(
        succeed({
          endpoint: { address: at.address, port: portOf(server.address()) },
          close: () =>
            new Promise((closed) => {
              for (const socket of open) socket.destroy();
              server.close(() => closed());
            }),
        }),
      );
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0;
}
