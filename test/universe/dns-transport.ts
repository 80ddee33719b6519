// Carries DNS messages over UDP and TCP, as a server and as a client, without reading them (RFC 1035 §4.2, RFC 7766).
import { createSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import type { Endpoint } from './bind.ts';

export type Transport = 'udp' | 'tcp';

/** What a server does with a query: it answers, keeps silent, or (over TCP) closes the connection. */
export type Reply = Buffer | 'silence' | 'hang-up';

/** Serves until the function it gives is called. */
export type Close = () => Promise<void>;

/** How long the server behind may take, in ms; it is on this machine. */
const UPSTREAM_TIMEOUT = 2_000;

export async function serveUdp(
  listen: Endpoint,
  replyTo: (query: Buffer) => Promise<Reply>,
): Promise<Close> {
  const socket = createSocket('udp4');
  let open = true;
  socket.on('message', (query, sender) => {
    void replyTo(query).then((reply) =>
      typeof reply === 'string' || !open
        ? undefined
        : socket.send(reply, sender.port, sender.address, () => undefined),
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

export async function serveTcp(
  listen: Endpoint,
  replyTo: (query: Buffer) => Promise<Reply>,
): Promise<Close> {
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
        void replyTo(query).then((reply) => react(client, reply));
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

/** The answer, or null when there is none in time. */
export function ask(
  transport: Transport,
  query: Buffer,
  upstream: Endpoint,
): Promise<Buffer | null> {
  return transport === 'udp' ? askOverUdp(query, upstream) : askOverTcp(query, upstream);
}

function react(client: Socket, reply: Reply): void {
  if (reply === 'hang-up') client.destroy();
  else if (reply !== 'silence') client.write(framed(reply));
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
