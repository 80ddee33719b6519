// Has a real Postfix and a real Exim send mail to domains of the universe, and reads from their logs what became of it.
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eximProgram } from '../../scripts/setup/packages.mjs';
import type { Deed } from '../../shared/mail-software/sender-rules.ts';
import { run, settled } from '../universe/processes.ts';
import type { UniverseFacts } from '../universe/universe.ts';
import { inNamespace, writeUsers } from './mail-software-rig.ts';

/** How long all mail may take: some servers stall, and each wait of the senders is bounded by `STAGE`. */
const SENDING_TIMEOUT = 120_000;
const STAGE = '4s';

/** What became of one message; `tls` is whether it went over TLS that nobody verified. */
export interface Fate {
  readonly deed: Deed | 'unverified';
  /** The words of the log. */
  readonly words: string;
}

export type Fates = ReadonlyMap<string, Fate>;

/** The transports of one Postfix: the sender’s address chooses. */
const POSTFIX_WAYS = {
  dane: ['smtp_tls_security_level=dane', 'smtp_tls_dane_insecure_mx_policy=dane'],
  encrypt: ['smtp_tls_security_level=dane', 'smtp_tls_dane_insecure_mx_policy=encrypt'],
  may: ['smtp_tls_security_level=dane', 'smtp_tls_dane_insecure_mx_policy=may'],
  only: ['smtp_tls_security_level=dane-only'],
} as const;

/** A transport’s name, with its settings. */
export type PostfixWays = readonly (readonly [string, readonly string[]])[];

const WAYS: PostfixWays = Object.entries(POSTFIX_WAYS);

/** Where the senders find mail servers. */
export type SendingFacts = Pick<UniverseFacts, 'ipv6' | 'smtpPort'>;

/** A resolv.conf that names the validating resolver alone; it is put over the system's. */
export function resolverMount(folder: string, resolver: string): string {
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, `nameserver ${resolver}\noptions edns0 trust-ad\n`);
  return `mount --bind '${file}' /etc/resolv.conf`;
}

/** Sends one message a domain and way; gives what became of each, in the order of the ways. */
export async function sendWithPostfix(
  folder: string,
  universe: UniverseFacts,
  resolver: string,
  domains: readonly string[],
): Promise<readonly Fates[]> {
  const configuration = await writePostfixSender(folder, universe);
  const send = WAYS.map(
    ([way]) =>
      `sendmail -C '${configuration}' -f ${way}@rig.test ${domains.map((domain) => `postmaster@${domain}`).join(' ')} </dev/null`,
  );
  const start = `postfix -c '${configuration}' start`;
  inNamespace([resolverMount(folder, resolver), `{ ${start}; ${send.join(' && ')}; }`]);
  const log = join(folder, 'mail.log');
  try {
    const done = (): boolean =>
      WAYS.every(([way]) => postfixFates(log, way).size === domains.length);
    await settled(done, SENDING_TIMEOUT);
  } finally {
    await run('postfix', ['-c', configuration, 'stop']).catch(() => undefined);
  }
  return WAYS.map(([way]) => postfixFates(log, way));
}

export async function writePostfixSender(
  folder: string,
  universe: SendingFacts,
  waysOf: PostfixWays = WAYS,
): Promise<string> {
  const configuration = join(folder, 'etc');
  const [queue, data] = [join(folder, 'queue'), join(folder, 'data')];
  for (const path of [configuration, queue, data]) mkdirSync(path, { recursive: true });
  chownSync(data, Number(await run('id', ['-u', 'postfix'])), -1);
  const ways = waysOf.map(([way]) => `${way}@rig.test=${way}:`).join(', ');
  const settings = [
    'compatibility_level = 3.6',
    `queue_directory = ${queue}`,
    `data_directory = ${data}`,
    `maillog_file = ${join(folder, 'mail.log')}`,
    `maillog_file_prefixes = ${folder}`,
    'myhostname = sender.rig.test',
    'mydestination =',
    'inet_interfaces = 127.0.0.1',
    `inet_protocols = ${universe.ipv6 ? 'all' : 'ipv4'}`,
    'alias_maps =',
    'local_recipient_maps =',
    'append_dot_mydomain = no',
    `sender_dependent_default_transport_maps = inline:{${ways}}`,
    'transport_maps = inline:{rig.test=discard:}',
    'smtp_dns_support_level = dnssec',
    `smtp_tcp_port = ${universe.smtpPort}`,
    'smtp_tls_loglevel = 1',
    'smtp_balance_inet_protocols = no',
    ...['connect', 'helo', 'starttls', 'mail', 'rcpt', 'quit'].map(
      (stage) => `smtp_${stage}_timeout = ${STAGE}`,
    ),
    'maximal_queue_lifetime = 1d',
  ];
  writeFileSync(join(configuration, 'main.cf'), `${settings.join('\n')}\n`);
  const services = [
    'pickup unix n - n 1 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'discard unix - - n - - discard',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'scache unix - - n - 1 scache',
    'anvil unix - - n - 1 anvil',
    'proxymap unix - - n - - proxymap',
    'postlog unix-dgram n - n - 1 postlogd',
    ...waysOf.map(([way, options]) =>
      [
        `${way} unix - - n - 20 smtp`,
        ...[`syslog_name=${way}`, ...options].map((option) => `  -o ${option}`),
      ].join('\n'),
    ),
  ];
  writeFileSync(join(configuration, 'master.cf'), `${services.join('\n')}\n`);
  return configuration;
}

function logLines(log: string): readonly string[] {
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
}

