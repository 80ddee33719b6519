/** Ends a connection as SMTP asks: QUIT, a short wait for the reply, and only then the close (RFC 5321 §4.1.1.10). */
import { QUIT } from '../../shared/smtp/dialogue.ts';
import type { Connection, TlsConnection } from '../net/network.ts';

/** Milliseconds; a server that has nothing to do but say 221 says it within a round trip. */
const FAREWELL_MS = 1000;

/** Resolves when the connection is closed; on abort that is at once. */
export async function takeLeave(connection: Connection | null, signal: AbortSignal): Promise<void> {
  if (connection === null) return;
  try {
    // Outside TLS the dialogue has said QUIT already, where the server was still in a state to hear it.
    if (isSecured(connection)) {
      const quit = Uint8Array.from(QUIT, (character) => character.charCodeAt(0));
      const written = await connection.write(quit, FAREWELL_MS, signal);
      if (!written.ok) return;
    }
    await connection.read(FAREWELL_MS, signal);
  } finally {
    connection.close();
  }
}

function isSecured(connection: Connection | TlsConnection): connection is TlsConnection {
  return 'session' in connection;
}
