/** A mail server that sends plaintext behind its 220 to STARTTLS, as a man in the middle would (RFC 3207 §6). */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { SmtpStep } from '../../shared/lab/observation.ts';
import type { Socket } from '../net/listen.ts';
import { createTlsAcceptor, type TLSSocket } from '../net/tls-accept.ts';
import { Conversation, type ReceiverPorts } from './conversation.ts';
import type { MailHost } from './mail-hosts.ts';
import { lendPatience, USUAL_PATIENCE, type Patience } from './patience.ts';
import type { Receiver } from './receiver.ts';

/** Octets of a line; RFC 5321 §4.5.3.1.4 and §4.5.3.1.6 ask for 512 and 1000. */
const MAX_LINE_OCTETS = 2048;
/** Commands of one connection; a mail takes ten. */
const MAX_COMMANDS = 100;
const MAX_RECIPIENTS = 30;
/** Octets of answers that wait for a client that does not read. */
const MAX_WAITING_OCTETS = 64 * 1024;
/** Milliseconds before EHLO is answered over TLS: who goes on before has taken the injected answer. */
const HOLD_MS = 1500;
/** Octets of a mail. */
const MAX_MAIL_OCTETS = 1024 * 1024;

export function createInjectingReceiver(
  host: MailHost,
  ports: ReceiverPorts,
  patience: Patience = USUAL_PATIENCE,
): Receiver {
  const acceptTls = createTlsAcceptor({ identities: [host.identity] });
  const open = new Map<Socket, Dialogue>();
  return {
    take(socket) {
      const connection = { id: randomUUID(), from: socket.remoteAddress ?? '' };
      const dialogue = new Dialogue(host, new Conversation([host], connection, ports));
      open.set(socket, dialogue);
      const drop = lendPatience(socket, patience, () => dialogue.cutOff());
      socket.once('close', () => {
        open.delete(socket);
        dialogue.closed();
      });
      dialogue.begin(socket, acceptTls);
      return drop;
    },
    close() {
      for (const [socket, dialogue] of open) {
        // Who is broken off by the end of the test has not left.
        dialogue.cutOff();
        socket.destroy();
      }
    },
  };
}

/** One connection, before and after TLS. */
class Dialogue {
  readonly #host: MailHost;
  readonly #conversation: Conversation;
  #commands = 0;
  #cutOff = false;
  #tls: 'none' | 'begun' | 'up' = 'none';
  #holding: ReturnType<typeof setTimeout> | null = null;
  #recipients: string[] = [];
  /** Octets of the mail so far; null outside of one. */
  #mail: number | null = null;

  constructor(host: MailHost, conversation: Conversation) {
    this.#host = host;
    this.#conversation = conversation;
  }

