/** Answers small requests over HTTP on the operating system's sockets, to whoever comes (RFC 9110, RFC 9112). */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import type { Listener } from './listen.ts';
import type { Endpoint } from './network.ts';
import { openingFailure } from './system-failure.ts';

export interface WebRequest {
  readonly method: string;
  /** As it was sent: path and query, or a whole URL (RFC 9112 §3.2). */
  readonly target: string;
  /** By its lower-case name; null when it was not sent. */
  header(name: string): string | null;
  /** Address that connected. */
  readonly from: string;
}

export type WebHeaders = Readonly<Record<string, string>>;

export type WebReply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: WebHeaders;
      readonly body: string;
    }
  /** Status 200, and a body that goes on until one side ends it. */
  | {
      readonly kind: 'stream';
      readonly headers: WebHeaders;
      begun(stream: WebStream): void;
    };

export interface WebStream {
  /** Ends the stream of whoever does not read. */
  send(text: string): void;
  end(): void;
  /** Calls back once, when it has ended from either side. */
  onEnd(listener: () => void): void;
}

export interface WebLimits {
  /** Milliseconds for the head of a request, from the connection or from the request before. */
  readonly headMs: number;
  /** Milliseconds for a whole request. */
  readonly requestMs: number;
  /** Milliseconds in which nothing moves, after which a connection is broken; streams have to move oftener. */
  readonly stillMs: number;
  /** Milliseconds that a connection is kept for a next request. */
  readonly keepMs: number;
  /** Milliseconds between two looks at whether somebody is too slow. */
  readonly lookMs: number;
}

export const WEB_LIMITS: WebLimits = {
  headMs: 10_000,
  requestMs: 15_000,
  stillMs: 40_000,
  keepMs: 5000,
  lookMs: 1000,
};

/** Octets of a request's head: browsers send less than one kilobyte. */
const MAX_HEAD_OCTETS = 8 * 1024;
/** Octets of a request's body: a form without fields has none. */
const MAX_BODY_OCTETS = 4 * 1024;
/** Requests over one connection; the next one needs another. */
const MAX_REQUESTS = 100;
/** Octets that wait for whoever reads a stream: it may need a moment for the first, which tells everything. */
const MAX_UNREAD_OCTETS = 1024 * 1024;

/**
 * Octets of answers that wait for whoever asked, in all: nobody who asks for large ones and does not read them
 * shall fill the memory. What the system has taken is not counted; it has limits of its own.
 */
const MAX_WAITING_OCTETS = 64 * 1024 * 1024;

export interface WebService {
  /** Null for one too many; otherwise called once the connection has gone. `drop` breaks it, for somebody else. */
  admit(address: string, drop: () => void): (() => void) | null;
  /** The body of a request is read to its end, and thrown away. */
  answer(request: WebRequest): WebReply;
}

export function listenForRequests(
  at: Endpoint,
  service: WebService,
  limits: WebLimits = WEB_LIMITS,
): Promise<Result<Listener>> {
  const open = new Map<Socket, Connection>();
  const server = createLimitedServer(limits);
  server.on('connection', (socket) => {
    open.set(socket, { waiting: 0 });
    socket.once('close', () => open.delete(socket));
    const leave = service.admit(socket.remoteAddress ?? '', () => socket.destroy());
    if (leave === null) turnAway(socket);
    else socket.once('close', leave);
  });
  server.on('request', (request, response) => {
    // Of a connection that was turned away nothing more is heard.
    if (!request.socket.destroyed && request.socket.writable)
      hear(request, response, service, (octets) => reserve(octets, request, response));
  });
  const reserve: Reserve = (octets, { socket }, response) => {
    const connection = open.get(socket);
    let sum = octets;
    for (const { waiting } of open.values()) sum += waiting;
    if (connection === undefined || sum > MAX_WAITING_OCTETS) return false;
    connection.waiting += octets;
    response.once('finish', () => {
      connection.waiting -= octets;
    });
    return true;
  };
  // It has had all that one connection is given, and was told so.
  server.on('dropRequest', (_, socket) => void socket.destroy());
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(fail(openingFailure(error))));
    server.listen({ port: at.port, host: at.address, exclusive: true }, () => {
      server.removeAllListeners('error');
      server.on('error', () => undefined);
      resolve(
        succeed({
          endpoint: { address: at.address, port: portOf(server.address()) },
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              for (const socket of open.keys()) socket.destroy();
            }),
        }),
      );
    });
  });
}

