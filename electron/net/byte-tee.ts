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
    stream: passThrough(inner, keep),
    take: () => {
      const bytes = Buffer.concat(kept ?? []);
      kept = null;
      return bytes;
    },
  };
}

function passThrough(inner: Duplex, keep: (chunk: Uint8Array) => void): Duplex {
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
      callback(error);
    },
  });
  inner.on('data', (chunk: Uint8Array) => {
    keep(chunk);
    if (!outer.push(chunk)) inner.pause();
  });
  inner.on('end', () => outer.push(null));
  inner.on('error', (error) => outer.destroy(error));
  inner.on('close', () => outer.destroy());
  return outer;
}
