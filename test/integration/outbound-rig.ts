// The outbound test with real senders: an Unbound that trusts its zone, and Postfix and Exim in several settings.
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eximProgram } from '../../scripts/setup/packages.mjs';
import { listenForDatagrams } from '../../electron/net/listen.ts';
import { systemClock } from '../../electron/net/system-clock.ts';
import { startOutboundTest, type OutboundTest } from '../../electron/outbound/outbound-test.ts';
import { SCENARIOS } from '../../shared/lab/scenario.ts';
import { recipientsOf, type TestRun } from '../../shared/lab/test-run.ts';
import { unconfined } from '../universe/bind.ts';
import { run, startServer, stopProcess, type ProcessIdentity } from '../universe/processes.ts';
import { writeUsers } from './mail-software-rig.ts';
import { eximConfiguration, resolverMount, writePostfixSender } from './sending-rig.ts';

export const BASE = 'havedane.test';
/** More than any sender may be slow by. */
const SILENT_AFTER_MS = 60_000;

/** A test of its own, with a resolver of its own, for one sender: all of them run side by side. */
export interface Rig {
  readonly folder: string;
  readonly service: OutboundTest;
  readonly resolver: string;
  close(): Promise<void>;
}

/** Each has a network of loopback addresses of its own. */
export async function startRig(folder: string): Promise<Rig> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const network = await freeNetwork();
  const service = await startTest(network);
  const resolver = `${network}.1`;
  const unbound = startResolver(join(folder, 'unbound'), resolver, service);
  return {
    ...{ folder, service, resolver },
    async close() {
      await stopProcess(unbound);
      await service.close();
    },
  };
}

const MAX_NETWORKS = 200;
let networks = process.pid % MAX_NETWORKS;

/** One where no resolver is left over from a run that was broken off: Unbound would share its port. */
export async function freeNetwork(): Promise<string> {
  for (let tried = 0; tried < MAX_NETWORKS; tried += 1) {
    networks = (networks + 1) % MAX_NETWORKS;
    const network = `127.26.${networks}`;
    const opened = await listenForDatagrams({ address: `${network}.1`, port: 53 }, () => undefined);
    if (!opened.ok) continue;
    await opened.value.close();
    return network;
  }
  throw new Error('no network is free');
}

async function startTest(network: string): Promise<OutboundTest> {
  const started = await startOutboundTest(
    {
      ...{ base: BASE, algorithm: 13, dns: { address: `${network}.53`, port: 5353 } },
      scenarios: SCENARIOS.map(({ id }) => id),
      mailAddresses: Array.from({ length: 20 }, (_, index) => `${network}.${100 + index}`),
      ...{ listenPort: 25, smtpPort: 25, silentAfterMs: SILENT_AFTER_MS },
    },
    {
      clock: systemClock,
      random: (count) => randomBytes(count),
      kept: null,
      keep: () => undefined,
    },
  );
  if (!started.ok) throw new Error(JSON.stringify(started));
  return started.test;
}

/** Trusts the test's zone, and knows no other. */
function startResolver(
  folder: string,
  address: string,
  { trustAnchor, nameServer }: OutboundTest,
): ProcessIdentity {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'unbound.conf');
  const settings = [
    'server:',
    ...[
      `interface: ${address}@53`,
      'access-control: 127.0.0.0/8 allow',
      `directory: "${folder}"`,
      ...['chroot: ""', 'username: ""', 'pidfile: ""', 'use-syslog: no', 'num-threads: 1'],
      `trust-anchor: "${trustAnchor}"`,
      'module-config: "validator iterator"',
      'do-not-query-localhost: no',
      'local-zone: "test." nodefault',
    ].map((line) => `  ${line}`),
    'remote-control:',
    '  control-enable: no',
    'stub-zone:',
    `  name: "${BASE}."`,
    `  stub-addr: ${nameServer.address}@${nameServer.port}`,
    '',
  ];
  writeFileSync(file, settings.join('\n'));
  return startServer(unconfined('/usr/sbin/unbound', folder), ['-d', '-c', file], `${file}.log`);
}

/** Sends to all recipients of the run, and stops when asked to. */
export async function sendByPostfix(
  rig: Rig,
  level: string,
  testRun: TestRun,
): Promise<() => Promise<void>> {
  const configuration = await writePostfixSender(rig.folder, { ipv6: false, smtpPort: 25 }, [
    [level, [`smtp_tls_security_level=${level}`]],
  ]);
  const start = `postfix -c '${configuration}' start`;
  const send = `sendmail -C '${configuration}' -f ${level}@rig.test ${addressesOf(testRun)} </dev/null`;
  const commands = [resolverMount(rig.folder, rig.resolver), `{ ${start}; ${send}; }`];
  // Not waited for with the process stopped: the name server and the mail servers run in it.
  await run('unshare', ['-m', 'sh', '-c', commands.join(' && ')]);
  return async () => {
    await run('postfix', ['-c', configuration, 'stop']).catch(() => undefined);
  };
}

/** Sends to all recipients of the run, and stops when asked to; `dane` are options of its transport. */
export function sendByExim(
  rig: Rig,
  dane: readonly string[],
  testRun: TestRun,
): () => Promise<void> {
  const { folder } = rig;
  const spool = join(folder, 'spool');
  mkdirSync(spool, { recursive: true });
  chownSync(spool, 1, 1);
  const configuration = join(folder, 'exim.conf');
  writeFileSync(configuration, eximConfiguration(spool, { ipv6: false, smtpPort: 25 }, dane));
  const program = `'${eximProgram()}' -C '${configuration}'`;
  const commands = [
    ...writeUsers(folder),
    resolverMount(folder, rig.resolver),
    `${program} -odi -oi -f try@rig.test ${addressesOf(testRun)} </dev/null`,
  ];
  const log = join(folder, 'exim.out');
  const process = startServer('unshare', ['-m', 'sh', '-c', commands.join(' && ')], log);
  return () => stopProcess(process);
}

function addressesOf(testRun: TestRun): string {
  return recipientsOf(testRun, BASE)
    .map(({ address }) => address)
    .join(' ');
}
