/** Takes a byte stream into TLS as a client that looks and does not judge (RFC 3207 §4, RFC 8446). */
import {
  connect,
  type ConnectionOptions,
  type DetailedPeerCertificate,
  type TLSSocket,
} from 'node:tls';
import type { Duplex } from 'node:stream';
import { fail, succeed, type Failure, type Result } from '../../shared/failure.ts';
import { teeOf, type ByteTee } from './byte-tee.ts';
import { waitWithDeadline } from './deadline.ts';
import type { Clock, TlsOptions, TlsSession } from './network.ts';
import { MAX_CERTIFICATES, readPresentedChain } from './presented-chain.ts';
import { errorCode } from './system-failure.ts';

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
const CLOSED_IN_HANDSHAKE: Failure = {
  kind: 'tls',
  detail: 'the server closed the connection during the handshake',
};

/** A key log line is `LABEL client-random secret`, the last two in hex. */
function noteSecret(line: Uint8Array, secrets: Map<string, Uint8Array>): void {
  const [label, , secret] = Buffer.from(line).toString('latin1').trim().split(' ');
  if (label !== undefined && secret !== undefined) secrets.set(label, Buffer.from(secret, 'hex'));
}

/** Electron links BoringSSL, which throws on OpenSSL's `@SECLEVEL` and accepts weak keys anyway. */
const IS_BORINGSSL = 'electron' in process.versions;

const SIGNATURE_ALGORITHMS = {
  rsa: [
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
    'rsa_pkcs1_sha256',
    'rsa_pkcs1_sha384',
    'rsa_pkcs1_sha512',
  ],
  ecdsa: ['ecdsa_secp256r1_sha256', 'ecdsa_secp384r1_sha384', 'ecdsa_secp521r1_sha512'],
} as const;

/** Names Ed25519 for BoringSSL, which offers it only when told to. SHA-1 closes the list for TLS 1.2. */
const USUAL_SIGNATURE_ALGORITHMS = [
  ...SIGNATURE_ALGORITHMS.ecdsa,
  'ed25519',
  ...SIGNATURE_ALGORITHMS.rsa,
  'rsa_pkcs1_sha1',
] as const;

/** In TLS 1.2 the key type is bound to the cipher suite (RFC 5246 §7.4.3). */
const TLS12_ECDSA_CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
] as const;

function tlsSettings(options: TlsOptions): ConnectionOptions {
  return {
    // An empty store: no certificate that the server did not send may appear in its chain.
    ca: [],
    rejectUnauthorized: false,
    minVersion: options.allowOldVersions ? 'TLSv1' : 'TLSv1.2',
    ...(options.serverName === null ? {} : { servername: options.serverName }),
    ...cipherSettings(options),
  };
}

function cipherSettings(options: TlsOptions): ConnectionOptions {
  if (IS_BORINGSSL) {
    const algorithms = options.keyTypes
      ? SIGNATURE_ALGORITHMS[options.keyTypes]
      : USUAL_SIGNATURE_ALGORITHMS;
    return {
      sigalgs: algorithms.join(':'),
      ...(options.keyTypes === 'ecdsa' ? { ciphers: TLS12_ECDSA_CIPHERS.join(':') } : {}),
    };
  }
  return {
    // Security level 0: a small key or an old signature is something to report, not to refuse.
    ciphers: 'DEFAULT@SECLEVEL=0',
    ...(options.keyTypes ? { sigalgs: SIGNATURE_ALGORITHMS[options.keyTypes].join(':') } : {}),
  };
}

function tlsFailure(error: Error): Failure {
  if (errorCode(error) === 'ECONNRESET') return CLOSED_IN_HANDSHAKE;
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : null;
  return { kind: 'tls', detail: reason ?? error.message };
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
