/** A pair of byte streams joined by a virtual wire, each end behaving like a TCP socket. */
import { Duplex } from 'node:stream';

/** Carries one direction: calls back when what was sent has arrived, in order. */
export type Wire = (arrive: () => void) => void;

/** Bytes on the wire or unread by the peer before a writer has to wait. */
const WINDOW_BYTES = 64 * 1024;

export function connectSockets(
  toServer: Wire,
  toClient: Wire,
): { readonly client: VirtualSocket; readonly server: VirtualSocket } {
  const client = new VirtualSocket(toServer);
  const server = new VirtualSocket(toClient);
  client.joinTo(server);
  server.joinTo(client);
  return { client, server };
}

export class VirtualSocket extends Duplex {
  readonly #wire: Wire;
  #peer: VirtualSocket | null = null;
  /** Sent and not yet taken by the peer's reader. */
  #outstandingBytes = 0;
  /** Received and still waiting for our own reader. */
  #heldBytes = 0;
  #resumeWriting: (() => void) | null = null;
  #endSent = false;
  #peerClosed = false;
  #resetting = false;

  constructor(wire: Wire) {
    super({ allowHalfOpen: false });
    this.#wire = wire;
  }

  joinTo(peer: VirtualSocket): void {
    this.#peer = peer;
  }

  /** Ends with a reset, as `net.Socket` has it: the peer sees ECONNRESET. */
  resetAndDestroy(): this {
    this.#resetting = true;
    return this.destroy();
  }

  override _read(): void {
    this.#peer?.bytesTaken(this.#heldBytes);
    this.#heldBytes = 0;
  }

  override _write(
    chunk: Uint8Array,
    _encoding: BufferEncoding,
    callback: (error?: Error | null) => void,
  ): void {
    if (this.#peerClosed) {
      callback(socketError('EPIPE'));
      return;
    }
    const bytes = new Uint8Array(chunk);
    this.#outstandingBytes += bytes.length;
    this.#wire(() => this.#peer?.bytesArrived(bytes));
    if (this.#outstandingBytes < WINDOW_BYTES) callback();
    else this.#resumeWriting = callback;
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#sendEnd();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.#resetting) this.#wire(() => this.#peer?.resetArrived());
    else {
      this.#sendEnd();
      this.#wire(() => this.#peer?.peerWasClosed());
    }
    callback(error);
  }

  #sendEnd(): void {
    if (this.#endSent) return;
    this.#endSent = true;
    this.#wire(() => this.#peer?.endArrived());
  }

  /** Called by the peer when its bytes come off the wire; a kernel resets what comes for a closed socket. */
  bytesArrived(bytes: Uint8Array): void {
    if (this.destroyed) this.#wire(() => this.#peer?.resetArrived());
    else if (this.push(Buffer.from(bytes))) this.#peer?.bytesTaken(bytes.length);
    else this.#heldBytes += bytes.length;
  }

  endArrived(): void {
    if (!this.destroyed) this.push(null);
  }

  peerWasClosed(): void {
    this.#peerClosed = true;
    this.bytesTaken(this.#outstandingBytes);
  }

  resetArrived(): void {
    this.#peerClosed = true;
    this.destroy(socketError('ECONNRESET'));
  }

  bytesTaken(count: number): void {
    this.#outstandingBytes -= count;
    if (this.#outstandingBytes >= WINDOW_BYTES) return;
    const resume = this.#resumeWriting;
    this.#resumeWriting = null;
    resume?.();
  }
}

function socketError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
