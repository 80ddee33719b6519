// Runs Postfix and Exim for a moment with given settings, each alone on a loopback port.
import { spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eximProgram } from '../../scripts/setup/packages.mjs';
import { certbotFiles } from '../../shared/mail-software/server-settings.ts';
import type { CertificateFiles, SettingsPart } from '../../shared/mail-software/settings.ts';
import { run, settled, startServer, stopProcess } from '../universe/processes.ts';

/** How long a server may take to come up on a busy machine, in ms. */
const START_TIMEOUT = 20_000;

/** The user and group `daemon` of every Debian system. */
const DAEMON = 1;

export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** A command in a mount namespace where `host` is at 127.0.0.1. */
export function runWithHost(folder: string, host: string, command: string): Ran {
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 ${host}\n`);
  return inNamespace([`mount --bind '${hosts}' /etc/hosts`, command]);
}

/** Commands one after the other, as long as they succeed, in a mount namespace of their own. */
export function inNamespace(commands: readonly string[], timeout = START_TIMEOUT): Ran {
  const ran = spawnSync('unshare', ['-m', 'sh', '-c', commands.join(' && ')], {
    encoding: 'utf8',
    timeout,
  });
  return { status: ran.status, output: `${ran.stdout}${ran.stderr}` };
}

/** A private CA, and under it a certificate for `host` with a key of each kind. */
export async function makeFiles(folder: string, host: string): Promise<Made> {
  mkdirSync(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  const root = [at('root.pem'), at('root.key')] as const;
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-out', root[0], '-keyout', root[1], '-subj', '/CN=Rig Root', '-days', '30'],
  ]);
  const kinds = [
    ['RSA 2048', ['rsa:2048']],
    ['ECDSA P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ] as const;
  const names = certbotFiles(host, []);
  const files = await Promise.all(
    kinds.map(async ([keyType, [algorithm, ...options]], index): Promise<CertificateFiles> => {
      // Names with what each configuration has to escape; no white space, which Postfix cannot have.
      const stem = at(`a$b\\c:d-${index}`);
      const [keyPath, certificatePath] = [`${stem}.key`, `${stem}.pem`];
      await run('openssl', [
        ...['req', '-x509', '-newkey', algorithm, ...options, '-nodes', '-days', '30'],
        ...['-out', certificatePath, '-keyout', keyPath, '-subj', `/CN=${host}`],
        ...['-addext', `subjectAltName=DNS:${host}`, '-CA', root[0], '-CAkey', root[1]],
        ...['-addext', 'basicConstraints=critical,CA:FALSE'],
      ]);
      chmodSync(keyPath, 0o644);
      const chainPath = `${stem}-chain.pem`;
      writeFileSync(
        chainPath,
        readFileSync(certificatePath, 'utf8') + readFileSync(root[0], 'utf8'),
      );
      return { ...names[0], keyType, keyPath, certificatePath, chainPath };
    }),
  );
  const [rsa, ecdsa] = files;
  if (rsa === undefined || ecdsa === undefined) throw new Error('two kinds make two files');
  const hash = (pem: string): string => {
    const { publicKey } = new X509Certificate(readFileSync(pem));
    const info = publicKey.export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(info).digest('hex');
  };
  return {
    files: [rsa, ecdsa],
    leafRecords: [`3 1 1 ${hash(rsa.certificatePath)}`, `3 1 1 ${hash(ecdsa.certificatePath)}`],
    issuerRecord: `2 1 1 ${hash(root[0])}`,
  };
}

export interface Made {
  readonly files: readonly [CertificateFiles, CertificateFiles];
  readonly leafRecords: readonly [string, string];
  readonly issuerRecord: string;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function portOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not an IP socket');
  return address;
}

/** The text of all parts whose place has these words. */
export function textOf(parts: readonly SettingsPart[], where: string): string {
  return parts
    .filter((part) => part.kind === 'text' && part.where.includes(where))
    .map(({ text }) => text)
    .join('\n');
}

/** A main.cf with these settings and little else; gives its folder. */
export async function writePostfix(
  folder: string,
  settings: string,
  port: number,
): Promise<string> {
  const configuration = join(folder, 'etc');
  const [queue, data] = [join(folder, 'queue'), join(folder, 'data')];
  for (const path of [configuration, queue, data]) mkdirSync(path, { recursive: true });
  chownSync(data, Number(await run('id', ['-u', 'postfix'])), -1);
  const own = [
    'compatibility_level = 3.6',
    `queue_directory = ${queue}`,
    `data_directory = ${data}`,
    `maillog_file = ${join(folder, 'mail.log')}`,
    `maillog_file_prefixes = ${folder}`,
    'smtpd_peername_lookup = no',
    'smtpd_recipient_restrictions = reject',
    'alias_maps =',
  ];
  writeFileSync(join(configuration, 'main.cf'), `${[...own, settings].join('\n')}\n`);
  const services = [
    `127.0.0.1:${port} inet n - n - 5 smtpd`,
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'anvil unix - - n - 1 anvil',
    'rewrite unix - - n - - trivial-rewrite',
    'proxymap unix - - n - - proxymap',
    'postlog unix-dgram n - n - 1 postlogd',
  ];
  writeFileSync(join(configuration, 'master.cf'), `${services.join('\n')}\n`);
  return configuration;
}

/** Runs the work while Postfix answers; what it logged is told where it does not come up. */
export async function withPostfix(
  configuration: string,
  port: number,
  work: () => void,
): Promise<void> {
  // On a busy machine the command gives up waiting for a daemon that comes up all the same.
  await run('postfix', ['-c', configuration, 'start']).catch(() => undefined);
  try {
    const up = await settled(() => answers(port), START_TIMEOUT);
    if (!up) throw new Error('Postfix does not answer');
    work();
  } finally {
    await run('postfix', ['-c', configuration, 'stop']);
  }
}

/** A configuration of Exim with these settings in their places. */
export function writeExim(folder: string, texts: EximTexts, port: number): string {
  const spool = join(folder, 'spool');
  mkdirSync(spool, { recursive: true });
  chownSync(spool, DAEMON, DAEMON);
  const configuration = join(folder, 'exim.conf');
  const lines = [
    'keep_environment =',
    'exim_user = Debian-exim',
    'exim_group = Debian-exim',
    `spool_directory = ${spool}`,
    `log_file_path = ${join(spool, '%s.log')}`,
    `pid_file_path = ${join(spool, 'exim.pid')}`,
    `local_interfaces = 127.0.0.1.${port}`,
    'primary_hostname = mx.rig.test',
    'host_lookup =',
    'rfc1413_query_timeout = 0s',
    texts.main,
    'begin routers',
    'dnslookup:',
    '  driver = dnslookup',
    '  transport = remote_smtp',
    texts.router,
    'begin transports',
    'remote_smtp:',
    '  driver = smtp',
    texts.transport,
  ];
  writeFileSync(configuration, `${lines.join('\n')}\n`);
  return configuration;
}

export interface EximTexts {
  readonly main: string;
  readonly router: string;
  readonly transport: string;
}

/** Commands that, in a mount namespace, give Debian's Exim the user that exists only where its package is installed. */
export function writeUsers(folder: string): readonly string[] {
  const [users, groups] = [join(folder, 'passwd'), join(folder, 'group')];
  writeFileSync(users, withUser('/etc/passwd', `Debian-exim:x:${DAEMON}:${DAEMON}::/:/bin/false`));
  writeFileSync(groups, withUser('/etc/group', `Debian-exim:x:${DAEMON}:`));
  return [`mount --bind '${users}' /etc/passwd`, `mount --bind '${groups}' /etc/group`];
}

function withUser(file: string, entry: string): string {
  const others = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('Debian-exim:'));
  return `${[...others, entry].join('\n')}\n`;
}

/** A command that names the program `exim`, run on this configuration. */
export function runExim(folder: string, configuration: string, command: string): Ran {
  const program = `'${eximProgram()}' -C '${configuration}'`;
  return inNamespace([...writeUsers(folder), command.replaceAll(/\bexim (?=-)/g, `${program} `)]);
}

export async function withExim(
  folder: string,
  configuration: string,
  port: number,
  work: () => void,
): Promise<void> {
  const daemon = `exec '${eximProgram()}' -C '${configuration}' -bdf`;
  const script = [...writeUsers(folder), daemon].join(' && ');
  const exim = startServer('unshare', ['-m', 'sh', '-c', script], join(folder, 'exim.log'));
  try {
    const up = await settled(() => answers(port), START_TIMEOUT);
    if (!up)
      throw new Error(`Exim does not answer: ${readFileSync(join(folder, 'exim.log'), 'utf8')}`);
    work();
  } finally {
    await stopProcess(exim);
  }
}

/** A mail server says hello on that port. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(data.toString('latin1').startsWith('220'));
      socket.end('QUIT\r\n');
    });
    socket.once('error', () => resolve(false)).once('close', () => resolve(false));
  });
}
