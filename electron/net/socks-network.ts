/** The Network port through a SOCKS5 proxy: streams only, to addresses only (RFC 1928). */
import { connect as connectTcp, type Socket } from 'node:net';
import { SocksClient } from 'socks';
import { fail, succeed, type Failure, type ProxyStep, type Result } from '../../shared/failure.ts';
import { waitWithDeadline } from './deadline.ts';
import type { Connection, Endpoint, Network } from './network.ts';
import type { SocksProxy } from './socks-proxy.ts';
import { isLiteral } from './special-address.ts';
import { connectionOver } from './stream-connection.ts';
import { systemClock } from './system-clock.ts';
import { errorCode } from './system-failure.ts';

/** What fails on the way to or at the proxy is a failure of kind `proxy`, never one of the target. */
export function createSocksNetwork(proxy: SocksProxy): Network {
  return {
    clock: systemClock,
    // DNS does not go through the proxy.
    exchangeDatagram: async (to) => notAllowed(to, 'datagrams do not go through the proxy'),
    connect: async (to, timeoutMs, signal) =>
      isLiteral(to.address)
        ? connectThrough(proxy, to, timeoutMs, signal)
        : notAllowed(to, 'not an IP address'),
  };
}

function notAllowed(to: Endpoint, detail: string): Result<never> {
  return fail({ kind: 'not-allowed', address: to.address, detail });
}

async function connectThrough(
  proxy: SocksProxy,
  to: Endpoint,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<Connection>> {
  signal.throwIfAborted();
  const begun = systemClock.monotonic();
  const socket = connectTcp({ host: proxy.host, port: proxy.port, noDelay: true });
  // A late error of a socket thrown away concerns nobody, but unheard it would end the process.
  socket.on('error', () => undefined);
  let open = false;
  try {
    const reached = await waitWithDeadline<void>(systemClock, timeoutMs, signal, (settle) =>
      awaitProxy(socket, proxy, settle),
    );
    if (!reached.ok) return fail(atProxy(reached.failure, proxy, 'connect'));
    const left = Math.max(1, timeoutMs - (systemClock.monotonic() - begun));
    const opened = await waitWithDeadline<Connection>(systemClock, left, signal, (settle) =>
      negotiate(socket, proxy, to, left, settle),
    );
    open = opened.ok;
    return opened.ok ? opened : fail(atProxy(opened.failure, proxy, stepOf(socket, proxy)));
  } finally {
    if (!open) socket.destroy();
  }
}

/** Once the proxy has taken the request, silence is that of the target, which it is trying. */
function atProxy(failure: Failure, { label }: SocksProxy, step: ProxyStep): Failure {
  if (failure.kind !== 'timeout' || step === 'request') return failure;
  return { kind: 'proxy', step, detail: `the proxy ${label} did not answer in time (${step})` };
}

/** RFC 1928 §3, RFC 1929 §2: two octets answer the greeting, two the password. */
const GREETING_OCTETS = 2;
const PASSWORD_OCTETS = 2;

function stepOf({ bytesRead }: Socket, { credentials }: SocksProxy): ProxyStep {
  if (bytesRead < GREETING_OCTETS) return 'greeting';
  if (credentials !== null && bytesRead < GREETING_OCTETS + PASSWORD_OCTETS) {
    return 'authentication';
  }
  return 'request';
}

function awaitProxy(
  socket: Socket,
  { label }: SocksProxy,
  settle: (result: Result<void>) => void,
): () => void {
  const onConnect = (): void => settle(succeed(undefined));
  const onError = (error: Error): void => {
    const detail = `the proxy ${label} cannot be reached (${errorCode(error)})`;
    settle(fail({ kind: 'proxy', step: 'connect', detail }));
  };
  socket.once('connect', onConnect);
  socket.once('error', onError);
  return () => {
    socket.off('connect', onConnect);
    socket.off('error', onError);
  };
}

const LIBRARY_GRACE_MS = 10_000;

function negotiate(
  socket: Socket,
  proxy: SocksProxy,
  to: Endpoint,
  timeoutMs: number,
  settle: (result: Result<Connection>) => void,
): () => void {
  const { host, port, credentials } = proxy;
  const client = new SocksClient({
    command: 'connect',
    destination: { host: to.address, port: to.port },
    proxy: {
      type: 5,
      host,
      port,
      ...(credentials === null ? {} : { userId: credentials.user, password: credentials.password }),
    },
    // Ours decides, and tells the step; the library's own comes later and finds all done.
    timeout: Math.ceil(timeoutMs) + LIBRARY_GRACE_MS,
    existing_socket: socket,
  });
  client.on('error', (error: Error) => settle(fail(negotiationFailure(error, socket, proxy))));
  client.once('established', () => {
    withEarlyBytes(socket, () => settle(succeed(connectionOver(socket, to, systemClock))));
  });
  client.connect(socket);
  return () => undefined;
}

/**
 * A mail server speaks first, so its greeting may come in one piece with the proxy's reply. The library
 * hands such bytes out as a `data` event of the next turn; they are put back where readers find them.
 */
function withEarlyBytes(socket: Socket, done: () => void): void {
  const early: Uint8Array[] = [];
  const onData = (chunk: Uint8Array): void => {
    early.push(chunk);
  };
  socket.pause();
  socket.on('data', onData);
  // The library's own turn was asked for before this one.
  setImmediate(() => {
    socket.off('data', onData);
    socket.pause();
    if (early.length > 0 && !socket.destroyed) socket.unshift(Buffer.concat(early));
    done();
  });
}

/** RFC 1928 §6: what the proxy says of the target is the target's; all else is its own. */
function negotiationFailure(error: Error, socket: Socket, proxy: SocksProxy): Failure {
  const refusal = /rejected connection - (\w+)$/.exec(error.message)?.[1];
  if (refusal === 'ConnectionRefused') return { kind: 'refused' };
  if (refusal !== undefined && OF_THE_TARGET.has(refusal)) {
    return { kind: 'unreachable', code: `${refusal}, says the proxy` };
  }
  const step = stepInWords(error.message) ?? stepOf(socket, proxy);
  const reason = refusal === undefined ? ownFault(error) : (REFUSALS.get(refusal) ?? refusal);
  return { kind: 'proxy', step, detail: `the proxy ${proxy.label} ${reason}` };
}

function stepInWords(message: string): ProxyStep | null {
  if (/authentication/i.test(message)) return 'authentication';
  return /initial handshake/i.test(message) ? 'greeting' : null;
}

const OF_THE_TARGET: ReadonlySet<string> = new Set([
  'NetworkUnreachable',
  'HostUnreachable',
  'TTLExpired',
]);

const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['Failure', 'could not connect to the mail server and does not say why (general failure)'],
  ['NotAllowed', 'does not allow connections to this address and port'],
  ['CommandNotSupported', 'does not know how to connect (command not supported)'],
  ['AddressNotSupported', 'cannot connect to addresses of this family'],
]);

/** The library's words, told in ours; never what was sent to the proxy. */
function ownFault({ message }: Error): string {
  if (/no accepted authentication/.test(message)) {
    return 'wants another way of logging in (no password was given, or none is taken)';
  }
  if (/authentication failed/i.test(message)) return 'does not accept the user and password';
  if (/closed/i.test(message)) return 'closed the connection before it was through';
  if (/invalid|unknown/i.test(message)) return 'does not speak SOCKS5';
  return `broke off (${message})`;
}
