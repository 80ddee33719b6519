// Runs Exim, a second make of mail server, for the listeners that ask for it; its TLS is GnuTLS (RFC 3207).
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eximProgram } from '../../scripts/setup/packages.mjs';
import { SMTP_PORT } from './address-plan.ts';
import type { MailListener } from './listeners.ts';
import { startServer, type ProcessIdentity } from './processes.ts';

/** Why Exim cannot run here, or null. */
export function eximHindrance(): string | null {
  return eximProgram() === undefined
    ? 'Exim is not there, so its domains have no mail server'
    : null;
}

/** The user and group `daemon` of every Debian system; Exim gives root up for them. */
const DAEMON = 1;

/**
 * Debian's Exim insists on the user `Debian-exim`, which exists only where the package is installed
 * (it cannot be beside Postfix). So it sees, in a mount namespace, user files that have one.
 */
export function startExim(folder: string, listeners: readonly MailListener[]): ProcessIdentity {
  const spool = join(folder, 'spool');
  mkdirSync(spool, { recursive: true });
  chownSync(spool, DAEMON, DAEMON);
  const users = join(folder, 'passwd');
  const groups = join(folder, 'group');
  writeFileSync(users, withEntry('/etc/passwd', `Debian-exim:x:${DAEMON}:${DAEMON}::/:/bin/false`));
  writeFileSync(groups, withEntry('/etc/group', `Debian-exim:x:${DAEMON}:`));
  for (const { certificates } of listeners) {
    for (const { keyFile } of [certificates, ...(certificates.rsa ? [certificates.rsa] : [])]) {
      chmodSync(keyFile, 0o644);
    }
  }
  const configuration = join(folder, 'exim.conf');
  writeFileSync(configuration, configurationFor(folder, spool, listeners));
  const script = [
    `mount --bind '${users}' /etc/passwd`,
    `mount --bind '${groups}' /etc/group`,
    `exec '${eximProgram()}' -C '${configuration}' -bdf`,
  ].join(' && ');
  return startServer('unshare', ['-m', 'sh', '-c', script], join(folder, 'exim.log'));
}

function withEntry(file: string, entry: string): string {
  const others = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('Debian-exim:'));
  return `${[...others, entry].join('\n')}\n`;
}

function configurationFor(
  folder: string,
  spool: string,
  listeners: readonly MailListener[],
): string {
  const table = (name: string, value: (listener: MailListener) => string): string => {
    const file = join(folder, name);
    const lines = listeners.map((listener) => `${listener.address}: ${value(listener)}`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return `\${lookup{$received_ip_address}lsearch{${file}}}`;
  };
  const addresses = listeners.map(({ address }) => `${address}.${SMTP_PORT}`);
  // Where there are two certificates the values are lists.
  const files = (which: 'chainFile' | 'keyFile') => (listener: MailListener) =>
    [listener.certificates, ...(listener.certificates.rsa ? [listener.certificates.rsa] : [])]
      .map((certificate) => certificate[which])
      .join(':');
  return [
    'keep_environment =',
    'exim_user = Debian-exim',
    'exim_group = Debian-exim',
    `spool_directory = ${spool}`,
    `log_file_path = ${join(spool, '%s.log')}`,
    `pid_file_path = ${join(spool, 'exim.pid')}`,
    `local_interfaces = ${addresses.join(' : ')}`,
    `smtp_active_hostname = ${table('names', ({ hostName }) => hostName)}`,
    'tls_advertise_hosts = *',
    `tls_certificate = ${table('certificates', files('chainFile'))}`,
    `tls_privatekey = ${table('keys', files('keyFile'))}`,
    // Nothing is looked up and nothing is taken: only EHLO, STARTTLS and QUIT are ever heard here.
    'host_lookup =',
    'rfc1413_query_timeout = 0s',
    'acl_smtp_mail = refuse',
    'begin acl',
    'refuse:',
    '  deny',
    '',
  ].join('\n');
}
