/** Which of all that the servers see belongs to which test: senders bear no name until they name a recipient. */
import { addressFromText } from '../dns/address.ts';
import type { MailStep, Observation } from './observation.ts';
import type { TestRun } from './test-run.ts';

/**
 * By alias, in the order in which it was seen. A connection that names a recipient is that run’s as a whole. One
 * that names nobody is the run’s whose sender may be the same: by its address, else by its network, else by the
 * name that it says; where two runs may claim it, it is nobody’s. As long as no sender is known it is the run’s if
 * that is the only one open. A resolver’s question is the run’s only while no other is open.
 */
export function attribute(
  runs: readonly TestRun[],
  observations: readonly Observation[],
): ReadonlyMap<string, readonly Observation[]> {
  const connections = connectionsOf(observations);
  const openAt = createOpenRuns(runs);
  const traces = tracesOf(connections.values());
  const owners = new Map<string, readonly TestRun[]>();
  for (const [id, connection] of connections)
    owners.set(id, ownersOf(connection, runs, traces, openAt));
  const own = new Map<string, Observation[]>(runs.map(({ alias }) => [alias, []]));
  for (const observation of observations) {
    const { at, seen } = observation;
    const claims = seen.kind === 'smtp' ? (owners.get(seen.connection) ?? []) : onlyOne(openAt(at));
    for (const run of claims) if (isOpen(run, at)) own.get(run.alias)?.push(observation);
  }
  return own;
}

interface Connection {
  readonly from: string;
  readonly startedAt: number;
  readonly aliases: Set<string>;
  /** What it says its name lies in; null without one that says something. */
  domain: string | null;
}

function connectionsOf(observations: readonly Observation[]): ReadonlyMap<string, Connection> {
  const connections = new Map<string, Connection>();
  for (const { at, seen } of observations) {
    if (seen.kind !== 'smtp') continue;
    const known = connections.get(seen.connection);
    const connection = known ?? newConnection(seen, at);
    if (known === undefined) connections.set(seen.connection, connection);
    if (seen.step.name === 'recipient') connection.aliases.add(seen.step.alias);
    if (seen.step.name === 'ehlo') connection.domain = domainOf(seen.step.greeting);
  }
  return connections;
}

function newConnection({ from }: MailStep, startedAt: number): Connection {
  return { from, startedAt, aliases: new Set(), domain: null };
}

/** What is known of the senders: which runs’ recipients were named from an address, a network, under a name. */
interface Traces {
  readonly addresses: Trace;
  readonly networks: Trace;
  readonly domains: Trace;
  /** Runs of which a sender is known. */
  readonly known: ReadonlySet<string>;
  readonly networkOf: (address: string) => string;
}

type Trace = ReadonlyMap<string, ReadonlySet<string>>;

function tracesOf(connections: Iterable<Connection>): Traces {
  const networkOf = createNetworks();
  const addresses = new Map<string, Set<string>>();
  const networks = new Map<string, Set<string>>();
  const domains = new Map<string, Set<string>>();
  const known = new Set<string>();
  for (const { from, domain, aliases } of connections) {
    for (const alias of aliases) {
      known.add(alias);
      note(addresses, from, alias);
      note(networks, networkOf(from), alias);
      if (domain !== null) note(domains, domain, alias);
    }
  }
  return { addresses, networks, domains, known, networkOf };
}

function note(trace: Map<string, Set<string>>, key: string, alias: string): void {
  const aliases = trace.get(key);
  if (aliases === undefined) trace.set(key, new Set([alias]));
  else aliases.add(alias);
}

function ownersOf(
  { from, domain, startedAt, aliases }: Connection,
  runs: readonly TestRun[],
  { addresses, networks, domains, known, networkOf }: Traces,
  openAt: (at: number) => readonly TestRun[],
): readonly TestRun[] {
  if (aliases.size > 0) return runs.filter(({ alias }) => aliases.has(alias));
  const open = openAt(startedAt);
  for (const named of [
    addresses.get(from),
    networks.get(networkOf(from)),
    domain === null ? undefined : domains.get(domain),
  ]) {
    const claims = open.filter(({ alias }) => named?.has(alias) === true);
    if (claims.length > 0) return onlyOne(claims);
  }
  // Once the sender is known, strangers who knock at a port that is open to all are told from it.
  return onlyOne(open).filter(({ alias }) => !known.has(alias));
}

function onlyOne(runs: readonly TestRun[]): readonly TestRun[] {
  return runs.length === 1 ? runs : [];
}

/** Those open at a time. Who asks goes on in time, mostly: what was found holds until the next begins or ends. */
function createOpenRuns(runs: readonly TestRun[]): (at: number) => readonly TestRun[] {
  let open: readonly TestRun[] = [];
  let from = Infinity;
  let nextStart = Infinity;
  let nextEnd = -Infinity;
  return (at) => {
    if (at >= from && at < nextStart && at <= nextEnd) return open;
    open = runs.filter((run) => isOpen(run, at));
    from = at;
    nextStart = Infinity;
    nextEnd = Infinity;
    for (const run of runs) if (run.startedAt > at) nextStart = Math.min(nextStart, run.startedAt);
    for (const run of open) nextEnd = Math.min(nextEnd, endOf(run));
    return open;
  };
}

function isOpen(run: TestRun, at: number): boolean {
  return at >= run.startedAt && at <= endOf(run);
}

function endOf({ startedAt, silentAfterMs }: TestRun): number {
  return startedAt + silentAfterMs;
}

/** What stands behind the first label of a host’s name; null where that is one label, which half the world shares. */
function domainOf(greeting: string): string | null {
  const domain = greeting.toLowerCase().replace(/\.$/, '').split('.').slice(1);
  return domain.length < 2 || domain.includes('') ? null : domain.join('.');
}

/** 24 bits of an IPv4 address, 48 of an IPv6 one: what one operator has at least. */
export function networkOf(address: string): string {
  const octets = addressFromText(address);
  if (octets === null) return address;
  return octets.subarray(0, octets.length === 4 ? 3 : 6).join('.');
}

/** The same for many, each worked out once. */
export function createNetworks(): (address: string) => string {
  const known = new Map<string, string>();
  return (address) => {
    const found = known.get(address) ?? networkOf(address);
    known.set(address, found);
    return found;
  };
}
