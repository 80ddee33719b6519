/** One question, one datagram back, on a UDP socket of its own (RFC 5452 §9). */
import { randomInt } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import { waitWithDeadline } from './deadline.ts';
import type { Endpoint } from './network.ts';
import { canonicalAddress } from './special-address.ts';
import { systemClock } from './system-clock.ts';
import { errorCode, openingFailure } from './system-failure.ts';

/** RFC 6056 §3.2: ephemeral ports are chosen from 1024–65535; the system's own choice may be narrower. */
const FIRST_PORT = 1024;
const LAST_PORT = 65_535;

/** Random ports tried before the system is left to choose one. */
const PORT_ATTEMPTS = 5;

export async function exchangeSystemDatagram(
  to: Endpoint,
  payload: Uint8Array,
  accept: (reply: Uint8Array) => boolean,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  signal.throwIfAborted();
  const socket = createSocket(isIPv6(to.address) ? 'udp6' : 'udp4');
  try {
    return await waitWithDeadline<Uint8Array>(systemClock, timeoutMs, signal, (settle) => {
      const failWith = (error: Error): void => settle(fail(openingFailure(error)));
      const onMessage = (message: Uint8Array, from: RemoteInfo): void => {
        const reply = new Uint8Array(message);
        if (isFrom(from, to) && accept(reply)) settle(succeed(reply));
      };
      socket.on('message', onMessage);
      bindRandomPort(socket, PORT_ATTEMPTS, failWith, () => {
        socket.on('error', failWith);
        connectAndSend(socket, to, payload, failWith);
      });
      return () => {
        socket.removeAllListeners();
        socket.on('error', () => undefined);
      };
    });
  } finally {
    socket.close();
  }
}

function bindRandomPort(
  socket: Socket,
  attemptsLeft: number,
  failWith: (error: Error) => void,
  done: () => void,
): void {
  const onListening = (): void => {
    socket.off('error', onError);
    done();
  };
  const onError = (error: Error): void => {
    socket.off('listening', onListening);
    const taken = errorCode(error) === 'EADDRINUSE' || errorCode(error) === 'EACCES';
    if (taken && attemptsLeft > 0) bindRandomPort(socket, attemptsLeft - 1, failWith, done);
    else failWith(error);
  };
  socket.once('error', onError);
  socket.once('listening', onListening);
  const port = attemptsLeft > 0 ? randomInt(FIRST_PORT, LAST_PORT + 1) : 0;
  socket.bind({ port, exclusive: true });
}

/** A connected socket hears of ICMP errors and of nobody but its peer. */
function connectAndSend(
  socket: Socket,
  to: Endpoint,
  payload: Uint8Array,
  failWith: (error: Error) => void,
): void {
  socket.connect(to.port, to.address, (error?: Error) => {
    if (error) {
      failWith(error);
      return;
    }
    socket.send(payload, (sendError) => {
      if (sendError) failWith(sendError);
    });
  });
}

/** A datagram may have come in between binding and connecting, so the source is looked at too. */
function isFrom(from: RemoteInfo, to: Endpoint): boolean {
  return from.port === to.port && canonicalAddress(from.address) === canonicalAddress(to.address);
}