  #tell(step: SmtpStep): void {
    this.#conversation.tell(step);
  }

  begin(socket: Socket, acceptTls: (stream: Duplex) => TLSSocket): void {
    this.#tell({ name: 'connected' });
    socket.write(`220 ${this.#host.name} ESMTP\r\n`);
    this.#read(socket, (line) => {
      if (!/^starttls\s*$/i.test(line)) return this.#answer(socket, line);
      this.#tell({ name: 'starttls' });
      this.#tls = 'begun';
      // One write, so that all of it is there before the handshake begins.
      socket.write(`220 ready\r\n250-${this.#host.name} injected\r\n250 8BITMIME\r\n`);
      this.#secure(acceptTls(socket));
      return 'stop';
    });
  }

  /** It is not borne with any longer. */
  cutOff(): void {
    this.#cutOff = true;
  }

  closed(): void {
    if (this.#holding !== null) clearTimeout(this.#holding);
    this.#conversation.end(this.#tls === 'begun', this.#cutOff);
  }

  #secure(stream: TLSSocket): void {
    stream.once('secure', () => {
      this.#tls = 'up';
      this.#tell({ name: 'tls', ...sessionOf(stream) });
    });
    this.#read(stream, (line) => this.#answer(stream, line));
  }

  #answer(stream: Duplex, line: string): 'go on' | 'stop' {
    if (this.#mail !== null) return this.#takeMail(stream, line);
    this.#commands += 1;
    if (this.#commands > MAX_COMMANDS) return this.#throwOut(stream, '421 too many commands');
    const [verb = ''] = line.trim().split(/\s+/);
    if (this.#holding !== null) this.#tell({ name: 'injection-taken' });
    switch (verb.toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        this.#greet(stream, line);
        break;
      case 'MAIL':
        this.#tell({ name: 'mail', tls: this.#tls === 'up' });
        this.#recipients = [];
        stream.write('250 ok\r\n');
        break;
      case 'RCPT':
        this.#recipient(stream, line);
        break;
      case 'DATA':
        stream.write(this.#recipients.length === 0 ? '503 no recipient\r\n' : '354 go ahead\r\n');
        if (this.#recipients.length > 0) this.#mail = 0;
        break;
      case 'QUIT':
        this.#tell({ name: 'quit' });
        return leave(stream, '221 bye');
      case 'RSET':
      case 'NOOP':
        stream.write('250 ok\r\n');
        break;
      default:
        stream.write('502 not implemented\r\n');
    }
    return 'go on';
  }

  #greet(stream: Duplex, line: string): void {
    const [, greeting = ''] = line.trim().split(/\s+/);
    const tls = this.#tls === 'up';
    this.#tell({ name: 'ehlo', greeting: greeting.slice(0, 255), tls });
    const reply = tls
      ? `250-${this.#host.name}\r\n250 8BITMIME\r\n`
      : `250-${this.#host.name}\r\n250-STARTTLS\r\n250 8BITMIME\r\n`;
    if (!tls) {
      stream.write(reply);
      return;
    }
    if (this.#holding !== null) clearTimeout(this.#holding);
    this.#holding = setTimeout(() => {
      this.#holding = null;
      stream.write(reply);
    }, HOLD_MS);
  }

  #recipient(stream: Duplex, line: string): void {
    const address = /^rcpt\s+to:\s*<([^<>\s]+)>/i.exec(line)?.[1] ?? '';
    if (this.#recipients.length >= MAX_RECIPIENTS) {
      stream.write('452 too many recipients\r\n');
      return;
    }
    if (this.#conversation.recipient(address, this.#tls === 'up') === null) {
      stream.write('550 no such recipient: only addresses that a test made are taken\r\n');
      return;
    }
    this.#recipients.push(address);
    stream.write('250 ok\r\n');
  }

  /** Nothing of it is kept. */
  #takeMail(stream: Duplex, line: string): 'go on' | 'stop' {
    this.#mail = (this.#mail ?? 0) + line.length + 2;
    if (this.#mail > MAX_MAIL_OCTETS)
      return this.#throwOut(stream, '552 larger than a test mail may be');
    if (line !== '.') return 'go on';
    this.#mail = null;
    for (const address of this.#recipients)
      this.#conversation.delivered(address, this.#tls === 'up');
    this.#recipients = [];
    stream.write('250 taken\r\n');
    return 'go on';
  }

  #throwOut(stream: Duplex, reply: string): 'stop' {
    this.#cutOff = true;
    return leave(stream, reply);
  }

  /** Line by line, until `take` wants no more. */
  #read(stream: Duplex, take: (line: string) => 'go on' | 'stop'): void {
    let pending = '';
    const onData = (chunk: Uint8Array): void => {
      pending += Buffer.from(chunk).toString('latin1');
      for (let end = pending.indexOf('\r\n'); end !== -1; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        const next =
          stream.writableLength > MAX_WAITING_OCTETS || line.length > MAX_LINE_OCTETS
            ? this.#throwOut(stream, '500 too long')
            : take(line);
        if (next === 'go on') continue;
        stream.off('data', onData);
        return;
      }
      if (pending.length <= MAX_LINE_OCTETS) return;
      stream.off('data', onData);
      this.#throwOut(stream, '500 too long');
    };
    stream.on('data', onData);
    stream.on('error', () => undefined);
  }
}

/** Says so, and waits for nothing more: what still comes is thrown away. */
function leave(stream: Duplex, reply: string): 'stop' {
  if (stream.writableLength > MAX_WAITING_OCTETS) stream.destroy();
  else stream.end(`${reply}\r\n`);
  stream.resume();
  const linger = setTimeout(() => stream.destroy(), LINGER_MS);
  stream.once('close', () => clearTimeout(linger));
  return 'stop';
}

/** Milliseconds for a client to close after the last reply. */
const LINGER_MS = 5000;

function sessionOf(stream: TLSSocket): Omit<Extract<SmtpStep, { name: 'tls' }>, 'name'> {
  const name: unknown = Reflect.get(stream, 'servername');
  return {
    version: stream.getProtocol() ?? 'unknown',
    cipher: stream.getCipher().name,
    serverName: typeof name === 'string' && name !== '' ? name : null,
  };
}
