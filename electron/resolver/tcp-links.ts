/** One TCP connection to a name server for all questions put to it at a time (RFC 7766 §6.2). */
import { concatBytes, readUint16, uint16Bytes } from '../../shared/dns/bytes.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/failure.ts';
import type { Connection, Endpoint, Network } from '../net/network.ts';
import { matchReply, type Query } from '../wire/query.ts';
import { untilAborted, untilLate } from './context.ts';

export interface TcpLinks {
  /** The octets of the answer. Rejects only when `signal` aborts. */
  ask(to: Endpoint, query: Query, signal: AbortSignal): Promise<Result<Uint8Array>>;
}

/** Messages that answer nothing we asked, on one connection: a server that sends more is not listened to. */
const MAX_STRAY_MESSAGES = 64;

export function createTcpLinks(network: Network, timeoutMs: number): TcpLinks {
  const links = new Map<string, Link>();
  const open = (key: string, to: Endpoint): Link => {
    const link: Link = new Link(network, timeoutMs, to, () => {
      if (links.get(key) === link) links.delete(key);
    });
    links.set(key, link);
    return link;
  };
  return {
    ask(to, query, signal) {
      const key = `${to.address}#${to.port}`;
      return (links.get(key) ?? open(key, to)).ask(query, signal);
    },
  };
}

/** A question has so many time-outs in all: one to connect or wait its turn in, one to be answered in. */
const TIMEOUTS_PER_QUESTION = 2;

interface Pending {
  readonly query: Query;
  /** On the connection that is open now. */
  sent: boolean;
  readonly resolve: (result: Result<Uint8Array>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends what there is, takes answers in whatever order they come (RFC 7766 §7), and closes when nothing
 * is owed. A server that closes after one answer is asked for the rest on the next connection, one that
 * closes without any is asked again one question at a time; never is more than one connection open.
 */
class Link {
  readonly #network: Network;
  readonly #timeoutMs: number;
  readonly #to: Endpoint;
  readonly #onEnd: () => void;
  readonly #controller = new AbortController();
  #pending: Pending[] = [];
  #connection: Connection | null = null;
  #running = false;
  /** The server was seen to mind several questions at once. */
  #oneByOne = false;

  constructor(network: Network, timeoutMs: number, to: Endpoint, onEnd: () => void) {
    this.#network = network;
    this.#timeoutMs = timeoutMs;
    this.#to = to;
    this.#onEnd = onEnd;
  }

  async ask(query: Query, signal: AbortSignal): Promise<Result<Uint8Array>> {
    signal.throwIfAborted();
    let pending: Pending | null = null;
    const answer = new Promise<Result<Uint8Array>>((resolve, reject) => {
      pending = { query, sent: false, resolve, reject };
      this.#pending.push(pending);
    });
    this.#begin();
    const afterMs = TIMEOUTS_PER_QUESTION * this.#timeoutMs;
    try {
      return await untilAborted(
        untilLate(answer, this.#network.clock, afterMs, () => fail({ kind: 'timeout', afterMs })),
        signal,
      );
    } finally {
      this.#drop(pending);
    }
  }

  #begin(): void {
    if (this.#running) {
      if (this.#connection !== null) void this.#send(this.#connection);
      return;
    }
    this.#running = true;
    this.#serve().catch((error: unknown) => {
      for (const each of this.#pending) each.reject(error);
    });
  }

  /** Until nothing is owed any more. */
  async #serve(): Promise<void> {
    // Questions of the same moment go out together.
    await Promise.resolve();
    while (this.#pending.length > 0) {
      const failure = await this.#serveConnection();
      if (failure === null) continue;
      for (const each of this.#pending) each.resolve(fail(failure));
      this.#pending = [];
    }
    this.#end();
  }

  /** One connection from opening to closing; the failure that ends all hope, or null. */
  async #serveConnection(): Promise<Failure | null> {
    const { signal } = this.#controller;
    const connected = await this.#guard(this.#network.connect(this.#to, this.#timeoutMs, signal));
    if (!connected.ok) return connected.failure;
    const connection = connected.value;
    this.#connection = connection;
    for (const each of this.#pending) each.sent = false;
    try {
      await this.#send(connection);
      const { answered, failure } = await this.#receive(connection);
      if (answered > 0 || failure === null) return null;
      if (this.#oneByOne || this.#pending.length < 2) return failure;
      this.#oneByOne = true;
      return null;
    } finally {
      this.#connection = null;
      connection.close();
    }
  }

  async #send(connection: Connection): Promise<void> {
    const unsent = this.#pending.filter(({ sent }) => !sent);
    const busy = this.#pending.some(({ sent }) => sent);
    const now = this.#oneByOne ? (busy ? [] : unsent.slice(0, 1)) : unsent;
    if (now.length === 0) return;
    for (const each of now) each.sent = true;
    const framed = now.flatMap(({ query }) => [uint16Bytes(query.bytes.length), query.bytes]);
    const { signal } = this.#controller;
    // That it could not be written shows in reading.
    await this.#guard(connection.write(concatBytes(...framed), this.#timeoutMs, signal));
  }

  async #receive(
    connection: Connection,
  ): Promise<{ readonly answered: number; readonly failure: Failure | null }> {
    const frames = createFrames();
    let answered = 0;
    let strays = 0;
    while (this.#pending.length > 0) {
      const { signal } = this.#controller;
      const chunk = await this.#guard(connection.read(this.#timeoutMs, signal));
      if (!chunk.ok && chunk.failure.kind === 'timeout') continue;
      if (!chunk.ok) return { answered, failure: chunk.failure };
      if (chunk.value === null) return { answered, failure: frames.atEnd() };
      for (const message of frames.take(chunk.value)) {
        if (this.#take(message)) answered += 1;
        else strays += 1;
      }
      if (strays > MAX_STRAY_MESSAGES) {
        const detail = 'the server sends answers to other questions over TCP';
        return { answered: 0, failure: { kind: 'malformed', detail } };
      }
    }
    return { answered, failure: null };
  }

  #take(message: Uint8Array): boolean {
    const asked = this.#pending.find(
      ({ query, sent }) => sent && matchReply(query, message) !== 'other',
    );
    if (asked === undefined) return false;
    asked.resolve(succeed(message));
    this.#drop(asked);
    return true;
  }

