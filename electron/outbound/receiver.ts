/** A mail server of the outbound test: takes mail for known recipients only, keeps none, tells what it sees. */
import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { SmtpStep } from '../../shared/lab/observation.ts';
import type { Socket } from '../net/listen.ts';
import { chainToPem, privateKeyToPem, type TlsIdentity } from '../net/tls-accept.ts';
import { Conversation, type ReceiverPorts } from './conversation.ts';
import type { MailHost } from './mail-hosts.ts';
import { lendPatience, USUAL_PATIENCE, type Patience } from './patience.ts';

/** Octets of a mail; a test mail has some hundred. */
const MAX_MAIL_OCTETS = 1024 * 1024;
/** Octets of a command; RFC 5321 §4.5.3.1.4 asks for 512. */
const MAX_COMMAND_OCTETS = 2048;
const MAX_RECIPIENTS = 30;
const MAX_GREETING_CHARACTERS = 255;
/** Nobody logs in, no proxy stands before it, and the library’s jokes are not ours. */
const NEVER_OFFERED = ['AUTH', 'XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'];

export interface Receiver {
  /** Gives back what ends the connection, as one that is not borne with any longer. */
  take(socket: Socket): () => void;
  close(): void;
}

/** `hosts` share an address, and all of them take STARTTLS or none does; who names none of them meets the first. */
export function createReceiver(
  hosts: readonly MailHost[],
  ports: ReceiverPorts,
  patience: Patience = USUAL_PATIENCE,
): Receiver {
  const sessions = new Map<string, Progress>();
  const server = new SMTPServer({
    ...settingsFor(hosts, patience),
    ...connectionHandlers(hosts, ports, sessions),
    ...mailHandlers((session) => sessions.get(session.id)?.conversation ?? null),
  });
  // A handshake that fails is told with the connection's end; nothing else can go wrong here.
  server.on('error', () => undefined);
  return {
    take(socket) {
      const id = randomUUID();
      const drop = lendPatience(socket, patience, () => cutOff(sessions.get(id)));
      keepListeners(socket);
      server.connect(socket, { id });
      return drop;
    },
    close() {
      // Who is broken off by the end of the test has not left.
      for (const progress of sessions.values()) cutOff(progress);
      server.close();
    },
  };
}

/** For STARTTLS the library takes every listener off a socket; those from before would never hear of its end. */
function keepListeners(socket: Socket): void {
  const own = socket.rawListeners('close');
  const removeAll = socket.removeAllListeners.bind(socket);
  socket.removeAllListeners = (event) => {
    removeAll(event);
    for (const listener of own) {
      socket.on('close', () => {
        Reflect.apply(listener, socket, []);
      });
    }
    return socket;
  };
}

function settingsFor(hosts: readonly MailHost[], patience: Patience): SMTPServerOptions {
  const [first, ...more] = hosts;
  if (first === undefined) throw new Error('a mail server without a host');
  const offersTls = hosts.every(({ behaviour }) => behaviour !== 'no-starttls');
  return {
    name: first.name,
    ...(more.length === 0
      ? credentialsOf(first.identity)
      : {
          ...credentialsOf(withoutIssuers(first.identity)),
          sniOptions: new Map(hosts.map((host) => [host.name, credentialsOf(host.identity)])),
        }),
    disabledCommands: [...NEVER_OFFERED, ...(offersTls ? [] : ['STARTTLS'])],
    authOptional: true,
    disableReverseLookup: true,
    size: MAX_MAIL_OCTETS,
    // Whoever read a limit would leave for it before beginning a mail, as if the certificate had kept it.
    hideSize: true,
    rejectOversized: true,
    maxRecipients: MAX_RECIPIENTS,
    maxCommandLength: MAX_COMMAND_OCTETS,
    // Later than ours, which knows a handshake that hangs from one that was broken off.
    socketTimeout: 2 * patience.connectionMs,
  };
}

/** Node keeps the issuers of who was asked for by no name where who is asked for by name has none of its own. */
function withoutIssuers({ chain, privateKey }: TlsIdentity): TlsIdentity {
  return { chain: chain.slice(0, 1), privateKey };
}

function credentialsOf({ chain, privateKey }: TlsIdentity): {
  readonly cert: string;
  readonly key: string;
} {
  return { cert: chainToPem(chain), key: privateKeyToPem(privateKey) };
}

interface Progress {
  readonly session: SMTPServerSession;
  readonly conversation: Conversation;
  /** STARTTLS was given, and TLS is not there yet. */
  startedTls: boolean;
  /** It is not borne with any longer. */
  cutOff: boolean;
}