interface Delivery {
  tls: string | null;
  /** How it was with TLS at the first host that heard of the recipient. */
  there: Fate['deed'] | null;
  words: string[];
}

/** A process handles one delivery at a time, so what it said before a status belongs to that. */
function postfixFates(log: string, way: string): Fates {
  const fates = new Map<string, Fate>();
  const deliveries = new Map<string, Delivery>();
  for (const line of logLines(log)) {
    const [, pid, words] = new RegExp(`\\b${way}/smtp\\[(\\d+)\\]: (.*)$`).exec(line) ?? [];
    if (pid === undefined || words === undefined) continue;
    const delivery = deliveries.get(pid) ?? { tls: null, there: null, words: [] };
    deliveries.set(pid, delivery);
    delivery.words.push(words);
    const level = /^(Verified|Trusted|Untrusted|Anonymous) TLS connection established/.exec(words);
    if (level?.[1] !== undefined) delivery.tls = level[1];
    if (/ said: .*\(in reply to (MAIL FROM|RCPT TO|DATA|end of DATA)/.test(words)) {
      delivery.there ??= deedOver(delivery.tls);
      delivery.tls = null;
    }
    const [, domain, status] = /to=<postmaster@([^>]+)>.*status=(\w+) /.exec(words) ?? [];
    if (domain === undefined) continue;
    const kept = status === 'bounced' ? 'returned' : 'deferred';
    fates.set(domain, { deed: delivery.there ?? kept, words: delivery.words.join(' / ') });
    deliveries.delete(pid);
  }
  return fates;
}

/** The universe takes no mail: that a server refuses the recipient shows that the mail got there. */
function deedOver(tls: string | null): Fate['deed'] {
  if (tls === 'Verified' || tls === 'Trusted') return 'authenticated';
  return tls === null ? 'no-dane' : 'unverified';
}

/** Sends one message a domain; `demanded` is hosts_require_dane for hosts_try_dane. */
export function sendWithExim(
  folder: string,
  universe: UniverseFacts,
  resolver: string,
  domains: readonly string[],
  demanded: boolean,
): Fates {
  const spool = join(folder, 'spool');
  mkdirSync(spool, { recursive: true });
  chmodSync(folder, 0o755);
  chownSync(spool, 1, 1);
  const configuration = join(folder, 'exim.conf');
  writeFileSync(
    configuration,
    eximConfiguration(spool, universe, [
      demanded ? 'hosts_require_dane = *' : 'hosts_try_dane = *',
    ]),
  );
  const to = domains.map((domain) => `postmaster@${domain}`).join(' ');
  const program = `'${eximProgram()}' -C '${configuration}'`;
  inNamespace([
    ...writeUsers(folder),
    resolverMount(folder, resolver),
    `${program} -odi -oi -f try@rig.test ${to} </dev/null`,
  ]);
  const log = logLines(join(spool, 'main.log'));
  return new Map(domains.map((domain) => [domain, eximFate(log, domain)]));
}

/** `dane` are options of its transport. */
export function eximConfiguration(
  spool: string,
  universe: SendingFacts,
  dane: readonly string[],
): string {
  return [
    'keep_environment =',
    `exim_path = ${eximProgram()}`,
    'exim_user = Debian-exim',
    'exim_group = Debian-exim',
    `spool_directory = ${spool}`,
    `log_file_path = ${join(spool, '%s.log')}`,
    'primary_hostname = sender.rig.test',
    'trusted_users = root',
    'dns_dnssec_ok = 1',
    `disable_ipv6 = ${universe.ipv6 ? 'false' : 'true'}`,
    'remote_max_parallel = 20',
    'log_selector = +tls_cipher +tls_certificate_verified +dnssec',
    'begin acl',
    'record:',
    '  accept logwrite = EVENT $event_name host=$host dane=$tls_out_dane cipher=$tls_out_cipher to=@$domain data=$event_data',
    'begin routers',
    'own:',
    '  driver = accept',
    '  domains = rig.test',
    '  transport = nowhere',
    'dnslookup:',
    '  driver = dnslookup',
    '  transport = remote_smtp',
    '  self = send',
    '  dnssec_request_domains = *',
    'begin transports',
    'nowhere:',
    '  driver = appendfile',
    '  file = /dev/null',
    '  user = Debian-exim',
    'remote_smtp:',
    '  driver = smtp',
    `  port = ${universe.smtpPort}`,
    '  allow_localhost',
    `  connect_timeout = ${STAGE}`,
    `  command_timeout = ${STAGE}`,
    '  dnssec_request_domains = *',
    ...dane.map((option) => `  ${option}`),
    '  event_action = ${acl {record}}',
    'begin retry',
    '* * F,1d,1d',
    '',
  ].join('\n');
}

/** Its transport says of each recipient, in words of ours, how it was with TLS (chapter “Events” of its specification). */
function eximFate(log: readonly string[], domain: string): Fate {
  const lines = log.filter((line) => line.includes(`@${domain} `) || line.includes(`@${domain}:`));
  const words = lines.join(' / ');
  const there = lines.find((line) => /EVENT msg:.* after (MAIL|RCPT|DATA|pipelined)/.test(line));
  if (there === undefined) {
    return { deed: lines.some((line) => / \*\* /.test(line)) ? 'returned' : 'deferred', words };
  }
  // Where the server returned it the event knows no more of TLS, but the log line does.
  if (/ dane=yes /.test(there) || / CV=dane/.test(words)) return { deed: 'authenticated', words };
  return {
    deed: / cipher=\S/.test(there) || / X=TLS/.test(words) ? 'unverified' : 'no-dane',
    words,
  };
}
