/** Makes the resolver of one run: its cache lives as long as it does. */
import { nameFromText, ROOT } from '../../shared/dns/name.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { CryptoPort } from '../../shared/dnssec/crypto-port.ts';
import { trustAnchors } from '../../shared/dnssec/trust-anchor.ts';
import { fail } from '../../shared/failure.ts';
import type { Endpoint, Network, RandomBytes } from '../net/network.ts';
import { specialRange } from '../net/special-address.ts';
import { askOne } from './ask-one.ts';
import { askZone, type Asked } from './ask-servers.ts';
import { trustOf, trustTowards } from './chain-of-trust.ts';
import { createBudget, type Context } from './context.ts';
import { iterate } from './iterate.ts';
import { lookUp } from './look-up.ts';
import { gluedServers, NO_SERVERS, type FoundServers } from './name-servers.ts';
import type { LookUp, Resolver, ServerAddress } from './resolver.ts';
import { prime, rootZone } from './root-hints.ts';
import type { AddressFamily, Run } from './run.ts';
import { createServerBook } from './server-book.ts';
import { createSharedTasks } from './shared-tasks.ts';
import { createTcpLinks } from './tcp-links.ts';
import type { Cut, Trust } from './trust.ts';
import { createZoneMap, type Zone } from './zone.ts';
import { zoneServers } from './zone-servers.ts';

export interface ResolverOptions {
  readonly network: Network;
  readonly crypto: CryptoPort;
  readonly random: RandomBytes;
  /** NS, A and AAAA records for the root; not looked at in recursive mode. */
  readonly rootHints: readonly ResourceRecord[];
  /** DS and DNSKEY records of any owners. */
  readonly trustAnchors: readonly ResourceRecord[];
  readonly mode: ResolverMode;
  /** The instant at which signatures are judged, seconds since the epoch, no skew allowed. */
  readonly at: number;
  /** Milliseconds for one DNS exchange. */
  readonly timeoutMs: number;
  readonly dnsPort: number;
  readonly families: readonly AddressFamily[];
  /** Ask name servers at private and special addresses too; those in the hints are always asked. */
  readonly allowPrivate: boolean;
}

export type ResolverMode =
  { readonly kind: 'iterative' } | { readonly kind: 'recursive'; readonly server: Endpoint };

export function createResolver(options: ResolverOptions): Resolver {
  let queries = 0;
  const run = createRun(options, () => {
    queries += 1;
  });
  const links = createTcpLinks(options.network, options.timeoutMs);
  let begun = false;
  const begin = (signal: AbortSignal): void => {
    if (begun) return;
    begun = true;
    askAhead(run, contextFor(signal));
  };
  return {
    resolve(name, type, signal) {
      begin(signal);
      return lookUp(run, name, type, signal);
    },
    zoneOf(name, signal) {
      begin(signal);
      return zoneServers(run, name, contextFor(signal));
    },
    async ask(question, signal) {
      begin(signal);
      const context = contextFor(signal);
      const { zone } = question.zone;
      const known = run.listed.get(zone.key) ?? run.zones.get(zone);
      const served = known ?? (await iterate(run, zone, TYPE.SOA, context)).zone;
      return askOne(run, links, question, served, context);
    },
    queries: () => queries,
  };
}

function contextFor(signal: AbortSignal): Context {
  return { signal, budget: createBudget(), task: null, depth: 0 };
}

/** Priming and the root's keys need not wait for the first referral. */
function askAhead(run: Run, context: Context): void {
  if (run.forwarder === null) {
    prime(run, run.zones.root(), run.acceptRoot, context).catch(() => undefined);
  }
  if (!run.anchors.some((anchor) => anchor.zone.labels.length === 0)) return;
  askZone(run, run.zones.root(), ROOT, TYPE.DNSKEY, context).catch(() => undefined);
}

function createRun(options: ResolverOptions, countQuery: () => void): Run {
  const { network, crypto, random, at, timeoutMs, dnsPort, families, mode } = options;
  const forwarder = mode.kind === 'recursive' ? mode.server : null;
  let root: Zone = forwarder === null ? rootZone(options.rootHints) : forwarderZone(forwarder);
  const trusted = new Set(gluedServers(root).map(({ address }) => address));
  const run: Run = {
    network,
    crypto,
    random,
    at,
    timeoutMs,
    dnsPort,
    families,
    forwarder,
    countQuery,
    anchors: trustAnchors(options.trustAnchors),
    mayAsk: (address) =>
      options.allowPrivate || trusted.has(address) || specialRange(address) === null,
    zones: createZoneMap(() => root),
    acceptRoot: (zone) => {
      root = zone;
    },
    servers: createServerBook(random),
    ...createServerNotes(forwarder !== null),
    holders: new Map(),
    listed: new Map(),
    leaders: new Map(),
    questions: createSharedTasks(
      () => CIRCULAR,
      ({ result }) => result.ok || !isLimit(result.failure),
    ),
    childHosts: new Map(),
    hostAddresses: createSharedTasks(() => NO_SERVERS, isWhole),
    serverLists: createSharedTasks(() => NO_SERVERS, isWhole),
    trusts: createSharedTasks<Trust>(
      impossible,
      (trust) => trust.status !== 'indeterminate' || trust.failure?.kind !== 'limit',
    ),
    cuts: createSharedTasks<Cut>(
      impossible,
      (cut) => cut.kind !== 'unanswered' || cut.failure.kind !== 'limit',
    ),
    lookUps: createSharedTasks<LookUp>(
      impossible,
      ({ failure }) => failure === null || !isLimit(failure),
    ),
    steps: {
      iterate: (name, type, context) => iterate(run, name, type, context),
      trustOf: (zone, context) => trustOf(run, zone, context),
      trustTowards: (zone, name, context) => trustTowards(run, zone, name, context),
    },
  };
  return run;
}

/** In recursive mode nobody knows the servers of a zone: the one that was asked is not its server. */
function createServerNotes(recursive: boolean): Pick<Run, 'noteServers' | 'serversOf'> {
  const notes = new Map<string, Map<string, ServerAddress>>();
  return {
    noteServers: (zone, servers) => {
      const known = notes.get(zone.name.key) ?? new Map<string, ServerAddress>();
      for (const server of servers) known.set(server.address, server);
      notes.set(zone.name.key, known);
    },
    serversOf: (zone) => {
      if (recursive) return [];
      const asked = [...(notes.get(zone.name.key)?.values() ?? [])];
      const glue = gluedServers(zone);
      const more = asked.filter(({ address }) => glue.every((each) => each.address !== address));
      return [...glue, ...more];
    },
  };
}

/** A question whose servers can only be found through its own answer. */
const CIRCULAR: Asked = {
  result: fail({ kind: 'unreachable', code: 'NO_NAME_SERVER_ADDRESS' }),
  observations: [],
};

/** Nothing found for want of depth or queries may be found by somebody else. */
function isWhole({ servers, limits }: FoundServers): boolean {
  return servers.length > 0 || limits.length === 0;
}

function isLimit(failure: { readonly kind: string }): boolean {
  return failure.kind === 'limit';
}

/** Trust is worked out from longer names to shorter ones: it cannot wait for itself. */
function impossible(): never {
  throw new Error('validation waits for itself');
}

/** In recursive mode one server answers for every name; cuts show only in signatures. */
function forwarderZone(server: Endpoint): Zone {
  const host = nameFromText(server.address);
  const hosts = [{ name: host.ok ? host.value : ROOT, addresses: [server.address] }];
  return { name: ROOT, parent: null, hosts, hostsLeftOut: 0, referral: null, hidden: false };
}
