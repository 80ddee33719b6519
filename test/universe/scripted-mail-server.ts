// Plays the scripts of `mail-faults.ts` on a TCP socket: a mail server that greets, offers STARTTLS and does something odd on the way (RFC 3207).
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContextOptions } from 'node:tls';
import type { Endpoint } from './bind.ts';
import type { ListenerCertificates } from './certificates.ts';
import type { Close } from './dns-transport.ts';
import { SOUND_SCRIPT, type MailScript } from './mail-faults.ts';

export async function startScriptedMailServer(
  listen: Endpoint,
  fault: MailScript,
  certificates: ListenerCertificates,
): Promise<Close> {
  const script = { ...SOUND_SCRIPT, ...fault };
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    void play(client, script, certificates);
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

type Script = MailScript & Required<Pick<MailScript, 'tls'>>;

async function play(
  client: Socket,
  script: Script,
  certificates: ListenerCertificates,
): Promise<void> {
  await say(client, script.greeting, script.dripMs);
  const answer = async (line: string): Promise<void> => {
    const command = line.trim().split(/\s/)[0]?.toUpperCase() ?? '';
    if (command === 'EHLO') await say(client, script.ehlo, script.dripMs);
    else if (command === 'STARTTLS') {
      const agrees = script.starttls?.startsWith('220') === true;
      // What comes from now on is for TLS to read, even before the reply is out.
      if (agrees) client.removeAllListeners('data').pause();
      await say(client, script.starttls, script.dripMs);
      if (agrees) turnToTls(client, script, certificates);
    } else if (command === 'QUIT') client.end('221 2.0.0 bye\r\n');
    else client.write('502 5.5.1 not here\r\n');
  };
  onLines(client, answer);
}

function turnToTls(client: Socket, script: Script, certificates: ListenerCertificates): void {
  switch (script.tls) {
    case 'silence':
      client.resume();
      return;
    case 'close':
      client.end();
      return;
    case 'plaintext':
      client.write('250 TLS? what TLS?\r\n');
      return;
    case 'serve':
      serveTls(client, script, certificates);
  }
}

function serveTls(client: Socket, script: Script, certificates: ListenerCertificates): void {
  const old: SecureContextOptions = {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    // What these versions have is below the level that OpenSSL 3 starts at (SSL_CTX_set_security_level(3)).
    ciphers: 'DEFAULT@SECLEVEL=0',
  };
  const secureContext = createSecureContext({
    key: readFileSync(certificates.keyFile),
    cert: readFileSync(certificates.chainFile),
    ...(script.oldTls === true ? old : {}),
  });
  const session = new TLSSocket(client, { isServer: true, secureContext });
  session.on('error', () => client.destroy());
  onLines(session, async (line) => {
    if (/^QUIT/i.test(line)) session.end('221 2.0.0 bye\r\n');
    else session.write(/^EHLO/i.test(line) ? '250 mx\r\n' : '502 5.5.1 not here\r\n');
  });
}

function onLines(socket: Socket, handle: (line: string) => Promise<void>): void {
  let pending = '';
  socket.on('data', (bytes: Buffer) => {
    pending += bytes.toString('latin1');
    for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 1);
      void handle(line);
    }
  });
}

async function say(
  client: Socket,
  text: string | null | undefined,
  dripMs: number | undefined,
): Promise<void> {
  if (text === null || text === undefined) return;
  if (dripMs === undefined) {
    client.write(text, 'latin1');
    return;
  }
  client.setNoDelay(true);
  for (const octet of text) {
    if (client.destroyed) return;
    client.write(octet, 'latin1');
    await new Promise((resolve) => setTimeout(resolve, dripMs));
  }
}
