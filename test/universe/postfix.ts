// Runs Postfix: one instance with a listener for each mail address, each with a certificate of its own (RFC 3207).
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTP_PORT } from './address-plan.ts';
import type { MailListener } from './listeners.ts';
import { identify, run, settled, type ProcessIdentity } from './processes.ts';

/** How long Postfix may take to come up, in ms. */
const START_TIMEOUT = 20_000;

/** Why Postfix cannot run here, or null. */
export function postfixHindrance(): string | null {
  return process.getuid?.() === 0
    ? null
    : 'Postfix starts only as root (it changes to users of its own), so no mail server of the universe is up';
}

export async function startPostfix(
  folder: string,
  listeners: readonly MailListener[],
  ipv6: boolean,
): Promise<ProcessIdentity> {
  const configuration = join(folder, 'etc');
  const queue = join(folder, 'queue');
  const data = join(folder, 'data');
  for (const path of [folder, configuration, queue, data]) mkdirSync(path, { recursive: true });
  chownSync(data, Number(await run('id', ['-u', 'postfix'])), -1);
  writeFileSync(join(configuration, 'main.cf'), mainConfiguration(folder, ipv6));
  writeFileSync(join(configuration, 'master.cf'), masterConfiguration(listeners, ipv6));
  // On a busy machine the command gives up waiting for a daemon that comes up all the same.
  const cause = await run('postfix', ['-c', configuration, 'start']).catch(
    (error: unknown) => error,
  );
  const pidFile = join(queue, 'pid', 'master.pid');
  await settled(() => runningMaster(pidFile) !== null, START_TIMEOUT);
  const master = runningMaster(pidFile);
  if (master === null) {
    throw new Error(`Postfix does not start; its log: ${readLog(folder)}`, { cause });
  }
  return master;
}

function runningMaster(pidFile: string): ProcessIdentity | null {
  if (!existsSync(pidFile)) return null;
  const pid = Number(readFileSync(pidFile, 'latin1').trim());
  return pid > 0 ? identify(pid) : null;
}

function mainConfiguration(folder: string, ipv6: boolean): string {
  return [
    'compatibility_level = 3.6',
    `queue_directory = ${join(folder, 'queue')}`,
    `data_directory = ${join(folder, 'data')}`,
    'mail_owner = postfix',
    'setgid_group = postdrop',
    `maillog_file = ${join(folder, 'mail.log')}`,
    `maillog_file_prefixes = ${folder}`,
    `inet_protocols = ${ipv6 ? 'all' : 'ipv4'}`,
    // Nothing is looked up and nothing is taken: only EHLO, STARTTLS and QUIT are ever heard here.
    'smtpd_peername_lookup = no',
    'smtpd_client_restrictions = permit',
    'smtpd_recipient_restrictions = reject',
    'mydestination =',
    'alias_maps =',
    'local_recipient_maps =',
    'mynetworks =',
    'smtpd_tls_session_cache_timeout = 0',
    'smtpd_tls_loglevel = 1',
    '',
  ].join('\n');
}

function masterConfiguration(listeners: readonly MailListener[], ipv6: boolean): string {
  const services = listeners.flatMap((listener) => {
    if (listener.presents === 'nothing') return [];
    const options =
      listener.presents === 'no-starttls'
        ? ['smtpd_tls_security_level=none']
        : ['smtpd_tls_security_level=may', `smtpd_tls_chain_files=${chainFiles(listener)}`];
    return [
      listener.address,
      ...(listener.address6 === null || !ipv6 ? [] : [`[${listener.address6}]`]),
    ].map((address) =>
      [
        `${address}:${SMTP_PORT} inet n - n - 20 smtpd`,
        ...[`myhostname=${listener.hostName}`, ...options].map((option) => `  -o ${option}`),
      ].join('\n'),
    );
  });
  return [
    ...services,
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'anvil unix - - n - 1 anvil',
    'rewrite unix - - n - - trivial-rewrite',
    'proxymap unix - - n - - proxymap',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');
}

/** Each key stands before its chain; with two, a client gets the one that it can verify. */
function chainFiles({ certificates }: MailListener): string {
  const { rsa } = certificates;
  return [certificates, ...(rsa === null ? [] : [rsa])]
    .flatMap(({ keyFile, chainFile }) => [keyFile, chainFile])
    .join(',');
}

function readLog(folder: string): string {
  try {
    return readFileSync(join(folder, 'mail.log'), 'utf8').split('\n').slice(-8).join('\n');
  } catch {
    return '(none)';
  }
}
