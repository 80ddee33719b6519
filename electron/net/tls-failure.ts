/** What ended a TLS handshake, in plain words: the peer's alert (RFC 8446 §6) or what our library found. */
import type { Failure } from '../../shared/failure.ts';
import { errorCode } from './system-failure.ts';

export const CLOSED_IN_HANDSHAKE: Failure = {
  kind: 'tls',
  detail: 'the server closed the connection during the handshake',
  turnedDown: true,
};

export function tlsFailure(error: Error): Failure {
  const code = errorCode(error);
  if (CUT_OFF.has(code)) return CLOSED_IN_HANDSHAKE;
  const alert = alertOf(error);
  if (alert !== null) return { kind: 'tls', detail: describeAlert(alert), alert, turnedDown: true };
  const reason = reasonOf(error).replaceAll('_', ' ').toLowerCase();
  const words = LIBRARY_REASONS.find(([pattern]) => pattern.test(reason));
  if (words?.[1] === TOO_LONG) return { kind: 'limit', limit: 'MAX_CHAIN_BYTES' };
  const detail = words === undefined ? reason : words[1];
  // A server that goes by no offer at all has not taken ours up either.
  if (detail === NOT_OFFERED) return { kind: 'tls', detail, turnedDown: true };
  return { kind: 'tls', detail };
}

/** `the server sent the alert handshake_failure: …`; for an alert that came in or behind a handshake. */
function describeAlert(alert: number): string {
  const known = ALERTS.get(alert);
  if (known === undefined) return `the server sent the alert ${alert}`;
  const [name, meaning] = known;
  return `the server sent the alert ${name}: ${meaning}`;
}

/**
 * The peer's alert behind an error of OpenSSL or BoringSSL, or null. Both spell it
 * `error:LLRRRRRR:…` with LL for SSL (0a, 10, 14 in OpenSSL 3, BoringSSL and OpenSSL 1.1) and, in the low
 * bits, a reason of 1000 more than the alert's number.
 */
function alertOf(error: Error): number | null {
  const packed = /error:(?:0a|10|14)([0-9a-f]{6}):/i.exec(error.message)?.[1];
  if (packed === undefined) return null;
  const alert = (Number.parseInt(packed, 16) & REASON_BITS) - FIRST_ALERT_REASON;
  return alert >= 0 && alert <= LAST_ALERT ? alert : null;
}

/** Both libraries keep the reason within 12 bits where it is about SSL. */
const REASON_BITS = 0xfff;
const FIRST_ALERT_REASON = 1000;
const LAST_ALERT = 255;

/** The connection went away beneath TLS. */
const CUT_OFF: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

function reasonOf(error: Error): string {
  if ('reason' in error && typeof error.reason === 'string') return error.reason;
  // BoringSSL's errors hold the reason as the fifth part of the message only.
  return /error:[0-9a-f]{8}:[^:]*:[^:]*:([^:]+)/i.exec(error.message)?.[1] ?? error.message;
}

const NOT_OFFERED = 'the server signed with an algorithm that we did not offer';
const TOO_LONG = 'the certificate list is longer than 100 KiB';

const LIBRARY_REASONS: readonly (readonly [RegExp, string])[] = [
  [/wrong version number|packet length too long|http request/, 'what the server sent is not TLS'],
  [/unsupported protocol/, 'the server has no TLS version that we offered'],
  [/excessive message size/, TOO_LONG],
  [/modulus too large|bad rsa|too many bits/, 'the server’s key is larger than a client takes'],
  [/dh key too small/, 'the server’s Diffie-Hellman group is too small to be safe'],
  [/wrong signature type/, NOT_OFFERED],
  [/bad signature|digest check/, 'the server’s signature does not fit the key of its certificate'],
  [/unexpected message/, 'the server sent a message that is out of turn'],
  [/unexpected eof/, CLOSED_IN_HANDSHAKE.detail],
];

/** RFC 8446 §6.2 and, for TLS 1.2 and older, RFC 5246 §7.2.2: the alerts that end a handshake. */
const ALERTS: ReadonlyMap<number, readonly [string, string]> = new Map([
  [0, ['close_notify', 'it ended the connection in order, before TLS was there']],
  [10, ['unexpected_message', 'something of ours came out of turn for it']],
  [20, ['bad_record_mac', 'it could not decrypt what we sent']],
  [21, ['decryption_failed', 'it could not decrypt what we sent']],
  [22, ['record_overflow', 'a record was too long for it']],
  [
    40,
    [
      'handshake_failure',
      'it has no algorithm in common with us, or no certificate and key that it can use',
    ],
  ],
  [42, ['bad_certificate', 'it wants a certificate of ours, which a sender does not have']],
  [43, ['unsupported_certificate', 'it wants another kind of certificate of ours']],
  [45, ['certificate_expired', 'it finds a certificate out of date']],
  [46, ['certificate_unknown', 'it does not accept a certificate']],
  [47, ['illegal_parameter', 'it finds our offer out of bounds']],
  [48, ['unknown_ca', 'it does not know the issuer of a certificate']],
  [49, ['access_denied', 'it does not let us in']],
  [50, ['decode_error', 'it cannot read what we sent']],
  [51, ['decrypt_error', 'a signature or check did not hold for it']],
  [70, ['protocol_version', 'it has no TLS version in common with us']],
  [71, ['insufficient_security', 'it wants stronger algorithms than we offer']],
  [
    80,
    ['internal_error', 'something is wrong inside it, often a key or certificate it cannot read'],
  ],
  [86, ['inappropriate_fallback', 'it takes our offer for a downgrade']],
  [90, ['user_canceled', 'it called the handshake off']],
  [100, ['no_renegotiation', 'it does not begin again']],
  [109, ['missing_extension', 'it misses a part of our offer']],
  [110, ['unsupported_extension', 'it cannot take a part of our offer']],
  [112, ['unrecognized_name', 'it has no certificate for the name that we asked for']],
  [113, ['bad_certificate_status_response', 'it finds a certificate’s status wrong']],
  [115, ['unknown_psk_identity', 'it wants a secret agreed beforehand']],
  [116, ['certificate_required', 'it wants a certificate of ours, which a sender does not have']],
  [120, ['no_application_protocol', 'it wants an application protocol that is not mail']],
]);
