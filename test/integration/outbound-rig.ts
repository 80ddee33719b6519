// The outbound test with real senders: an Unbound that trusts its zone, and Postfix and Exim in several settings.
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eximProgram } from '../../scripts/setup/packages.mjs';
import { systemClock } from '../../electron/net/system-clock.ts';
import { startOutboundTest, type OutboundTest } from '../../electron/outbound/outbound-test.ts';
import type { OutboundState } from '../../electron/outbound/state.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import { SCENARIOS } from '../../shared/lab/scenario.ts';
import { recipientsOf, type TestRun } from '../../shared/lab/test-run.ts';
import { outboundTestSettings } from '../../shared/mail-software/outbound-test-settings.ts';
import { run, startServer, stopProcess } from '../universe/processes.ts';
import { writeUsers } from './mail-software-rig.ts';
import { factsOf, freeNetwork, startResolver, textFor } from './outbound-resolvers.ts';
import { writePostfixSender, type PostfixWays } from './sending-rig.ts';

export const BASE = 'havedane.test';
/** More than any sender may be slow by. */
const SILENT_AFTER_MS = 60_000;
const SMTP_PORT = 25;
/** One for each mail host. */
const ADDRESSES = 20;

/** A test of its own, with a resolver of its own, for one sender: all of them run side by side. */
export interface Rig {
  readonly folder: string;
  readonly service: OutboundTest;
  readonly resolver: string;
  readonly smtpPort: number;
  /** All that was seen so far. */
  observations(): readonly Observation[];
  close(): Promise<void>;
}

/** Each has a network of loopback addresses of its own; its resolver is pointed at the test's zone, or not. */
export async function startRig(
  folder: string,
  pointed: boolean,
  { smtpPort = SMTP_PORT, addresses = ADDRESSES } = {},
): Promise<Rig> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const network = await freeNetwork();
  let read: (() => OutboundState) | null = null;
  const service = await startTest(
    network,
    smtpPort,
    (state) => {
      read = state;
    },
    addresses,
  );
  const resolver = `${network}.1`;
  const unbound = await startResolver(
    'Unbound',
    {
      ...{ folder: join(folder, 'unbound'), port: 53 },
      address: resolver,
      nowhere: `${network}.9`,
    },
    pointed ? textFor('Unbound', factsOf(service)) : '',
  );
  return {
    ...{ folder, service, resolver, smtpPort },
    observations: () => read?.().observations ?? [],
    async close() {
      await stopProcess(unbound);
      await service.close();
    },
  };
}

export async function startTest(
  network: string,
  smtpPort = SMTP_PORT,
  keep: (read: () => OutboundState) => void = () => undefined,
  addresses = ADDRESSES,
): Promise<OutboundTest> {
  const started = await startOutboundTest(
    {
      ...{ base: BASE, algorithm: 13, dns: { address: `${network}.53`, port: 5353 } },
      scenarios: SCENARIOS.map(({ id }) => id),
      mailAddresses: Array.from({ length: addresses }, (_, index) => `${network}.${100 + index}`),
      ...{ listenPort: smtpPort, smtpPort, silentAfterMs: SILENT_AFTER_MS },
    },
    {
      clock: systemClock,
      random: (count) => randomBytes(count),
      kept: null,
      keep,
    },
  );
  if (!started.ok) throw new Error(JSON.stringify(started));
  return started.test;
}

/** What the person is given to copy, by the place that it belongs to. */
function textAt(rig: Rig, software: 'Postfix' | 'Exim', where: string): string {
  const all = outboundTestSettings({
    ...{ base: BASE, resolver: rig.resolver, trustAnchor: rig.service.trustAnchor },
    ...{ loopback: true, smtpPort: rig.smtpPort },
  });
  const parts = all.find((each) => each.software === software)?.parts ?? [];
  const texts = parts.filter((part) => part.where.includes(where)).map(({ text }) => text);
  if (texts.length === 0) throw new Error(`${software} has no text for ${where}`);
  return texts.join('\n');
}

/** Sends to all recipients of the run, and stops when asked to. */
export async function sendByPostfix(
  rig: Rig,
  level: string,
  testRun: TestRun,
): Promise<() => Promise<void>> {
  const texts = {
    resolvConf: textAt(rig, 'Postfix', 'resolv.conf'),
    main: textAt(rig, 'Postfix', 'main.cf'),
    master: rig.smtpPort === SMTP_PORT ? '' : textAt(rig, 'Postfix', 'master.cf'),
  };
  const postfix = await startPostfix(rig.folder, texts, [
    [level, level === 'dane' ? [] : [`smtp_tls_security_level=${level}`]],
  ]);
  await postfix.type(`sendmail -f ${level}@rig.test ${addressesOf(testRun)} </dev/null`);
  return () => postfix.stop();
}

