/** A ClientHello written by hand, with all that common senders offer and a TLS library may lack (RFC 8446 §4.1.2). */
import { randomBytes } from 'node:crypto';

/**
 * What OpenSSL offers by default, Ed448, RSASSA-PSS keys and finite-field groups included. Only good to
 * see whether a server takes it up: no handshake can be finished with it.
 */
export function widestClientHello(serverName: string | null): Uint8Array {
  const body = joined(
    u16(TLS_1_2),
    randomBytes(32),
    vector(1, randomBytes(32)),
    vector(2, joined(...CIPHER_SUITES.map(u16))),
    vector(1, Uint8Array.of(0)),
    vector(2, joined(...extensions(serverName))),
  );
  const message = joined(Uint8Array.of(CLIENT_HELLO), vector(3, body));
  // RFC 8446 §5.1: the first record of a client says TLS 1.0, for old servers' sake.
  return joined(Uint8Array.of(HANDSHAKE_RECORD), u16(TLS_1_0), vector(2, message));
}

/** Whether the server's first bytes take an offer up: a ServerHello that is no HelloRetryRequest. */
export function takesUp(answer: Uint8Array): boolean {
  if (answer[0] !== HANDSHAKE_RECORD || answer[RECORD_HEADER] !== SERVER_HELLO) return false;
  const random = answer.subarray(RANDOM_AT, RANDOM_AT + RETRY_REQUEST.length);
  return random.length === RETRY_REQUEST.length && !RETRY_REQUEST.every((o, i) => o === random[i]);
}

const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const RECORD_HEADER = 5;
/** Behind the record header, the message's header and its version. */
const RANDOM_AT = RECORD_HEADER + 4 + 2;
const TLS_1_0 = 0x0301;
const TLS_1_2 = 0x0303;
const TLS_1_3 = 0x0304;

/** First octets of the random that marks a HelloRetryRequest (RFC 8446 §4.1.3). */
const RETRY_REQUEST = [0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11];

const CIPHER_SUITES: readonly number[] = [
  // TLS 1.3 (RFC 8446 §B.4)
  ...[0x1302, 0x1303, 0x1301],
  // ECDHE with ECDSA and RSA: GCM, ChaCha20, CBC
  ...[0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc02b, 0xc02f, 0xc024, 0xc028, 0xc023, 0xc027],
  ...[0xc00a, 0xc014, 0xc009, 0xc013],
  // DHE with RSA, and RSA alone
  ...[0x009f, 0xccaa, 0x009e, 0x006b, 0x0067, 0x0039, 0x0033],
  ...[0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f],
];

/** RFC 8446 §4.2.7: x25519, P-256, x448, P-521, P-384, and the finite-field groups. */
const GROUPS: readonly number[] = [
  ...[0x001d, 0x0017, 0x001e, 0x0019, 0x0018],
  ...[0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
];

/** RFC 8446 §4.2.3: ECDSA, Ed25519, Ed448, RSASSA-PSS with either kind of key, RSA; SHA-1 last. */
const SIGNATURE_SCHEMES: readonly number[] = [
  ...[0x0403, 0x0503, 0x0603, 0x0807, 0x0808],
  ...[0x0809, 0x080a, 0x080b, 0x0804, 0x0805, 0x0806],
  ...[0x0401, 0x0501, 0x0601, 0x0203, 0x0201],
];

const X25519 = 0x001d;

function extensions(serverName: string | null): readonly Uint8Array[] {
  const share = joined(u16(X25519), vector(2, randomBytes(32)));
  return [
    ...(serverName === null ? [] : [extension(0, vector(2, hostName(serverName)))]),
    extension(10, vector(2, joined(...GROUPS.map(u16)))),
    // Uncompressed points (RFC 8422 §5.1.2).
    extension(11, vector(1, Uint8Array.of(0))),
    extension(13, vector(2, joined(...SIGNATURE_SCHEMES.map(u16)))),
    // Extended master secret (RFC 7627 §5.1).
    extension(23, new Uint8Array(0)),
    extension(43, vector(1, joined(u16(TLS_1_3), u16(TLS_1_2)))),
    extension(45, vector(1, Uint8Array.of(1))),
    extension(51, vector(2, share)),
  ];
}

/** RFC 6066 §3: a list of one name of type host_name. */
function hostName(name: string): Uint8Array {
  return joined(Uint8Array.of(0), vector(2, Buffer.from(name, 'latin1')));
}

function extension(type: number, data: Uint8Array): Uint8Array {
  return joined(u16(type), vector(2, data));
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

/** The bytes behind their length, which takes `size` octets. */
function vector(size: 1 | 2 | 3, bytes: Uint8Array): Uint8Array {
  const length = Uint8Array.of(bytes.length >> 16, bytes.length >> 8, bytes.length);
  return joined(length.subarray(3 - size), bytes);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
