/** What a server is to a network, real or virtual: bytes in, bytes out. */
import type { Duplex } from 'node:stream';

/** May reply never, once or more often, at once or later. */
export type DatagramHandler = (
  payload: Uint8Array,
  reply: (bytes: Uint8Array) => void,
  /** Address that it came from; real networks tell it. */
  from?: string,
) => void;

/** Owns the stream from the moment a client has connected; must survive its `error` event. */
export type StreamHandler = (stream: Duplex) => void;

/** Ends a stream the way a crashed server does: with a reset instead of an orderly end. */
export function resetStream(stream: Duplex): void {
  if (canReset(stream)) stream.resetAndDestroy();
  else stream.destroy();
}

/** Sockets of the system and of the virtual internet can; a plain Duplex cannot. */
function canReset(stream: Duplex): stream is Duplex & { resetAndDestroy(): unknown } {
  return 'resetAndDestroy' in stream;
}
