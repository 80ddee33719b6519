/** Failures that are expected on a network, as values; any room may import this. */

export type Failure =
  /** Nothing arrived within `afterMs` milliseconds. */
  | { readonly kind: 'timeout'; readonly afterMs: number }
  /** The port answered with a reset to our SYN, or an ICMP port unreachable. */
  | { readonly kind: 'refused' }
  /** No route, network down, address family not available; `code` is the system's (EHOSTUNREACH…). */
  | { readonly kind: 'unreachable'; readonly code: string }
  /** The peer closed or reset a connection that was open. */
  | { readonly kind: 'closed'; readonly code: string }
  /** TLS did not come about; `detail` is plain words, `alert` the number of the peer's alert if it sent one. */
  | {
      readonly kind: 'tls';
      readonly detail: string;
      readonly alert?: number;
      /** The peer did not take up what was offered; else its own part of the handshake is at fault. */
      readonly turnedDown?: true;
    }
  /** We would not connect there (private or special address, or an invalid one). */
  | { readonly kind: 'not-allowed'; readonly address: string; readonly detail: string }
  /** The peer sent what no protocol allows; `detail` says what. */
  | { readonly kind: 'malformed'; readonly detail: string }
  /** A DNS answer with an RCODE that carries no data (SERVFAIL, REFUSED, NOTIMP, FORMERR…). */
  | { readonly kind: 'rcode'; readonly rcode: string }
  /** The SOCKS proxy did not get us there (RFC 1928); `detail` is plain words, without credentials. */
  | { readonly kind: 'proxy'; readonly step: ProxyStep; readonly detail: string }
  /** TLS that our library cannot do; the peer is not at fault. */
  | { readonly kind: 'unsupported'; readonly detail: string }
  /** One of our own bounds ended the work; `limit` is the constant's name. */
  | { readonly kind: 'limit'; readonly limit: string };

/** How far it got with the proxy: the connection to it, its greeting, the password, the request. */
export type ProxyStep = 'connect' | 'greeting' | 'authentication' | 'request';

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail<T = never>(failure: Failure): Result<T> {
  return { ok: false, failure };
}

/** Makes a `switch` over a union exhaustive: a forgotten case does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
