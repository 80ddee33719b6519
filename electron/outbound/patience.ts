/** How long a mail server bears with a connection, and how much it reads of it. */
import type { Socket } from '../net/listen.ts';

export interface Patience {
  /** Milliseconds without a word; RFC 5321 §4.5.3.2 has a client answer long before. */
  readonly idleMs: number;
  /** Milliseconds that a connection may last, whatever is said. */
  readonly connectionMs: number;
  /** Octets that a connection may send in all: what is too large is read to its end, but not for ever. */
  readonly octets: number;
}

export const USUAL_PATIENCE: Patience = {
  idleMs: 60_000,
  connectionMs: 3 * 60_000,
  octets: 8 * 1024 * 1024,
};

/** Milliseconds between two looks at what has come. */
const LOOK_MS = 500;

/** Ends the connection once it is over, or when what it gives back is called; `lose` is called before that. */
export function lendPatience(socket: Socket, patience: Patience, lose: () => void): () => void {
  let octets = 0;
  let quietMs = 0;
  const end = (): void => {
    lose();
    socket.destroy();
  };
  const lookMs = Math.min(LOOK_MS, patience.idleMs);
  const look = setInterval(() => {
    quietMs = socket.bytesRead === octets ? quietMs + lookMs : 0;
    octets = socket.bytesRead;
    if (octets > patience.octets || quietMs >= patience.idleMs) end();
  }, lookMs);
  const deadline = setTimeout(end, patience.connectionMs);
  socket.once('close', () => {
    clearInterval(look);
    clearTimeout(deadline);
  });
  return end;
}
