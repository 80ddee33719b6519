/** A Connection over any byte stream: the system's TCP sockets and the virtual internet's alike. */
import type { Duplex } from 'node:stream';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import { waitWithDeadline } from './deadline.ts';
import { httpsGet } from './https-get.ts';
import type { Clock, Connection, Endpoint, TlsConnection, TlsSession } from './network.ts';
import { openFailure } from './system-failure.ts';
import { upgradeToTls } from './tls-upgrade.ts';

/** Takes over an open stream; nobody else may listen to it or write to it from here on. */
export function connectionOver(stream: Duplex, remote: Endpoint, clock: Clock): Connection {
  const state = watch(stream);

  return {
    remote,
    write: (bytes, timeoutMs, signal) =>
      waitWithDeadline<void>(clock, timeoutMs, signal, (settle) => {
        if (state.over()) settle(fail(state.failure()));
        else {
          stream.write(bytes, (error) =>
            settle(error ? fail(openFailure(error)) : succeed(undefined)),
          );
        }
        return state.onOver(() => settle(fail(state.failure())));
      }),
    read: (timeoutMs, signal) =>
      waitWithDeadline<Uint8Array | null>(clock, timeoutMs, signal, (settle) =>
        readNext(stream, state, settle),
      ),
    drain: () => toBytes(stream.read()) ?? new Uint8Array(0),
    upgradeToTls: async (options, timeoutMs, signal) => {
      // What is still buffered came in plaintext and must not reach the TLS layer (RFC 3207 §6).
      stream.read();
      state.release();
      return upgradeToTls(stream, options, clock, timeoutMs, signal, (secured, session) =>
        tlsConnection(secured, session, remote, clock),
      );
    },
    httpsGet: (request, timeoutMs, signal) => {
      state.release();
      return httpsGet(stream, request, clock, timeoutMs, signal);
    },
    close: () => {
      stream.destroy();
    },
  };
}

function tlsConnection(
  stream: Duplex,
  session: TlsSession,
  remote: Endpoint,
  clock: Clock,
): TlsConnection {
  return { ...connectionOver(stream, remote, clock), session };
}

interface StreamState {
  /** True when the stream can carry nothing more in either direction. */
  over(): boolean;
  failure(): ReturnType<typeof openFailure>;
  onOver(callback: () => void): () => void;
  release(): void;
}

/** Keeps the reason a stream broke; an `error` nobody listens to would end the process. */
function watch(stream: Duplex): StreamState {
  let error: Error | null = null;
  const onError = (cause: Error): void => {
    error = cause;
  };
  stream.on('error', onError);
  stream.pause();
  // Starts taking in bytes (up to the stream's own bound), so that `drain` knows of what has arrived.
  stream.read(0);
  return {
    over: () => error !== null || stream.destroyed,
    failure: () => (error ? openFailure(error) : { kind: 'closed', code: 'ECONNRESET' }),
    onOver: (callback) => {
      stream.on('error', callback);
      stream.on('close', callback);
      return () => {
        stream.off('error', callback);
        stream.off('close', callback);
      };
    },
    release: () => {
      stream.off('error', onError);
    },
  };
}

function readNext(
  stream: Duplex,
  state: StreamState,
  settle: (result: Result<Uint8Array | null>) => void,
): () => void {
  const tryRead = (): void => {
    const bytes = toBytes(stream.read());
    if (bytes) settle(succeed(bytes));
    else if (stream.readableEnded) settle(succeed(null));
    else if (state.over()) settle(fail(state.failure()));
  };
  const forgetOver = state.onOver(tryRead);
  stream.on('readable', tryRead);
  stream.on('end', tryRead);
  tryRead();
  return () => {
    forgetOver();
    stream.off('readable', tryRead);
    stream.off('end', tryRead);
  };
}

function toBytes(chunk: unknown): Uint8Array | null {
  return chunk instanceof Uint8Array ? new Uint8Array(chunk) : null;
}
