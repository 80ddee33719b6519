/** A mail server that greets, offers STARTTLS and takes no mail, or goes wrong on demand (RFC 5321, RFC 3207). */
import type { Duplex } from 'node:stream';
import { resetStream, type StreamHandler } from '../net/handler.ts';
import { createTlsAcceptor, type TlsServerSettings } from '../net/tls-accept.ts';
import { createChoosingAcceptor, type AcceptTls, type KeyedIdentity } from './key-choice.ts';
import { once } from './once.ts';

export interface MailServerOptions {
  /** In the greeting and the reply to EHLO. */
  readonly hostName: string;
  /** Null offers no STARTTLS; several identities are chosen from by what the client can check. */
  readonly tls: TlsServerSettings | readonly KeyedIdentity[] | null;
  readonly fault?: MailServerFault;
}

export type MailServerFault =
  /** Closes, resets or says nothing instead of greeting. */
  | 'close-on-connect'
  | 'reset-on-connect'
  | 'stall-on-connect'
  /** Greets with 554 (RFC 5321 §3.1), or answers EHLO with 550. */
  | 'reject-connection'
  | 'reject-ehlo'
  /** Offers STARTTLS and answers it with 454 (RFC 3207 §4), with nothing, or by closing. */
  | 'refuse-starttls'
  | 'stall-on-starttls'
  | 'close-on-starttls'
  /** Says 220 and then nothing that is TLS, or breaks off in the handshake. */
  | 'garbage-for-tls'
  | 'close-in-handshake'
  | 'stall-in-handshake'
  /** Sends plaintext behind the 220, as a man in the middle would (RFC 3207 §6). */
  | 'inject-plaintext'
  /** Answers in one-byte pieces. */
  | 'trickle';

/** Longest command line that is read (RFC 5321 §4.5.3.1.4 asks for 512 octets). */
const MAX_LINE_OCTETS = 2048;

export function createMailServer(options: MailServerOptions): StreamHandler {
  // Made when the first client asks: a certificate takes its time to be made ready.
  const acceptor = once(() => acceptorFor(options));
  return (stream) => {
    const acceptTls = acceptor();
    switch (options.fault) {
      case 'close-on-connect':
        stream.end();
        return;
      case 'reset-on-connect':
        resetStream(stream);
        return;
      case 'stall-on-connect':
        stream.resume();
        return;
      case 'reject-connection':
        stream.end(`554 ${options.hostName} no service for you\r\n`);
        return;
      default:
        say(stream, options, `220 ${options.hostName} ESMTP\r\n`);
        converse(stream, options, acceptTls);
    }
  };
}

function acceptorFor({ tls }: MailServerOptions): AcceptTls | null {
  if (tls === null) return null;
  if (!('identities' in tls)) return createChoosingAcceptor(tls);
  const accept = createTlsAcceptor(tls);
  return (stream, take) => take(accept(stream));
}

/** Reads lines and answers each; stops listening when TLS takes over. */
function converse(stream: Duplex, options: MailServerOptions, acceptTls: AcceptTls | null): void {
  let pending = '';
  const onData = (chunk: Uint8Array): void => {
    pending += Buffer.from(chunk).toString('latin1');
    if (pending.length > MAX_LINE_OCTETS) {
      stream.end('500 line too long\r\n');
      return;
    }
    for (;;) {
      const end = pending.indexOf('\r\n');
      if (end === -1) return;
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      if (isStartTls(line) && acceptTls) {
        const next = startTls(stream, options);
        if (next === 'commands') continue;
        stream.off('data', onData);
        if (next === 'tls') {
          stream.pause();
          // RFC 3207 §4.2: after TLS everything starts anew, and STARTTLS is not offered again.
          acceptTls(stream, (secured) => {
            converse(secured, options, null);
          });
        }
        return;
      }
      answer(stream, options, line, acceptTls !== null);
    }
  };
  stream.on('data', onData);
  stream.on('end', () => stream.end());
}

function isStartTls(line: string): boolean {
  return /^starttls\s*$/i.test(line);
}

/** Answers STARTTLS, and tells what is to be made of the bytes that follow. */
function startTls(stream: Duplex, options: MailServerOptions): 'tls' | 'commands' | 'nothing' {
  switch (options.fault) {
    case 'refuse-starttls':
      say(stream, options, '454 TLS not available due to temporary reason\r\n');
      return 'commands';
    case 'stall-on-starttls':
      stream.resume();
      return 'nothing';
    case 'close-on-starttls':
      stream.end();
      stream.resume();
      return 'nothing';
    case 'garbage-for-tls':
      say(stream, options, '220 ready\r\n');
      stream.once('data', () => stream.write('502 what was that?\r\n'));
      return 'nothing';
    case 'close-in-handshake':
      say(stream, options, '220 ready\r\n');
      stream.once('data', () => stream.destroy());
      return 'nothing';
    case 'stall-in-handshake':
      say(stream, options, '220 ready\r\n');
      stream.resume();
      return 'nothing';
    case 'inject-plaintext':
      say(stream, options, `220 ready\r\n250 ${options.hostName} injected\r\n`);
      return 'tls';
    default:
      say(stream, options, '220 ready to start TLS\r\n');
      return 'tls';
  }
}

function answer(
  stream: Duplex,
  options: MailServerOptions,
  line: string,
  offersTls: boolean,
): void {
  const verb = /^[a-z]+/i.exec(line)?.[0].toUpperCase() ?? '';
  switch (verb) {
    case 'EHLO':
      say(stream, options, ehloReply(options, offersTls));
      break;
    case 'HELO':
      say(stream, options, `250 ${options.hostName}\r\n`);
      break;
    case 'QUIT':
      stream.end('221 bye\r\n');
      break;
    case 'NOOP':
    case 'RSET':
      say(stream, options, '250 ok\r\n');
      break;
    case 'STARTTLS':
      say(stream, options, '502 not implemented\r\n');
      break;
    default:
      say(stream, options, '550 this server takes no mail\r\n');
  }
}

function ehloReply(options: MailServerOptions, offersTls: boolean): string {
  if (options.fault === 'reject-ehlo') return '550 go away\r\n';
  const extensions = ['SIZE 10240000', ...(offersTls ? ['STARTTLS'] : []), '8BITMIME'];
  const lines = [options.hostName, ...extensions];
  return lines
    .map((text, index) => `250${index === lines.length - 1 ? ' ' : '-'}${text}\r\n`)
    .join('');
}

function say(stream: Duplex, options: MailServerOptions, text: string): void {
  if (options.fault !== 'trickle') {
    stream.write(text);
    return;
  }
  for (const character of text) stream.write(character);
}
