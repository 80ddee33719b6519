/** The outbound test as a service: a signed name server and mail servers that watch what a sender does. */
import type { Failure, Result } from '../../shared/failure.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import { newAlias, standingsOf, type TestRun } from '../../shared/lab/test-run.ts';
import {
  listenForDatagrams,
  listenForSockets,
  listenForStreams,
  type Listener,
} from '../net/listen.ts';
import type { Clock, Endpoint } from '../net/network.ts';
import { generateZoneKey, restoreZoneKey, type SigningAlgorithm } from '../lab/zone-key.ts';
import { createInjectingReceiver } from './injecting-receiver.ts';
import { planMailHosts, type MailHost } from './mail-hosts.ts';
import { createTestNameServer } from './name-server.ts';
import { createReceiver, type Receiver, type ReceiverPorts } from './receiver.ts';
import { pruned, type OutboundState } from './state.ts';
import { buildTestZones, delegationSignerText } from './test-zones.ts';

export interface OutboundOptions {
  /** Lower case, without a trailing dot; `havedane.test` unless the person has a domain of their own. */
  readonly base: string;
  readonly algorithm: SigningAlgorithm;
  readonly scenarios: readonly ScenarioId[];
  readonly dns: Endpoint;
  /** Of the mail hosts: one each, or as many as there are. */
  readonly mailAddresses: readonly string[];
  /** Where the mail servers listen: 25, unless something leads port 25 there. */
  readonly listenPort: number;
  /** The port that senders connect to, and that the TLSA names tell. */
  readonly smtpPort: number;
  readonly silentAfterMs: number;
}

export interface OutboundPorts {
  readonly clock: Clock;
  readonly random: (count: number) => Uint8Array;
  /** What an earlier start kept; null when nothing. */
  readonly kept: OutboundState | null;
  /** Told after every change. */
  keep(state: OutboundState): void;
}

export interface OutboundTest {
  readonly base: string;
  /** The DS record of the base zone, as a line of a zone file: the trust anchor. */
  readonly trustAnchor: string;
  /** Every record of the base zone, unsigned, as lines of a zone file. */
  readonly zoneText: string;
  readonly hosts: readonly MailHost[];
  readonly nameServer: Endpoint;
  begin(): TestRun;
  runs(): readonly TestRun[];
  /** Where every situation of the run stands now; null for a run that is not kept any more. */
  standings(alias: string): readonly Standing[] | null;
  /** Calls back after every change; the returned function ends it. */
  onChange(listener: () => void): () => void;
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
  const at = ports.clock.now();
  const key = zoneKeyFor(options, ports.kept);
  const hosts = planMailHosts({ ...options, at, addresses: options.mailAddresses });
  const zones = buildTestZones({
    ...options,
    ...{ hosts, at },
    keys: [key],
    nameServerAddresses: [options.dns.address],
  });
  const ledger = new Ledger(options, ports, key.privateKey);
  const nameServer = createTestNameServer({
    zones: zones.zones,
    hosts,
    observe: (scenario, question) => {
      ledger.observe({ at: ports.clock.now(), scenario, seen: question });
    },
  });
  const receivers = hosts.map((host) => receiverFor(host, ledger.receiverPorts));
  const listening = await listenAll([
    {
      what: 'dns',
      endpoint: options.dns,
      listen: (to) => listenForDatagrams(to, nameServer.datagrams),
    },
    {
      what: 'dns',
      endpoint: options.dns,
      listen: (to) => listenForStreams(to, nameServer.streams),
    },
    ...hosts.map((host, index): Opening => ({
      what: 'smtp',
      endpoint: { address: host.address, port: options.listenPort },
      listen: (to) => listenForSockets(to, (socket) => receivers[index]?.take(socket)),
    })),
  ]);
  if (!listening.ok) return { ok: false, ...listening.failure };
  return {
    ok: true,
    test: {
      base: options.base,
      trustAnchor: delegationSignerText(options.base, key),
      zoneText: zones.text,
      ...{ hosts, nameServer: options.dns },
      begin: () => ledger.begin(),
      runs: () => ledger.runs,
      standings: (alias) => ledger.standings(alias),
      onChange: (listener) => ledger.onChange(listener),
      async close() {
        for (const receiver of receivers) receiver.close();
        await Promise.all(listening.listeners.map((listener) => listener.close()));
      },
    },
  };
}

/** What the servers saw, and the runs it belongs to. */
class Ledger {
  readonly receiverPorts: ReceiverPorts;
  readonly #options: OutboundOptions;
  readonly #ports: OutboundPorts;
  readonly #listeners = new Set<() => void>();
  #state: OutboundState;

  constructor(options: OutboundOptions, ports: OutboundPorts, privateKey: Uint8Array) {
    this.#options = options;
    this.#ports = ports;
    const { base, algorithm } = options;
    const zoneKey = Buffer.from(privateKey).toString('base64');
    const kept = ports.kept?.base === base ? ports.kept : null;
    this.#state = pruned(
      {
        ...{ base, algorithm, zoneKey },
        runs: kept?.runs ?? [],
        observations: kept?.observations ?? [],
      },
      ports.clock.now(),
    );
    ports.keep(this.#state);
    this.receiverPorts = {
      isRecipient: (alias, { scenario }) =>
        this.runs.some((run) => run.alias === alias && run.scenarios.includes(scenario)),
      observe: ({ scenario, rank }, { id, from }, step) => {
        const seen = { kind: 'smtp' as const, connection: id, from, host: rank, step };
        this.observe({ at: ports.clock.now(), scenario, seen });
      },
    };
  }

  get runs(): readonly TestRun[] {
    return this.#state.runs;
  }

  begin(): TestRun {
    const { scenarios, silentAfterMs } = this.#options;
    const startedAt = this.#ports.clock.now();
    const run = { alias: newAlias(this.#ports.random), startedAt, silentAfterMs, scenarios };
    this.#change({ runs: [...this.#state.runs, run] });
    return run;
  }

  observe(observation: Observation): void {
    // What belongs to no test is not kept: strangers leave no trace.
    const { at } = observation;
    const wanted = this.runs.some(
      ({ startedAt, silentAfterMs }) => at <= startedAt + silentAfterMs,
    );
    if (wanted) this.#change({ observations: [...this.#state.observations, observation] });
  }

  standings(alias: string): readonly Standing[] | null {
    const run = this.runs.find((each) => each.alias === alias);
    if (run === undefined) return null;
    return standingsOf(run, this.runs, this.#state.observations, this.#ports.clock.now());
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #change(change: Partial<OutboundState>): void {
    this.#state = pruned({ ...this.#state, ...change }, this.#ports.clock.now());
    this.#ports.keep(this.#state);
    for (const listener of this.#listeners) listener();
  }
}

function zoneKeyFor(
  { base, algorithm }: OutboundOptions,
  kept: OutboundState | null,
): ReturnType<typeof generateZoneKey> {
  if (kept?.base !== base || kept.algorithm !== algorithm) return generateZoneKey(algorithm, true);
  return restoreZoneKey(algorithm, true, Buffer.from(kept.zoneKey, 'base64'));
}

function receiverFor(host: MailHost, ports: ReceiverPorts): Receiver {
  return host.behaviour === 'injects'
    ? createInjectingReceiver(host, ports)
    : createReceiver(host, ports);
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
