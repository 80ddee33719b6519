/** A small SOCKS5 server that gets people through, or goes wrong on demand (RFC 1928, RFC 1929). */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface SocksScript {
  /** `USER:PASSWORD` to ask for; none is asked for without. */
  readonly login?: string;
  /** Reply code to each request (RFC 1928 §6); 0 connects. */
  readonly reply?: number;
  /** Where it connects to, whatever was asked for. */
  readonly target?: number;
  /** Bytes sent in one piece with the reply. */
  readonly early?: string;
  /** Says nothing more from this step on, or closes there. */
  readonly stall?: 'greeting' | 'authentication' | 'request';
  readonly close?: 'greeting' | 'request';
  /** Greets so instead. */
  readonly greeting?: string;
}

export interface SocksServer {
  readonly port: number;
  /** Each request's address and port. */
  readonly requests: string[];
  readonly logins: string[];
  close(): Promise<void>;
}

export async function startSocksServer(script: SocksScript): Promise<SocksServer> {
  const requests: string[] = [];
  const logins: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    void serve(socket, script, requests, logins);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: portOf(server),
    requests,
    logins,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

export function portOf(server: Server): number {
  const at = server.address();
  return at !== null && typeof at === 'object' ? at.port : 0;
}

async function serve(
  socket: Socket,
  script: SocksScript,
  requests: string[],
  logins: string[],
): Promise<void> {
  const read = readerOf(socket);
  const [, methods = 0] = await read(2);
  await read(methods);
  if (script.stall === 'greeting') return;
  if (script.close === 'greeting') return void socket.end();
  const method = script.login === undefined ? 0 : 2;
  socket.write(Buffer.from(script.greeting ?? String.fromCharCode(5, method), 'latin1'));
  if (script.login !== undefined) {
    const [, userLength = 0] = await read(2);
    const user = await read(userLength);
    const [passwordLength = 0] = await read(1);
    const login = `${user.toString()}:${(await read(passwordLength)).toString()}`;
    logins.push(login);
    if (script.stall === 'authentication') return;
    socket.write(Buffer.from([1, login === script.login ? 0 : 1]));
    if (login !== script.login) return void socket.end();
  }
  const [, , , type] = await read(4);
  const address = await read(type === 1 ? 4 : 16);
  const port = (await read(2)).readUInt16BE();
  requests.push(`${type === 1 ? [...address].join('.') : address.toString('hex')} ${port}`);
  if (script.stall === 'request') return;
  if (script.close === 'request') return void socket.end();
  const code = script.reply ?? 0;
  const reply = Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
  socket.write(Buffer.concat([reply, Buffer.from(script.early ?? '')]));
  if (code !== 0) return void socket.end();
  if (script.target === undefined) return;
  const onward = connect(script.target, '127.0.0.1');
  onward.on('error', () => socket.destroy());
  socket.pipe(onward).pipe(socket);
}

/** The next so many bytes; never settles when the peer is gone. */
function readerOf(socket: Socket): (count: number) => Promise<Buffer> {
  return async (count) => {
    for (;;) {
      const bytes: unknown = count === 0 ? Buffer.alloc(0) : socket.read(count);
      if (Buffer.isBuffer(bytes)) return bytes;
      await new Promise((readable) => socket.once('readable', readable));
    }
  };
}
