/** One DNS message over a TCP connection, behind its two octets of length (RFC 1035 §4.2.2, RFC 7766 §8). */
import { concatBytes, readUint16 } from '../../shared/dns/bytes.ts';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import type { Clock, Connection } from '../net/network.ts';

/** All within `timeoutMs`, however small the pieces. Octets behind the message are left alone. */
export async function readFramed(
  connection: Connection,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  const deadline = clock.monotonic() + timeoutMs;
  let prefix = new Uint8Array(0);
  let message: Uint8Array | null = null;
  let filled = 0;
  while (message === null || filled < message.length) {
    const left = deadline - clock.monotonic();
    const chunk = left > 0 ? await connection.read(left, signal) : LATE;
    if (!chunk.ok && chunk.failure.kind !== 'timeout') return chunk;
    if (!chunk.ok || chunk.value === null) {
      const received = prefix.length + filled;
      if (received > 0) return notWhole(received, message?.length ?? null, chunk.ok);
      return chunk.ok ? fail({ kind: 'closed', code: 'EOF' }) : chunk;
    }
    let bytes = chunk.value;
    if (message === null) {
      const joined = concatBytes(prefix, bytes);
      prefix = new Uint8Array(joined.subarray(0, 2));
      if (joined.length < 2) continue;
      message = new Uint8Array(readUint16(joined, 0));
      bytes = joined.subarray(2);
    }
    const taken = bytes.subarray(0, message.length - filled);
    message.set(taken, filled);
    filled += taken.length;
  }
  return succeed(message);
}

const LATE = fail({ kind: 'timeout', afterMs: 0 });

function notWhole(received: number, announced: number | null, closed: boolean): Result<never> {
  const how = closed ? 'the TCP connection ended' : 'the time was over';
  const what =
    announced === null
      ? 'within the length of the message'
      : `after ${received - 2} of the ${announced} octets announced`;
  return fail({ kind: 'malformed', detail: `${how} ${what}` });
}
