/** Ends a connection as SMTP asks: QUIT, a short wait for the reply, and only then the close (RFC 5321 §4.1.1.10). */
import type { Failure } from '../../shared/failure.ts';
import { QUIT } from '../../shared/smtp/dialogue.ts';
import type { Connection, TlsConnection } from '../net/network.ts';

/** Milliseconds; a server that has nothing to do but say 221 says it within a round trip. */
const FAREWELL_MS = 1000;

/**
 * Resolves when the connection is closed; on abort that is at once. The result is null, or plain words
 * when the server ended TLS with an alert about a certificate of ours: in TLS 1.3 it says so only
 * after the handshake (RFC 8446 §4.4.2.4), and no sender would have got any further.
 */
export async function takeLeave(
  connection: Connection | null,
  signal: AbortSignal,
): Promise<string | null> {
  if (connection === null) return null;
  try {
    // Outside TLS the dialogue has said QUIT already, where the server was still in a state to hear it.
    const written = isSecured(connection)
      ? await connection.write(bytesOf(QUIT), FAREWELL_MS, signal)
      : null;
    if (written?.ok === false) return brokenOff(written.failure);
    const read = await connection.read(FAREWELL_MS, signal);
    return read.ok ? null : brokenOff(read.failure);
  } finally {
    connection.close();
  }
}

/** Anything else that ends a goodbye, a bare close among it, says nothing about the server. */
function brokenOff(failure: Failure): string | null {
  return failure.kind === 'closed' && WANTS_CERTIFICATE.test(failure.code)
    ? 'the server ended TLS right behind the handshake: it wants a certificate of the sender’s, which senders do not have'
    : null;
}

/** As OpenSSL and BoringSSL spell the alerts bad_certificate and certificate_required. */
const WANTS_CERTIFICATE = /ALERT_(BAD_CERTIFICATE|CERTIFICATE_REQUIRED)$/;

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function isSecured(connection: Connection | TlsConnection): connection is TlsConnection {
  return 'session' in connection;
}
