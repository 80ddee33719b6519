// Stands before a real name server and alters what it says, to show faults that BIND itself never has (RFC 8020, RFC 1035 §4.1.1).
import { createSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import type { Endpoint } from './bind.ts';

/** What a proxy does: pass everything, or one fault. */
export type Alteration =
  | { readonly kind: 'none' }
  /** NXDOMAIN instead of an empty answer for `_tcp.…`, the empty non-terminal above a TLSA record. */
  | { readonly kind: 'nxdomain-for-ancestor' }
  /** Questions for `_tcp.…` go to a server whose copy of the zone never had the TLSA record. */
  | { readonly kind: 'ancestor-from'; readonly upstream: Endpoint }
  | { readonly kind: 'servfail-for-tlsa' };

export interface AlteringProxy {
  close(): Promise<void>;
}

const NXDOMAIN = 3;
const SERVFAIL = 2;
const TYPE_TLSA = 52;
const HEADER_BYTES = 12;
/** How long the real server may take, in ms; it is on this machine. */
const UPSTREAM_TIMEOUT = 2_000;

export async function startAlteringProxy(
  listen: Endpoint,
  upstream: Endpoint,
  alteration: Alteration,
): Promise<AlteringProxy> {
  const closeUdp = await serveUdp(listen, (query) =>
    exchange(query, upstream, alteration, askOverUdp),
  );
  const closeTcp = await serveTcp(listen, (query) =>
    exchange(query, upstream, alteration, askOverTcp),
  );
  return {
    close: async () => {
      await Promise.all([closeUdp(), closeTcp()]);
    },
  };
}

type Answer = (query: Buffer) => Promise<Buffer | null>;

/** Serves until the function it gives is called; answers that come later are dropped. */
async function serveUdp(listen: Endpoint, answerTo: Answer): Promise<() => Promise<void>> {
  const socket = createSocket('udp4');
  let open = true;
  socket.on('message', (query, sender) => {
    void answerTo(query).then((answer) =>
      answer === null || !open
        ? undefined
        : socket.send(answer, sender.port, sender.address, () => undefined),
    );
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(listen.port, listen.address, resolve);
  });
  socket.on('error', () => undefined);
  socket.unref();
  return () => {
    open = false;
    return new Promise((resolve) => socket.close(resolve));
  };
}

async function serveTcp(listen: Endpoint, answerTo: Answer): Promise<() => Promise<void>> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    let pending = Buffer.alloc(0);
    client.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const end = 2 + pending.readUInt16BE(0);
        const query = pending.subarray(2, end);
        pending = pending.subarray(end);
        void answerTo(query).then((answer) =>
          answer === null ? client.destroy() : client.write(framed(answer)),
        );
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.address, resolve);
  });
  server.unref();
  return () => {
    for (const client of clients) client.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
}

type Ask = (query: Buffer, upstream: Endpoint) => Promise<Buffer | null>;

async function exchange(
  query: Buffer,
  upstream: Endpoint,
  alteration: Alteration,
  ask: Ask,
): Promise<Buffer | null> {
  const question = readQuestion(query);
  if (question === null) return null;
  if (alteration.kind === 'servfail-for-tlsa' && question.type === TYPE_TLSA) {
    return failure(query, question.end);
  }
  const aboutAncestor = question.firstLabel === '_tcp';
  if (alteration.kind === 'ancestor-from' && aboutAncestor) return ask(query, alteration.upstream);
  const answer = await ask(query, upstream);
  if (answer === null || answer.length < HEADER_BYTES) return null;
  if (alteration.kind !== 'nxdomain-for-ancestor' || !aboutAncestor) {
    return answer;
  }
  const answerCount = answer.readUInt16BE(6);
  const flags = answer.readUInt16BE(2);
  if (answerCount === 0 && (flags & 0x0f) === 0) answer.writeUInt16BE(flags | NXDOMAIN, 2);
  return answer;
}

function readQuestion(
  query: Buffer,
): { readonly firstLabel: string; readonly type: number; readonly end: number } | null {
  let at = HEADER_BYTES;
  const length = query[at] ?? 0;
  const firstLabel = query.toString('latin1', at + 1, at + 1 + length).toLowerCase();
  while ((query[at] ?? 0) !== 0) at += 1 + (query[at] ?? 0);
  const end = at + 5;
  return end > query.length ? null : { firstLabel, type: query.readUInt16BE(at + 1), end };
}

/** The question sent back with SERVFAIL, without EDNS. */
function failure(query: Buffer, end: number): Buffer {
  const answer = Buffer.from(query.subarray(0, end));
  const recursionDesired = query.readUInt16BE(2) & 0x0100;
  answer.writeUInt16BE(0x8000 | recursionDesired | SERVFAIL, 2);
  answer.fill(0, 6, HEADER_BYTES);
  return answer;
}

function askOverUdp(query: Buffer, upstream: Endpoint): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (answer: Buffer | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(null), UPSTREAM_TIMEOUT);
    socket.once('message', finish);
    socket.once('error', () => finish(null));
    socket.send(query, upstream.port, upstream.address);
  });
}

function askOverTcp(query: Buffer, upstream: Endpoint): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const socket = connect(upstream.port, upstream.address);
    let received = Buffer.alloc(0);
    const finish = (answer: Buffer | null): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(UPSTREAM_TIMEOUT, () => finish(null));
    socket.on('error', () => finish(null));
    socket.on('end', () => finish(null));
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      if (received.length < 2) return;
      const end = 2 + received.readUInt16BE(0);
      if (received.length >= end) finish(received.subarray(2, end));
    });
    socket.write(framed(query));
  });
}

/** A message over TCP has its length before it (RFC 1035 §4.2.2). */
function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}
