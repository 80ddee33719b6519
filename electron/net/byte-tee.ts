/** A byte stream laid between a socket and TLS that keeps what the server sent during the handshake. */
import { Duplex } from 'node:stream';

/** Bytes kept: a certificate list of 100 KiB, its records' overhead and the rest of a handshake. */
const MAX_KEPT_BYTES = 256 * 1024;

export interface ByteTee {
  readonly stream: Duplex;
  /** The server's bytes so far; stops keeping. */
  take(): Uint8Array;
}

export function teeOf(inner: Duplex): ByteTee {
  let kept: Uint8Array[] | null = [];
  let keptBytes = 0;
  const keep = (chunk: Uint8Array): void => {
    if (kept === null || keptBytes >= MAX_KEPT_BYTES) return;
    kept.push(chunk);
    keptBytes += chunk.length;
  };
  return {
    stream: underlayOf(inner, keep),
    take: () => {
      const bytes = Buffer.concat(kept ?? []);
      kept = null;
      return bytes;
    },
  };
}

/** What TLS runs on top of: passes everything through and tells `see` of what comes in. */
export function underlayOf(inner: Duplex, see: (chunk: Uint8Array) => void): Duplex {
  const outer = new Duplex({
    read: () => {
      inner.resume();
    },
    write: (chunk, _encoding, callback) => {
      inner.write(chunk, callback);
    },
    final: (callback) => {
      inner.end(callback);
    },
    destroy: (error, callback) => {
      inner.destroy();
      // Node 18 crashes when a stream under TLS reports on a write or end that came after its closing.
      Object.assign(outer, { write: () => false, end: () => outer });
      callback(error);
    },
  });
  inner.on('data', (chunk: Uint8Array) => {
    see(chunk);
    if (!outer.push(chunk)) inner.pause();
  });
  inner.on('end', () => outer.push(null));
  inner.on('error', (error) => outer.destroy(error));
  inner.on('close', () => outer.destroy());
  return outer;
}