/** What a person has copied for it, by the file that it belongs to. */
export interface PostfixTexts {
  readonly resolvConf: string;
  readonly main: string;
  /** Empty where nothing is needed. */
  readonly master: string;
}

export interface RunningPostfix {
  /** Runs a line as it was copied: what it calls `sendmail` gives mail to this Postfix. */
  type(line: string): Promise<void>;
  stop(): Promise<void>;
}

/** The local part of a sender’s address, `WAY@rig.test`, chooses the way. */
export async function startPostfix(
  folder: string,
  { resolvConf, main, master }: PostfixTexts,
  ways: PostfixWays,
): Promise<RunningPostfix> {
  const facts = { ipv6: false, smtpPort: SMTP_PORT };
  const configuration = await writePostfixSender(folder, facts, ways);
  // Of two lines for a setting the last one counts.
  appendFileSync(join(configuration, 'main.cf'), `${main}\n`);
  if (master !== '') appendFileSync(join(configuration, 'master.cf'), `${master}\n`);
  const commands = [resolvConfMount(folder, resolvConf), `postfix -c '${configuration}' start`];
  // Not waited for with the process stopped: the name server and the mail servers run in it.
  await run('unshare', ['-m', 'sh', '-c', commands.join(' && ')]);
  return {
    async type(line) {
      // sendmail(1), “ENVIRONMENT”.
      await run('env', [`MAIL_CONFIG=${configuration}`, 'sh', '-c', line]);
    },
    async stop() {
      await run('postfix', ['-c', configuration, 'stop']).catch(() => undefined);
    },
  };
}

function resolvConfMount(folder: string, text: string): string {
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, `${text}\n`);
  return `mount --bind '${file}' /etc/resolv.conf`;
}

/** Sends to all recipients of the run, and stops when asked to; `dane` stands for what the text has of it. */
export function sendByExim(rig: Rig, dane: string, testRun: TestRun): () => Promise<void> {
  const { folder } = rig;
  const spool = join(folder, 'spool');
  mkdirSync(spool, { recursive: true });
  chownSync(spool, 1, 1);
  const configuration = join(folder, 'exim.conf');
  writeFileSync(configuration, eximConfiguration(rig, spool, dane));
  const program = `'${eximProgram()}' -C '${configuration}'`;
  const commands = [
    ...writeUsers(folder),
    resolvConfMount(folder, textAt(rig, 'Exim', 'resolv.conf')),
    `${program} -odi -oi -f try@rig.test ${addressesOf(testRun)} </dev/null`,
  ];
  const log = join(folder, 'exim.out');
  const process = startServer('unshare', ['-m', 'sh', '-c', commands.join(' && ')], log);
  return () => stopProcess(process);
}

/** Routers and transports as Exim’s own default configuration has them, and the text. */
function eximConfiguration(rig: Rig, spool: string, dane: string): string {
  const transport = textAt(rig, 'Exim', 'transport').replace('hosts_try_dane = *', dane);
  return [
    'keep_environment =',
    `exim_path = ${eximProgram()}`,
    'exim_user = Debian-exim',
    'exim_group = Debian-exim',
    `spool_directory = ${spool}`,
    `log_file_path = ${join(spool, '%s.log')}`,
    'primary_hostname = sender.rig.test',
    'trusted_users = root',
    'disable_ipv6 = true',
    'remote_max_parallel = 20',
    textAt(rig, 'Exim', 'main section'),
    'begin routers',
    'own:',
    '  driver = accept',
    '  domains = rig.test',
    '  transport = nowhere',
    textAt(rig, 'Exim', 'before the dnslookup router'),
    'dnslookup:',
    '  driver = dnslookup',
    '  transport = remote_smtp',
    '  ignore_target_hosts = 0.0.0.0 : 127.0.0.0/8',
    '  no_more',
    'begin transports',
    'nowhere:',
    '  driver = appendfile',
    '  file = /dev/null',
    '  user = Debian-exim',
    'remote_smtp:',
    '  driver = smtp',
    '  connect_timeout = 10s',
    '  command_timeout = 10s',
    transport,
    'begin retry',
    '* * F,1d,1d',
    '',
  ].join('\n');
}

function addressesOf(testRun: TestRun): string {
  return recipientsOf(testRun, BASE)
    .map(({ address }) => address)
    .join(' ');
}
