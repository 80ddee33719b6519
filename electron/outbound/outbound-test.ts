/** The outbound test as a service: a signed name server and mail servers that watch what a sender does. */
import type { Failure, Result } from '../../shared/failure.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import { listenForDatagrams, listenForSockets, type Listener, type Socket } from '../net/listen.ts';
import type { Clock, Endpoint } from '../net/network.ts';
import type { NameServer } from '../lab/dns-server.ts';
import { generateZoneKey, restoreZoneKey, type SigningAlgorithm } from '../lab/zone-key.ts';
import { createAdmission, type Admission } from './admission.ts';
import { assignAddresses } from './assign-addresses.ts';
import type { ReceiverPorts } from './conversation.ts';
import { createHostKeys } from './host-keys.ts';
import { createInjectingReceiver } from './injecting-receiver.ts';
import { Ledger, type ChangeListener } from './ledger.ts';
import { planMailHosts, type MailHost } from './mail-hosts.ts';
import { createTestNameServer } from './name-server.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import type { OutboundState } from './state.ts';
import { steadyClock } from './steady-clock.ts';
import { buildTestZones, delegationSignerText, type TestZones } from './test-zones.ts';
import { keepZones } from './zone-keeper.ts';

export interface OutboundOptions {
  /** Lower case, without a trailing dot; `havedane.test` unless the person has a domain of their own. */
  readonly base: string;
  readonly algorithm: SigningAlgorithm;
  readonly scenarios: readonly ScenarioId[];
  readonly dns: Endpoint;
  /** Of the mail hosts: one each, or as many as there are; with too few, situations share one or are left out. */
  readonly mailAddresses: readonly string[];
  /** Where the mail servers listen: 25, unless something leads port 25 there. */
  readonly listenPort: number;
  /** The port that senders connect to, and that the TLSA names tell. */
  readonly smtpPort: number;
  readonly silentAfterMs: number;
  /** Where the base name itself leads: to a page for visitors, as it is published. */
  readonly webAddress?: string | null;
  /**
   * The address of this machine behind one that is published, where a network translates between them
   * (1:1 NAT, RFC 3022 §2.1); without it they are the same.
   */
  readonly listenOn?: (published: string) => string;
}

export interface OutboundPorts {
  readonly clock: Clock;
  readonly random: (count: number) => Uint8Array;
  /** What an earlier start kept; null when nothing. */
  readonly kept: OutboundState | null;
  /** Told after every change; `read` gives what is to be kept then. */
  keep(read: () => OutboundState): void;
}

export interface OutboundTest {
  readonly base: string;
  /** The DS record of the base zone, as a line of a zone file: the trust anchor. */
  readonly trustAnchor: string;
  /** Every record of the base zone, unsigned, as lines of a zone file. */
  readonly zoneText: string;
  readonly hosts: readonly MailHost[];
  /** Situations that no address was left for. */
  readonly leftOut: readonly ScenarioId[];
  readonly nameServer: Endpoint;
  /** Milliseconds since the epoch, by the clock of what is seen: it does not jump when the machine’s is set. */
  now(): number;
  /** `instead` is the alias of a run that ends with it, where the sender is the same. */
  begin(instead?: string): TestRun;
  /** One that was begun before, and still waits for something. */
  openRun(): TestRun | null;
  runs(): readonly TestRun[];
  /** Where every situation of the run stands now; null for a run that is not kept any more. */
  standings(alias: string): readonly Standing[] | null;
  /** What the run stands on, in its order; null for a run that is not kept any more. */
  seen(alias: string): readonly Observation[] | null;
  /** Calls back after every change, with what was seen if that is what changed; the returned function ends it. */
  onChange(listener: ChangeListener): () => void;
  close(): Promise<void>;
}

/** Where it cannot listen, and why. */
export interface ListenFailure {
  readonly endpoint: Endpoint;
  readonly what: 'dns' | 'smtp';
  readonly failure: Failure;
}

export async function startOutboundTest(
  options: OutboundOptions,
  ports: OutboundPorts,
): Promise<
  { readonly ok: true; readonly test: OutboundTest } | ({ readonly ok: false } & ListenFailure)
> {
  const parts = assemble(options, ports);
  const { ledger, receivers, nameServer } = parts;
  const endpoint = ownEndpoint(options, options.dns);
  const listening = await listenAll([
    {
      ...{ what: 'dns', endpoint },
      listen: (to) => listenForDatagrams(to, nameServer.datagrams),
    },
    {
      ...{ what: 'dns', endpoint },
      listen: (to) => listenAdmitting(to, createAdmission(DNS_LIMITS), null, nameServer.streams),
    },
    ...mailOpenings(receivers, options),
  ]);
  if (!listening.ok) {
    ledger.close();
    return { ok: false, ...listening.failure };
  }
  // What is new since the last start: its key, above all.
  ports.keep(() => ledger.state());
  return { ok: true, test: serviceOf(options, parts, listening.listeners) };
}

/** What a start would publish, with no port opened; what it has to find then is in `state`. */
export function planOutboundTest(options: OutboundOptions, ports: OutboundPorts): OutboundPlan {
  const { ledger, trustAnchor, zoneText, hosts, leftOut } = assemble(options, ports);
  const state = ledger.state();
  ledger.close();
  return { trustAnchor, zoneText, hosts, leftOut, state };
}

export interface OutboundPlan extends Pick<
  OutboundTest,
  'trustAnchor' | 'zoneText' | 'hosts' | 'leftOut'
> {
  readonly state: OutboundState;
}

interface Parts extends Pick<OutboundTest, 'trustAnchor' | 'zoneText' | 'hosts' | 'leftOut'> {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly nameServer: NameServer;
  /** By address. */
  readonly receivers: ReadonlyMap<string, Receiver>;
}