interface Connection {
  /** Octets of answers that the system has not taken yet; they go with the connection. */
  waiting: number;
}

/** Whether there is room for an answer of so many octets. */
type Reserve = (octets: number, request: IncomingMessage, response: ServerResponse) => boolean;

function createLimitedServer({ headMs, requestMs, stillMs, keepMs, lookMs }: WebLimits): Server {
  const server = createServer({
    headersTimeout: headMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepMs,
    connectionsCheckingInterval: lookMs,
    maxHeaderSize: MAX_HEAD_OCTETS,
    // What others read otherwise than we do is refused (RFC 9112 §11.2).
    insecureHTTPParser: false,
  });
  server.timeout = stillMs;
  server.maxRequestsPerSocket = MAX_REQUESTS;
  return server;
}

const TOO_MANY = 'Too many connections; try again in a moment.\n';

function turnAway(socket: Socket): void {
  socket.write(
    [
      'HTTP/1.1 503 Service Unavailable',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${TOO_MANY.length}`,
      'Retry-After: 10',
      'Connection: close',
      '',
      TOO_MANY,
    ].join('\r\n'),
  );
  socket.destroySoon();
}

function hear(
  request: IncomingMessage,
  response: ServerResponse,
  service: WebService,
  hasRoom: (octets: number) => boolean,
): void {
  // Late errors of a connection that broke concern nobody, but unheard they would end the process.
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  let octets = 0;
  let refused = false;
  const refuse = (status: number, words: string): void => {
    refused = true;
    const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
    write(request, response, { kind: 'answer', status, headers, body: words });
  };
  request.on('data', (chunk: Uint8Array) => {
    octets += chunk.length;
    if (octets > MAX_BODY_OCTETS && !refused) refuse(413, 'Too much.\n');
    // It need not be heard out.
    if (octets > 2 * MAX_BODY_OCTETS) request.socket.destroy();
  });
  request.on('end', () => {
    if (refused) return;
    // RFC 9112 §3.2: whoever names two hosts may mean either.
    if (hostsNamed(request) > 1) refuse(400, 'More than one host is named.\n');
    else {
      const reply = service.answer(requestOf(request));
      const fits = reply.kind === 'stream' || hasRoom(Buffer.byteLength(reply.body));
      write(request, response, fits ? reply : PUT_OFF);
    }
  });
}

const PUT_OFF: WebReply = {
  ...{
    kind: 'answer',
    status: 503,
    body: 'Too much is being read at once; try again in a moment.\n',
  },
  headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '10' },
};

function hostsNamed({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.filter((text, place) => place % 2 === 0 && text.toLowerCase() === 'host')
    .length;
}

function requestOf(request: IncomingMessage): WebRequest {
  const { method = '', url = '', headers, socket } = request;
  return {
    method,
    target: url,
    from: socket.remoteAddress ?? '',
    header: (name) => {
      const value = headers[name];
      return typeof value === 'string' ? value : (value?.join(', ') ?? null);
    },
  };
}

function write(request: IncomingMessage, response: ServerResponse, reply: WebReply): void {
  if (reply.kind === 'answer') {
    const { status, headers, body } = reply;
    const length = String(Buffer.byteLength(body));
    response.writeHead(status, { ...headers, 'content-length': length });
    // To HEAD Node sends the head alone (RFC 9110 §9.3.2).
    response.end(body);
    return;
  }
  response.writeHead(200, { ...reply.headers });
  if (request.method === 'HEAD') response.end();
  else reply.begun(streamOf(response));
}

function streamOf(response: ServerResponse): WebStream {
  response.flushHeaders();
  return {
    send(text) {
      if (response.destroyed || response.writableEnded) return;
      response.write(text);
      if (response.writableLength > MAX_UNREAD_OCTETS) response.destroy();
    },
    end: () => void response.end(),
    onEnd(listener) {
      // Whoever has gone already will not go again.
      if (response.destroyed) listener();
      else response.once('close', listener);
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0;
}
