/** A mail server of the outbound test: takes mail for known recipients only, keeps none, tells what it sees. */
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { SmtpStep } from '../../shared/lab/observation.ts';
import type { Socket } from '../net/listen.ts';
import { chainToPem, privateKeyToPem } from '../net/tls-accept.ts';
import type { MailHost } from './mail-hosts.ts';

/** What a mail server tells, and whom it asks. */
export interface ReceiverPorts {
  /** Whether mail for the address is taken; the alias is its local part. */
  isRecipient(alias: string, host: MailHost): boolean;
  observe(host: MailHost, connection: ReceiverConnection, step: SmtpStep): void;
}

export interface ReceiverConnection {
  readonly id: string;
  /** Address that connected. */
  readonly from: string;
}

/** Connections to one host at a time; a sender under test needs two or three. */
const MAX_CONNECTIONS = 20;
/** Octets of a mail; a test mail has some hundred. */
const MAX_MAIL_OCTETS = 1024 * 1024;
/** Milliseconds without a word; RFC 5321 §4.5.3.2 has a client answer long before. */
const IDLE_MS = 60_000;
/** Milliseconds that a connection may last, whatever is said. */
const MAX_CONNECTION_MS = 5 * 60_000;
const MAX_RECIPIENTS = 20;
const MAX_GREETING_CHARACTERS = 255;

export interface Receiver {
  take(socket: Socket): void;
  close(): void;
}

export function createReceiver(host: MailHost, ports: ReceiverPorts): Receiver {
  const server = new SMTPServer({ ...settingsFor(host), ...handlersFor(host, ports) });
  // A handshake that fails is told with the connection's end; nothing else can go wrong here.
  server.on('error', () => undefined);
  return {
    take(socket) {
      const deadline = setTimeout(() => socket.destroy(), MAX_CONNECTION_MS);
      socket.once('close', () => {
        clearTimeout(deadline);
      });
      server.connect(socket);
    },
    close() {
      server.close();
    },
  };
}

function settingsFor(host: MailHost): SMTPServerOptions {
  return {
    name: host.name,
    cert: chainToPem(host.identity.chain),
    key: privateKeyToPem(host.identity.privateKey),
    // Nobody logs in, and an offer of it would only confuse.
    disabledCommands: ['AUTH', ...(host.behaviour === 'no-starttls' ? ['STARTTLS'] : [])],
    authOptional: true,
    disableReverseLookup: true,
    size: MAX_MAIL_OCTETS,
    rejectOversized: true,
    maxClients: MAX_CONNECTIONS,
    maxRecipients: MAX_RECIPIENTS,
    socketTimeout: IDLE_MS,
  };
}

type Tell = (session: SMTPServerSession, step: SmtpStep) => void;

function handlersFor(host: MailHost, ports: ReceiverPorts): SMTPServerOptions {
  const tell: Tell = ({ id, remoteAddress: from }, step) => {
    ports.observe(host, { id, from }, step);
  };
  return { ...connectionHandlers(host, tell), ...mailHandlers(host, ports, tell) };
}

/** From greeting to TLS, and the end. */
function connectionHandlers(host: MailHost, tell: Tell): SMTPServerOptions {
  const sessions = new Map<string, Progress>();
  return {
    logger: {
      debug: commandsOf((id, line) => {
        const session = sessions.get(id)?.session;
        const step = session === undefined ? null : stepOf(line, session);
        if (session === undefined || step === null) return;
        const startedTls = step.name === 'starttls' && host.behaviour !== 'no-starttls';
        if (startedTls) sessions.set(id, { session, startedTls });
        tell(session, step);
      }),
    },
    onConnect(session, proceed) {
      sessions.set(session.id, { session, startedTls: false });
      tell(session, { name: 'connected' });
      proceed();
    },
    onSecure(_, session, proceed) {
      sessions.set(session.id, { session, startedTls: false });
      tell(session, tlsOf(session));
      proceed();
    },
    onClose(session) {
      const progress = sessions.get(session.id);
      sessions.delete(session.id);
      if (progress?.startedTls === true)
        tell(session, { name: 'tls-failed', reason: 'closed in the handshake' });
      tell(session, { name: 'closed' });
    },
  };
}

/** The mail itself, of which nothing is kept. */
function mailHandlers(host: MailHost, ports: ReceiverPorts, tell: Tell): SMTPServerOptions {
  return {
    onMailFrom(_, session, proceed) {
      tell(session, { name: 'mail', tls: session.secure });
      proceed();
    },
    onRcptTo({ address }, session, proceed) {
      const alias = aliasOf(address, host);
      if (alias === null || !ports.isRecipient(alias, host)) {
        proceed(refusal(550, 'No such recipient: only addresses that a test made are taken'));
        return;
      }
      tell(session, { name: 'recipient', alias, tls: session.secure });
      proceed();
    },
    onData(stream, session, proceed) {
      // Nothing of it is kept.
      stream.resume();
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          proceed(refusal(552, 'Larger than a test mail may be'));
          return;
        }
        for (const { address } of session.envelope.rcptTo) {
          const alias = aliasOf(address, host);
          if (alias !== null) tell(session, { name: 'delivered', alias, tls: session.secure });
        }
        proceed(null);
      });
    },
  };
}

function tlsOf({ tlsOptions, servername }: SMTPServerSession): SmtpStep {
  const { version, name: cipher } = tlsOptions === false ? UNKNOWN_TLS : tlsOptions;
  const serverName = typeof servername === 'string' && servername !== '' ? servername : null;
  return { name: 'tls', version, cipher, serverName };
}

interface Progress {
  readonly session: SMTPServerSession;
  /** STARTTLS was given, and TLS is not there yet. */
  readonly startedTls: boolean;
}

const UNKNOWN_TLS = { version: 'unknown', name: 'unknown' };

/** The library hands its handlers no EHLO, STARTTLS and QUIT, but logs every command line. */
function commandsOf(
  take: (connection: string, line: string) => void,
): (entry: unknown, message: unknown, line: unknown) => void {
  return (entry, _, line) => {
    if (typeof entry !== 'object' || entry === null || typeof line !== 'string') return;
    if (!('tnx' in entry && entry.tnx === 'command' && 'cid' in entry)) return;
    if (typeof entry.cid === 'string') take(entry.cid, line);
  };
}

function stepOf(line: string, { secure }: SMTPServerSession): SmtpStep | null {
  const [verb = '', greeting = ''] = line.trim().split(/\s+/);
  switch (verb.toUpperCase()) {
    case 'EHLO':
    case 'HELO':
      return {
        name: 'ehlo',
        greeting: greeting.slice(0, MAX_GREETING_CHARACTERS),
        tls: secure,
      };
    case 'STARTTLS':
      return { name: 'starttls' };
    case 'QUIT':
      return { name: 'quit' };
    default:
      return null;
  }
}

/** `ALIAS@SCENARIO.BASE`, whatever the case; null for any other domain. */
function aliasOf(address: string, host: MailHost): string | null {
  const at = address.lastIndexOf('@');
  return address.slice(at + 1).toLowerCase() === host.domain
    ? address.slice(0, at).toLowerCase()
    : null;
}

function refusal(responseCode: number, message: string): Error & { responseCode: number } {
  return Object.assign(new Error(message), { responseCode });
}
