/** The Network port over the operating system's sockets. */
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import { waitWithDeadline } from './deadline.ts';
import type { Connection, Endpoint, Network } from './network.ts';
import { isLiteral } from './special-address.ts';
import { connectionOver } from './stream-connection.ts';
import { systemClock } from './system-clock.ts';
import { exchangeSystemDatagram } from './system-datagram.ts';
import { openingFailure } from './system-failure.ts';

export function createSystemNetwork(): Network {
  return {
    clock: systemClock,
    exchangeDatagram: async (to, payload, accept, timeoutMs, signal) =>
      isLiteral(to.address)
        ? exchangeSystemDatagram(to, payload, accept, timeoutMs, signal)
        : notALiteral(to),
    connect: async (to, timeoutMs, signal) =>
      isLiteral(to.address) ? connect(to, timeoutMs, signal) : notALiteral(to),
  };
}

/** A name here would be looked up by the system's resolver, which this app never trusts. */
function notALiteral(to: Endpoint): Result<never> {
  return fail({ kind: 'not-allowed', address: to.address, detail: 'not an IP address' });
}

async function connect(
  to: Endpoint,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<Connection>> {
  signal.throwIfAborted();
  const socket = connectTcp({ host: to.address, port: to.port, noDelay: true });
  let open = false;
  try {
    const opened = await waitWithDeadline<Connection>(systemClock, timeoutMs, signal, (settle) =>
      awaitOpen(socket, to, settle),
    );
    open = opened.ok;
    return opened;
  } finally {
    if (!open) discard(socket);
  }
}

function awaitOpen(
  socket: Socket,
  to: Endpoint,
  settle: (result: Result<Connection>) => void,
): () => void {
  const onConnect = (): void => settle(succeed(connectionOver(socket, to, systemClock)));
  const onError = (error: Error): void => settle(fail(openingFailure(error)));
  socket.once('connect', onConnect);
  socket.once('error', onError);
  return () => {
    socket.off('connect', onConnect);
    socket.off('error', onError);
  };
}

function discard(socket: Socket): void {
  // A late error of a socket thrown away concerns nobody, but unheard it would end the process.
  socket.on('error', () => undefined);
  socket.destroy();
}