function cutOff(progress: Progress | undefined): void {
  if (progress !== undefined) progress.cutOff = true;
}

/** From greeting to TLS, and the end. */
function connectionHandlers(
  hosts: readonly MailHost[],
  ports: ReceiverPorts,
  sessions: Map<string, Progress>,
): SMTPServerOptions {
  const offersTls = hosts.every(({ behaviour }) => behaviour !== 'no-starttls');
  return {
    logger: {
      debug: linesOf((id, line, by) => {
        const progress = sessions.get(id);
        if (by === 'server') {
          // Its last word to whom it does not bear with.
          if (line.startsWith('421')) cutOff(progress);
          return;
        }
        // The library turns away by itself what is no address.
        if (/^rcpt\b(?!.*<[^<>\s]+@)/i.test(line)) progress?.conversation.refuse();
        const step = progress === undefined ? null : stepOf(line, progress.session);
        if (progress === undefined || step === null) return;
        if (step.name === 'starttls' && offersTls) progress.startedTls = true;
        progress.conversation.tell(step);
      }),
    },
    onConnect(session, proceed) {
      const connection = { id: session.id, from: session.remoteAddress };
      const conversation = new Conversation(hosts, connection, ports);
      sessions.set(session.id, { session, conversation, startedTls: false, cutOff: false });
      conversation.tell({ name: 'connected' });
      proceed();
    },
    onSecure(socket, session, proceed) {
      const progress = sessions.get(session.id);
      if (progress !== undefined) {
        progress.startedTls = false;
        const version = 'getProtocol' in socket ? socket.getProtocol() : null;
        progress.conversation.tell(tlsOf(session, version));
      }
      proceed();
    },
    onClose(session) {
      // Who left before the greeting was not there.
      const progress = sessions.get(session.id);
      sessions.delete(session.id);
      progress?.conversation.end(progress.startedTls, progress.cutOff);
    },
  };
}

/** The mail itself, of which nothing is kept. */
function mailHandlers(
  conversationOf: (session: SMTPServerSession) => Conversation | null,
): SMTPServerOptions {
  return {
    onMailFrom({ args }, _, proceed) {
      const tooLarge = args !== false && Number(args['SIZE']) > MAX_MAIL_OCTETS;
      proceed(tooLarge ? refusal(552, 'Larger than a test mail may be') : null);
    },
    onRcptTo({ address }, session, proceed) {
      const alias = conversationOf(session)?.recipient(asciiAddress(address), session.secure);
      if (alias === undefined || alias === null) {
        proceed(refusal(550, 'No such recipient: only addresses that a test made are taken'));
        return;
      }
      proceed();
    },
    onData(stream, session, proceed) {
      // Nothing of it is kept.
      stream.resume();
      stream.on('error', () => undefined);
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          proceed(refusal(552, 'Larger than a test mail may be'));
          return;
        }
        for (const { address } of session.envelope.rcptTo)
          conversationOf(session)?.delivered(asciiAddress(address), session.secure);
        proceed(null);
      });
    },
  };
}

/** The library hands over a domain with its A-labels decoded. */
function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

/** With the cipher the library has the oldest version that knows it, and in Electron none at all. */
function tlsOf({ tlsOptions, servername }: SMTPServerSession, version: string | null): SmtpStep {
  const cipher = tlsOptions === false ? UNKNOWN : tlsOptions.name;
  const serverName =
    typeof servername === 'string' && servername !== ''
      ? servername.slice(0, MAX_GREETING_CHARACTERS)
      : null;
  return { name: 'tls', version: version ?? UNKNOWN, cipher, serverName };
}

const UNKNOWN = 'unknown';

/** The library hands its handlers no EHLO, STARTTLS and QUIT, but logs every line. */
function linesOf(
  take: (connection: string, line: string, by: 'client' | 'server') => void,
): (entry: unknown, message: unknown, line: unknown) => void {
  return (entry, _, line) => {
    if (typeof entry !== 'object' || entry === null || typeof line !== 'string') return;
    if (!('tnx' in entry && 'cid' in entry) || typeof entry.cid !== 'string') return;
    if (entry.tnx === 'command') take(entry.cid, line, 'client');
    if (entry.tnx === 'send') take(entry.cid, line, 'server');
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
    // Also where it is refused: for its size, say.
    case 'MAIL':
      return { name: 'mail', tls: secure };
    case 'QUIT':
      return { name: 'quit' };
    default:
      return null;
  }
}

function refusal(responseCode: number, message: string): Error & { responseCode: number } {
  return Object.assign(new Error(message), { responseCode });
}
