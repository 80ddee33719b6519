/** DNS over TCP with strangers (RFC 7766): every question is seen, and nobody holds a connection for long. */
import type { Duplex } from 'node:stream';
import { concatBytes, readUint16 } from '../../shared/dns/bytes.ts';
import type { StreamHandler } from '../net/handler.ts';

/** Milliseconds that a connection may last: a resolver has its answers within a few. */
export const MAX_STREAM_MS = 20_000;
/** Questions over one connection. */
const MAX_QUESTIONS = 200;
/** Octets of a question: a name, EDNS and its options have some hundred. */
const MAX_QUESTION_OCTETS = 4096;
/** Octets of answers that wait for a client that does not read. */
const MAX_WAITING_OCTETS = 256 * 1024;

export function watchedStreams(
  serve: StreamHandler,
  observe: (question: Uint8Array, stream: Duplex) => void,
): StreamHandler {
  return (stream) => {
    const deadline = setTimeout(() => stream.destroy(), MAX_STREAM_MS);
    let pending: Uint8Array = new Uint8Array(0);
    let questions = 0;
    stream.once('close', () => clearTimeout(deadline));
    // Before the server's own, so that it sees nothing of what is too much.
    stream.on('data', (chunk: Uint8Array) => {
      pending = concatBytes(pending, chunk);
      while (pending.length >= 2) {
        const octets = readUint16(pending, 0);
        if (octets > MAX_QUESTION_OCTETS || stream.writableLength > MAX_WAITING_OCTETS)
          return end(stream);
        if (pending.length < 2 + octets) return;
        questions += 1;
        if (questions > MAX_QUESTIONS) return end(stream);
        observe(pending.subarray(2, 2 + octets), stream);
        pending = pending.subarray(2 + octets);
      }
    });
    serve(stream);
  };
}

function end(stream: Duplex): void {
  stream.removeAllListeners('data');
  stream.destroy();
}
