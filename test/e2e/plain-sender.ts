/** A sender that takes TLS where it is offered and checks nothing, as many do: it asks the test’s name server itself. */
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface PlainSender {
  /** `ADDRESS:PORT` of the name server. */
  readonly nameServer: string;
  /** The port that it delivers to. */
  readonly port: number;
}

/** One after the other, each to the best-preferred host of its domain. */
export async function sendTo(
  recipients: readonly string[],
  { nameServer, port }: PlainSender,
): Promise<void> {
  const resolver = new Resolver();
  resolver.setServers([nameServer]);
  for (const recipient of recipients) {
    const domain = recipient.slice(recipient.indexOf('@') + 1);
    const [best] = (await resolver.resolveMx(domain)).sort((a, b) => a.priority - b.priority);
    if (best === undefined) throw new Error(`no MX record at ${domain}`);
    const [address] = await resolver.resolve4(best.exchange);
    if (address === undefined) throw new Error(`no address at ${best.exchange}`);
    await deliver(recipient, best.exchange, connect(port, address));
  }
}

async function deliver(recipient: string, host: string, plain: Socket): Promise<void> {
  let socket = plain;
  await replyOf(socket);
  const offer = await say(socket, 'EHLO mail.example.org');
  if (offer.includes('STARTTLS')) {
    await say(socket, 'STARTTLS');
    socket = connectTls({ socket, servername: host, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    await say(socket, 'EHLO mail.example.org');
  }
  await say(socket, 'MAIL FROM:<postmaster@example.org>');
  await say(socket, `RCPT TO:<${recipient}>`);
  await say(socket, 'DATA');
  await say(socket, 'Subject: DANE test\r\n\r\nDANE test\r\n.');
  await say(socket, 'QUIT');
  socket.destroy();
}

function say(socket: Socket, line: string): Promise<string> {
  socket.write(`${line}\r\n`);
  return replyOf(socket);
}

/** The last line of a reply has a blank behind its code (RFC 5321 §4.2.1). */
async function replyOf(socket: Socket): Promise<string> {
  let text = '';
  while (!/^\d{3}(?: .*)?\r\n$/m.test(text)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString('latin1');
  }
  return text;
}
