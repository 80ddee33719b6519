/** The zone that holds a name, and every address at which it is served (RFC 1034 §4.2.1). */
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { Failure } from '../../shared/failure.ts';
import { trustOf } from './chain-of-trust.ts';
import { untilLate, type Context } from './context.ts';
import { iterate } from './iterate.ts';
import { MAX_LOOK_UP_MS, MAX_NAME_SERVERS_PER_DELEGATION } from './limits.ts';
import { allHostServers } from './name-servers.ts';
import { hostsOf } from './reply.ts';
import type { ServerAddress, ZoneServers } from './resolver.ts';
import { isOfFamily, type Run } from './run.ts';
import { settle } from './settle.ts';
import type { NameServerHost, Zone } from './zone.ts';

/** Servers that the parent names and those that the zone itself names: resolvers may ask either. */
export function zoneServers(run: Run, name: Name, context: Context): Promise<ZoneServers> {
  return untilLate(
    findServers(run, name, context),
    run.network.clock,
    MAX_LOOK_UP_MS,
    (): ZoneServers => ({
      zone: run.zones.closest(name, TYPE.SOA).name,
      security: 'indeterminate',
      servers: [],
      failure: { kind: 'limit', limit: 'MAX_LOOK_UP_MS' },
    }),
  );
}

async function findServers(run: Run, name: Name, context: Context): Promise<ZoneServers> {
  const found = await holderOf(run, name, context);
  const { zone } = found;
  run.listed.set(zone.name.key, zone);
  const [hosts, trust] = await Promise.all([
    hostsOfZone(run, zone, context),
    trustOf(run, zone, context),
  ]);
  const used = hosts.slice(0, MAX_NAME_SERVERS_PER_DELEGATION);
  const lists = await Promise.all(used.map((host) => addressesOf(run, host, context)));
  const servers = new Map<string, ServerAddress>();
  for (const server of lists.flat()) {
    if (!servers.has(server.address)) servers.set(server.address, server);
  }
  return {
    zone: zone.name,
    security: trust.status,
    servers: [...servers.values()],
    unfound: hosts
      .filter((_host, index) => (lists[index] ?? []).length === 0)
      .map(({ name: server }) => server.key),
    failure: servers.size === 0 ? (found.failure ?? NO_ADDRESS) : found.failure,
  };
}

const NO_ADDRESS: Failure = { kind: 'unreachable', code: 'NO_NAME_SERVER_ADDRESS' };

/** As an earlier look-up has shown, else by asking for the SOA record at the name. */
async function holderOf(
  run: Run,
  name: Name,
  context: Context,
): Promise<{ readonly zone: Zone; readonly failure: Failure | null }> {
  const known = run.holders.get(name.key);
  if (known !== undefined) return { zone: known, failure: null };
  const settled = await settle(run, name, TYPE.SOA, context);
  const zone = run.holders.get(name.key) ?? settled.judged?.trust.zone ?? settled.zone;
  return { zone, failure: settled.failure };
}

async function hostsOfZone(
  run: Run,
  zone: Zone,
  context: Context,
): Promise<readonly NameServerHost[]> {
  const asked = await iterate(run, zone.name, TYPE.NS, context);
  const message = asked.result.ok ? asked.result.value.message : null;
  const ns = message?.answers.filter(
    (record) => record.type === TYPE.NS && record.name.key === zone.name.key,
  );
  const own = hostsOf(ns ?? [], message?.additionals ?? []);
  // The hosts of a hidden zone are those of the zone above: only its own word counts.
  const parents = zone.hidden && own.length > 0 ? [] : zone.hosts;
  const hosts = new Map<string, NameServerHost>();
  for (const host of run.forwarder === null ? [...parents, ...own] : own) {
    const addresses = [...(hosts.get(host.name.key)?.addresses ?? []), ...host.addresses];
    hosts.set(host.name.key, { name: host.name, addresses: [...new Set(addresses)] });
  }
  return [...hosts.values()];
}

async function addressesOf(
  run: Run,
  host: NameServerHost,
  context: Context,
): Promise<readonly ServerAddress[]> {
  const glue = host.addresses.filter((address) => isOfFamily(run, address));
  if (glue.length === 0) return allHostServers(run, host.name, context);
  return glue.map((address) => ({ name: host.name.key, address }));
}