function assemble(options: OutboundOptions, ports: OutboundPorts): Parts {
  const key = zoneKeyFor(options, ports.kept);
  const { addresses, leftOut } = assignAddresses(options.scenarios, options.mailAddresses);
  const now = ports.clock.now();
  const keys = createHostKeys(ports.kept?.hostKeys ?? {});
  const hosts = planMailHosts({ base: options.base, at: now, addresses, keys });
  const nameServerAddresses = [options.dns.address];
  const build = (at: number): TestZones =>
    buildTestZones({
      ...{ ...options, hosts, at, keys: [key], nameServerAddresses },
      webAddress: options.webAddress ?? null,
    });
  const clock = steadyClock(ports.clock);
  const zoneKey = Buffer.from(key.privateKey).toString('base64');
  const scenarios = options.scenarios.filter((id) => addresses.has(id));
  const hostKeys = keys.kept();
  const ledger = new Ledger({ ...options, zoneKey, hostKeys, scenarios }, { ...ports, clock });
  const nameServer = createTestNameServer({
    zones: keepZones((at) => build(at).zones, ports.clock),
    hosts,
    monotonic: () => clock.monotonic(),
    observe: (scenario, question) => {
      ledger.observe({ at: clock.now(), scenario, seen: question });
    },
  });
  const trustAnchor = delegationSignerText(options.base, key);
  const receivers = receiversFor(hosts, ledger.receiverPorts);
  const built = { hosts, leftOut, trustAnchor, zoneText: build(now).text };
  return { ledger, clock, nameServer, receivers, ...built };
}

function serviceOf(
  { base, dns }: OutboundOptions,
  { ledger, clock, receivers, trustAnchor, zoneText, hosts, leftOut }: Parts,
  listeners: readonly Listener[],
): OutboundTest {
  return {
    ...{ base, trustAnchor, zoneText, hosts, leftOut, nameServer: dns },
    now: () => clock.now(),
    begin: (instead) => ledger.begin(instead),
    openRun: () => ledger.openRun(),
    runs: () => ledger.runs,
    standings: (alias) => ledger.standings(alias),
    seen: (alias) => ledger.seen(alias),
    onChange: (listener) => ledger.onChange(listener),
    async close() {
      for (const receiver of receivers.values()) receiver.close();
      await Promise.all(listeners.map((listener) => listener.close()));
      ledger.close();
    },
  };
}

/** Connections at a time: a sender under test needs one for each situation, and a resolver a few. */
const SMTP_LIMITS = { total: 600, perNetwork: 60 };
const DNS_LIMITS = { total: 150, perNetwork: 40 };
const TOO_MANY = '421 Too many connections; try again in a moment\r\n';

function mailOpenings(
  receivers: ReadonlyMap<string, Receiver>,
  options: OutboundOptions,
): readonly Opening[] {
  const admission = createAdmission(SMTP_LIMITS);
  return [...receivers].map(([address, receiver]) => ({
    what: 'smtp',
    endpoint: ownEndpoint(options, { address, port: options.listenPort }),
    listen: (to) => listenAdmitting(to, admission, TOO_MANY, (socket) => receiver.take(socket)),
  }));
}

function ownEndpoint({ listenOn }: OutboundOptions, { address, port }: Endpoint): Endpoint {
  return { address: listenOn?.(address) ?? address, port };
}

function listenAdmitting(
  to: Endpoint,
  admission: Admission,
  farewell: string | null,
  /** May give what ends the connection in favour of another. */
  take: (socket: Socket) => (() => void) | void,
): Promise<Result<Listener>> {
  return listenForSockets(to, (socket) => {
    let drop = (): void => {
      socket.destroy();
    };
    const leave = admission.admit(socket.remoteAddress ?? '', () => drop());
    if (leave !== null) {
      socket.once('close', leave);
      drop = take(socket) ?? drop;
      return;
    }
    if (farewell !== null) socket.write(farewell);
    socket.destroySoon();
  });
}

function zoneKeyFor(
  { base, algorithm }: OutboundOptions,
  kept: OutboundState | null,
): ReturnType<typeof generateZoneKey> {
  if (kept?.base !== base || kept.algorithm !== algorithm) return generateZoneKey(algorithm, true);
  return restoreZoneKey(algorithm, true, Buffer.from(kept.zoneKey, 'base64'));
}

/** One for each address. */
function receiversFor(
  hosts: readonly MailHost[],
  ports: ReceiverPorts,
): ReadonlyMap<string, Receiver> {
  const addresses = [...new Set(hosts.map(({ address }) => address))];
  return new Map(
    addresses.map((address) => {
      const own = hosts.filter((host) => host.address === address);
      const [only] = own;
      const injects = only?.behaviour === 'injects';
      return [address, injects ? createInjectingReceiver(only, ports) : createReceiver(own, ports)];
    }),
  );
}

interface Opening {
  readonly what: ListenFailure['what'];
  readonly endpoint: Endpoint;
  listen(at: Endpoint): Promise<Result<Listener>>;
}

/** All, or none: what was opened is closed again. */
async function listenAll(
  openings: readonly Opening[],
): Promise<
  | { readonly ok: true; readonly listeners: readonly Listener[] }
  | { readonly ok: false; readonly failure: ListenFailure }
> {
  const listeners: Listener[] = [];
  for (const { what, endpoint, listen } of openings) {
    const opened = await listen(endpoint);
    if (opened.ok) {
      listeners.push(opened.value);
      continue;
    }
    await Promise.all(listeners.map((listener) => listener.close()));
    return { ok: false, failure: { what, endpoint, failure: opened.failure } };
  }
  return { ok: true, listeners };
}
