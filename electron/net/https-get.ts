/** One GET over a byte stream, as a client that trusts only what the Web PKI vouches for (RFC 9110, RFC 9525). */
import { request as ask, type ClientRequest, type IncomingMessage } from 'node:http';
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { Duplex } from 'node:stream';
import { fail, succeed, type Failure, type Result } from '../../shared/failure.ts';
import { underlayOf } from './byte-tee.ts';
import { waitWithDeadline } from './deadline.ts';
import type { Clock, HttpsRequest, HttpsResponse } from './network.ts';
import { errorCode, openFailure } from './system-failure.ts';

/** Octets of a response's head; no server needs more for a text file. */
const MAX_HEAD_OCTETS = 16 * 1024;

/** The stream is used up, whatever comes of it. */
export async function httpsGet(
  inner: Duplex,
  request: HttpsRequest,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Result<HttpsResponse>> {
  const opened: (Duplex | ClientRequest)[] = [inner];
  try {
    return await waitWithDeadline<HttpsResponse>(clock, timeoutMs, signal, (settle) => {
      const socket = secure(inner, request);
      opened.push(socket);
      socket.on('error', (error: Error) => settle(fail(tlsFailure(error))));
      socket.on('close', () => settle(fail({ kind: 'closed', code: 'ECONNRESET' })));
      socket.once('secureConnect', () => {
        opened.push(send(socket, request, settle));
      });
      // All of it is thrown away with the wait, listeners included.
      return () => undefined;
    });
  } finally {
    for (const stream of opened) discard(stream);
  }
}

function discard(stream: Duplex | ClientRequest): void {
  // Late errors of what is thrown away concern nobody, but unheard they would end the process.
  stream.on('error', () => undefined);
  stream.destroy();
}

function secure(inner: Duplex, request: HttpsRequest): TLSSocket {
  return connect({
    socket: underlayOf(inner, () => undefined),
    servername: request.serverName,
    // Said outright: neither an environment variable nor a default may switch the check off.
    rejectUnauthorized: true,
    checkServerIdentity: checkDnsName,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    ...(request.roots === null ? {} : { ca: [...request.roots] }),
  });
}

/** RFC 9525 §2: a DNS name in the subjectAltName; the common name, which Node still reads, is none. */
function checkDnsName(host: string, certificate: PeerCertificate): Error | undefined {
  return /(^|, )DNS:/.test(certificate.subjectaltname ?? '')
    ? checkServerIdentity(host, certificate)
    : Object.assign(new Error('no DNS name'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
}

function tlsFailure(error: Error): Failure {
  const code = errorCode(error);
  if (code === 'ECONNRESET') return { kind: 'closed', code };
  return { kind: 'tls', detail: code };
}

function send(
  socket: TLSSocket,
  { serverName, path, agent, maxOctets }: HttpsRequest,
  settle: (result: Result<HttpsResponse>) => void,
): ClientRequest {
  const asked = ask({
    createConnection: () => socket,
    host: serverName,
    path,
    headers: { host: serverName, accept: 'text/plain', 'user-agent': agent, connection: 'close' },
    maxHeaderSize: MAX_HEAD_OCTETS,
  });
  asked.on('error', (error) => settle(fail(exchangeFailure(error))));
  asked.once('response', (response) => readBody(response, maxOctets, settle));
  asked.end();
  return asked;
}

function exchangeFailure(error: Error): Failure {
  const code = errorCode(error);
  if (code === 'HPE_HEADER_OVERFLOW') return { kind: 'limit', limit: 'MAX_HEAD_OCTETS' };
  return code.startsWith('HPE_')
    ? { kind: 'malformed', detail: error.message }
    : openFailure(error);
}

function readBody(
  response: IncomingMessage,
  maxOctets: number,
  settle: (result: Result<HttpsResponse>) => void,
): void {
  const chunks: Uint8Array[] = [];
  let octets = 0;
  response.on('data', (chunk: Uint8Array) => {
    octets += chunk.length;
    if (octets > maxOctets) settle(fail({ kind: 'limit', limit: 'maxOctets' }));
    else chunks.push(chunk);
  });
  response.on('error', (error) => settle(fail(exchangeFailure(error))));
  response.once('end', () =>
    settle(
      succeed({
        status: response.statusCode ?? 0,
        contentType: response.headers['content-type'] ?? null,
        location: response.headers.location ?? null,
        body: new Uint8Array(Buffer.concat(chunks)),
      }),
    ),
  );
}
