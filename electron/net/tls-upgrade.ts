/** Takes a byte stream into TLS as a client that looks and does not judge (RFC 3207 §4, RFC 8446). */
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { Duplex } from 'node:stream';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import { teeOf, type ByteTee } from './byte-tee.ts';
import { waitWithDeadline } from './deadline.ts';
import type { Clock, TlsOptions, TlsSession } from './network.ts';
import { MAX_CERTIFICATES, readPresentedChain } from './presented-chain.ts';
import { CLOSED_IN_HANDSHAKE, tlsFailure } from './tls-failure.ts';
import { tlsSettings } from './tls-settings.ts';

/**
 * On failure, time-out and abort the stream beneath is destroyed. `adopt` takes the secured stream over,
 * its errors included, within the event that tells of it: the next event may be an error already, and
 * unheard it would end the process.
 */
export async function upgradeToTls<T>(
  inner: Duplex,
  options: TlsOptions,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
  adopt: (stream: Duplex, session: TlsSession) => T,
): Promise<Result<T>> {
  const tee = teeOf(inner);
  let socket: TLSSocket | null = null;
  try {
    const secured = await waitWithDeadline<T>(clock, timeoutMs, signal, (settle) => {
      const begun = beginHandshake(tee, options, adopt, settle);
      socket = begun.socket;
      return begun.cleanUp;
    });
    if (secured.ok) {
      socket = null;
    }
    return secured;
  } finally {
    if (socket !== null) abandon(socket, inner);
  }
}

function abandon(socket: TLSSocket, inner: Duplex): void {
  // Late errors of what is thrown away concern nobody, but unheard they would end the process.
  socket.on('error', ignore);
  inner.on('error', ignore);
  socket.destroy();
  inner.destroy();
}

function ignore(): void {
  /* see abandon */
}

function beginHandshake<T>(
  tee: ByteTee,
  options: TlsOptions,
  adopt: (stream: Duplex, session: TlsSession) => T,
  settle: (result: Result<T>) => void,
): { readonly socket: TLSSocket; readonly cleanUp: () => void } {
  const secrets = new Map<string, Uint8Array>();
  const socket = connect({ ...tlsSettings(options), socket: tee.stream });
  const onKeyLog = (line: Buffer): void => noteSecret(line, secrets);
  const onSecure = (): void => {
    const secret = secrets.get(HANDSHAKE_SECRET) ?? null;
    settle(succeed(adopt(socket, describeSession(socket, tee.take(), secret))));
  };
  const onError = (error: Error): void => settle(fail(tlsFailure(error)));
  const onClose = (): void => settle(fail(CLOSED_IN_HANDSHAKE));
  socket.on('keylog', onKeyLog);
  socket.once('secureConnect', onSecure);
  socket.on('error', onError);
  socket.on('close', onClose);
  return {
    socket,
    cleanUp: () => {
      socket.off('keylog', onKeyLog);
      socket.off('secureConnect', onSecure);
      socket.off('error', onError);
      socket.off('close', onClose);
    },
  };
}

const HANDSHAKE_SECRET = 'SERVER_HANDSHAKE_TRAFFIC_SECRET';
/** A key log line is `LABEL client-random secret`, the last two in hex. */
function noteSecret(line: Uint8Array, secrets: Map<string, Uint8Array>): void {
  const [label, , secret] = Buffer.from(line).toString('latin1').trim().split(' ');
  if (label !== undefined && secret !== undefined) secrets.set(label, Buffer.from(secret, 'hex'));
}

function describeSession(
  socket: TLSSocket,
  received: Uint8Array,
  handshakeSecret: Uint8Array | null,
): TlsSession {
  const chain = readPresentedChain(received, handshakeSecret);
  return {
    version: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    presented: chain?.certificates ?? libraryChain(socket),
    exact: chain?.complete ?? false,
  };
}

/** The chain as the TLS library tells it: reordered, and without what is not in the leaf's path. */
function libraryChain(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  const seen = new Set<string>();
  let certificate: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // Node gives an empty object when there is none, and lets a root name itself as its issuer.
  while (certificate?.raw && !seen.has(certificate.fingerprint256)) {
    if (chain.length === MAX_CERTIFICATES) break;
    seen.add(certificate.fingerprint256);
    chain.push(new Uint8Array(certificate.raw));
    certificate = certificate.issuerCertificate;
  }
  return chain;
}
