/** A web server that has one text file and no more: the policy of MTA-STS (RFC 8461 §3.3), right or wrong on demand. */
import type { Duplex } from 'node:stream';
import type { StreamHandler } from '../net/handler.ts';
import { createTlsAcceptor, type TlsIdentity } from '../net/tls-accept.ts';

export interface PolicyServerOptions {
  readonly identity: TlsIdentity;
  readonly answer: HttpAnswer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
  /** Sends an octet at a time and never ends, or nothing at all. */
  readonly pace?: 'trickle' | 'silent';
}

const MAX_HEAD_OCTETS = 8192;
/** Of the machine's time, and longer than a virtual clock waits for quiet. */
const TRICKLE_MS = 40;

/** RFC 8461 §3.2: `text/plain`, and CRLF ends a line. */
export function policyAnswer(lines: readonly string[]): HttpAnswer {
  return {
    status: 200,
    headers: ['Content-Type: text/plain'],
    body: lines.map((line) => `${line}\r\n`).join(''),
  };
}

export function createPolicyServer({ identity, answer }: PolicyServerOptions): StreamHandler {
  const acceptTls = createTlsAcceptor({ identities: [identity] });
  return (stream) => {
    const secured = acceptTls(stream);
    let head = '';
    const onData = (chunk: Uint8Array): void => {
      head += Buffer.from(chunk).toString('latin1');
      if (head.length > MAX_HEAD_OCTETS) secured.destroy();
      if (!head.includes('\r\n\r\n')) return;
      secured.off('data', onData);
      const known = head.startsWith('GET /.well-known/mta-sts.txt HTTP/1.1\r\n');
      send(secured, known ? answer : NOT_FOUND);
    };
    secured.on('data', onData);
  };
}

const NOT_FOUND: HttpAnswer = {
  status: 404,
  headers: ['Content-Type: text/plain'],
  body: 'no such file',
};

function send(stream: Duplex, { status, headers, body, pace }: HttpAnswer): void {
  if (pace === 'silent') return;
  const length = pace === 'trickle' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`HTTP/1.1 ${status} Because`, ...headers, ...length, 'Connection: close'];
  stream.write(`${head.join('\r\n')}\r\n\r\n`);
  if (pace === 'trickle') trickle(stream);
  else stream.end(body);
}

function trickle(stream: Duplex): void {
  const timer = setInterval(() => {
    if (stream.destroyed) clearInterval(timer);
    else stream.write('#');
  }, TRICKLE_MS);
  stream.once('close', () => clearInterval(timer));
}
