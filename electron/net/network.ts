/** The Network port: what the rest of the app may ask of a network, and of time. */
import type { Result } from '../../shared/failure.ts';

export interface Endpoint {
  /** IPv4 or IPv6 literal, no zone identifier. */
  readonly address: string;
  readonly port: number;
}

export interface Network {
  readonly clock: Clock;
  /**
   * Sends one datagram from a fresh random port and gives back the first datagram from exactly that
   * endpoint that `accept` takes; others are ignored until `timeoutMs` has passed (RFC 5452 §9).
   */
  exchangeDatagram(
    to: Endpoint,
    payload: Uint8Array,
    accept: (reply: Uint8Array) => boolean,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array>>;
  connect(to: Endpoint, timeoutMs: number, signal: AbortSignal): Promise<Result<Connection>>;
}

/** A byte stream. Every wait has a deadline; abort makes each call reject with the signal's reason. */
export interface Connection {
  readonly remote: Endpoint;
  write(bytes: Uint8Array, timeoutMs: number, signal: AbortSignal): Promise<Result<void>>;
  /** The next bytes, or null when the peer has ended its side. */
  read(timeoutMs: number, signal: AbortSignal): Promise<Result<Uint8Array | null>>;
  /** Bytes that have arrived and were not read yet (plaintext behind the reply to STARTTLS). */
  drain(): Uint8Array;
  /** Takes the stream into TLS; this Connection must not be used afterwards. Never checks the certificate. */
  upgradeToTls(
    options: TlsOptions,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Result<TlsConnection>>;
  /**
   * Takes the stream into TLS, checks the certificate against the Web PKI and the machine's clock, asks
   * one GET and gives back the answer, whatever its status; this Connection must not be used afterwards.
   * `timeoutMs` is for all of it. A certificate that does not hold is a `tls` failure with OpenSSL's code.
   */
  httpsGet(
    request: HttpsRequest,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Result<HttpsResponse>>;
  /** Closes at once; harmless when repeated. */
  close(): void;
}

export interface HttpsRequest {
  /** SNI, `Host`, and the DNS name that the certificate must have. */
  readonly serverName: string;
  readonly path: string;
  /** Who asks. */
  readonly agent: string;
  /** Octets of a body; a longer one is a `limit` failure. */
  readonly maxOctets: number;
  /** Root certificates in PEM; null takes those that Node knows. */
  readonly roots: readonly string[] | null;
}

export interface HttpsResponse {
  readonly status: number;
  readonly contentType: string | null;
  readonly location: string | null;
  readonly body: Uint8Array;
}

export interface TlsOptions {
  /** SNI; null sends none. */
  readonly serverName: string | null;
  /** Offer TLS 1.0 and 1.1 too, only to classify the server (RFC 8996). */
  readonly allowOldVersions: boolean;
  /** Offer only signature algorithms for these kinds of keys; null offers the usual ones. */
  readonly keyTypes: readonly KeyKind[] | null;
}

/** What a certificate's key is, as far as a client can choose in a handshake. */
export type KeyKind = 'rsa' | 'ecdsa' | 'eddsa';

export interface TlsConnection extends Connection {
  readonly session: TlsSession;
}

export interface TlsSession {
  /** `TLSv1`, `TLSv1.1`, `TLSv1.2` or `TLSv1.3`. */
  readonly version: string;
  /** IANA cipher suite name. */
  readonly cipher: string;
  /** The certificates exactly as sent, DER, in the server's order. */
  readonly presented: readonly Uint8Array[];
  /** False when the exact list could not be read and `presented` is what the TLS library tells. */
  readonly exact: boolean;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds on a clock that never jumps. */
  monotonic(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  setTimer(ms: number, callback: () => void): () => void;
}

/**
 * Unpredictable bytes (query IDs, 0x20 case, server choice); seeded in tests. Who wants to draw the same
 * ones again, whatever the order of events, goes by `purpose`.
 */
export type RandomBytes = (count: number, purpose?: string) => Uint8Array;