  /** Answered, late or not wanted any more: the next may take its turn, and when none is left the link ends. */
  #drop(pending: Pending | null): void {
    if (pending === null || !this.#pending.includes(pending)) return;
    this.#pending = this.#pending.filter((each) => each !== pending);
    if (this.#pending.length === 0) this.#end();
    else if (this.#connection !== null) void this.#send(this.#connection);
  }

  /** From here on a new question opens a new link. */
  #end(): void {
    this.#onEnd();
    this.#controller.abort(new Error('nothing more is asked'));
  }

  /** Our own abort is no error: by then everybody has been answered. */
  async #guard<T>(work: Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work;
    } catch (error) {
      if (!this.#controller.signal.aborted) throw error;
      return fail({ kind: 'closed', code: 'ABORTED' });
    }
  }
}

interface Frames {
  /** The messages that are whole with this chunk. */
  take(chunk: Uint8Array): readonly Uint8Array[];
  /** What it means that no more comes. */
  atEnd(): Failure;
}

/**
 * Messages behind their two octets of length (RFC 1035 §4.2.2). Small pieces are joined once, not each
 * time, and a chunk of thousands of empty messages is walked through, not copied anew for each.
 */
function createFrames(): Frames {
  let held: Uint8Array[] = [];
  let size = 0;
  let needed = 2;
  return {
    take(chunk) {
      held.push(chunk);
      size += chunk.length;
      if (size < needed) return [];
      const bytes = concatBytes(...held);
      const messages: Uint8Array[] = [];
      let start = 0;
      let end = endOfFirst(bytes, start);
      for (; end <= bytes.length; end = endOfFirst(bytes, start)) {
        messages.push(bytes.slice(start + 2, end));
        start = end;
      }
      held = [bytes.slice(start)];
      size = bytes.length - start;
      needed = end - start;
      return messages;
    },
    atEnd() {
      if (size === 0) return { kind: 'closed', code: 'EOF' };
      return { kind: 'malformed', detail: 'the TCP connection ended within a message' };
    },
  };
}

/** Where the message that begins at `start` ends; its length octets at least are needed to know. */
function endOfFirst(bytes: Uint8Array, start: number): number {
  return start + 2 > bytes.length ? start + 2 : start + 2 + readUint16(bytes, start);
}
