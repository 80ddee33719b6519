/** The addresses of a zone's name servers: glue first, looked up where there is none (RFC 1034 §5.3.3). */
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { firstThat, type Context } from './context.ts';
import { isLimitReached, limitReached } from './limit-reached.ts';
import {
  MAX_ADDRESSES_PER_SERVER,
  MAX_RECURSION_DEPTH,
  MAX_SERVER_LOOK_UPS_PER_DELEGATION,
} from './limits.ts';
import { addressesIn } from './reply.ts';
import type { ServerAddress } from './resolver.ts';
import { isOfFamily, type AddressFamily, type Run } from './run.ts';
import type { NameServerHost, Zone } from './zone.ts';

/** What was found, and which of our limits kept us from finding more. */
export interface FoundServers {
  readonly servers: readonly ServerAddress[];
  readonly limits: readonly Observation[];
}

export const NO_SERVERS: FoundServers = { servers: [], limits: [] };

/** Enough addresses to begin with: all the glue, or what the first look-up to succeed finds. */
export async function someServers(run: Run, zone: Zone, context: Context): Promise<FoundServers> {
  const glue = gluedServers(zone);
  if (run.forwarder !== null) return { servers: glue, limits: [] };
  const usable = glue.filter((server) => isOfFamily(run, server.address));
  if (usable.length > 0) return { servers: usable, limits: [] };
  const lookUps = lookedUpHosts(run, zone.hosts).flatMap((host) =>
    run.families.map((family) => hostServers(run, host.name, family, context)),
  );
  const first = await firstThat(lookUps, ({ servers }) => servers.length > 0, NO_SERVERS);
  return first.servers.length > 0 ? first : joined(await Promise.all(lookUps));
}

/** The addresses of the hosts without glue, all of them. */
export async function moreServers(run: Run, zone: Zone, context: Context): Promise<FoundServers> {
  if (run.forwarder !== null) return NO_SERVERS;
  return run.serverLists.run(zone.name.key, context, (inner) =>
    lookUpHosts(run, zone.hosts, inner),
  );
}

/** Looks up those of the hosts that came without glue; few of them. */
export async function lookUpHosts(
  run: Run,
  hosts: readonly NameServerHost[],
  context: Context,
): Promise<FoundServers> {
  const lookUps = lookedUpHosts(run, hosts).flatMap((host) =>
    run.families.map((family) => hostServers(run, host.name, family, context)),
  );
  return joined(await Promise.all(lookUps));
}

/** Of a delegation so large that servers of it are not used at all. */
export function serversLeftOut(zone: Zone): readonly Observation[] {
  const about = { zone: zone.name.key };
  const names =
    zone.hostsLeftOut === 0
      ? []
      : [
          limitReached('MAX_NAME_SERVERS_PER_DELEGATION', zone.name.key, {
            ...about,
            leftOut: zone.hostsLeftOut,
          }),
        ];
  const addresses = zone.hosts
    .filter(({ addressesLeftOut = 0 }) => addressesLeftOut > 0)
    .map(({ name }) =>
      limitReached('MAX_ADDRESSES_PER_SERVER', name.key, { ...about, server: name.key }),
    );
  return [...names, ...addresses];
}

/** Where nobody answered: servers that were never found, for all that they might have said. */
export function serversNotLookedUp(run: Run, zone: Zone): readonly Observation[] {
  const leftOut = hostsWithoutGlue(run, zone.hosts).length - MAX_SERVER_LOOK_UPS_PER_DELEGATION;
  if (leftOut <= 0) return [];
  const parameters = { zone: zone.name.key, leftOut };
  return [limitReached('MAX_SERVER_LOOK_UPS_PER_DELEGATION', zone.name.key, parameters)];
}

export function gluedServers(zone: Pick<Zone, 'hosts'>): readonly ServerAddress[] {
  return zone.hosts.flatMap((host) =>
    host.addresses.map((address) => ({ name: host.name.key, address })),
  );
}

/** Few, or a delegation could make us ask a third party a lot (NXNSAttack). */
function lookedUpHosts(run: Run, hosts: readonly NameServerHost[]): readonly NameServerHost[] {
  return hostsWithoutGlue(run, hosts).slice(0, MAX_SERVER_LOOK_UPS_PER_DELEGATION);
}

function hostsWithoutGlue(run: Run, hosts: readonly NameServerHost[]): readonly NameServerHost[] {
  return hosts.filter((host) => !host.addresses.some((address) => isOfFamily(run, address)));
}

/** All addresses of a name-server host in the families of this run. */
export async function allHostServers(
  run: Run,
  host: Name,
  context: Context,
): Promise<readonly ServerAddress[]> {
  const lists = run.families.map((family) => hostServers(run, host, family, context));
  return joined(await Promise.all(lists)).servers;
}

/** Not validated: the answers of the servers will be. */
async function hostServers(
  run: Run,
  host: Name,
  family: AddressFamily,
  context: Context,
): Promise<FoundServers> {
  if (context.depth >= MAX_RECURSION_DEPTH) {
    const parameters = { server: host.key };
    return { servers: [], limits: [limitReached('MAX_RECURSION_DEPTH', host.key, parameters)] };
  }
  return run.hostAddresses.run(`${family}|${host.key}`, context, async (inner) => {
    const deeper = { ...inner, depth: inner.depth + 1 };
    const type = family === 'ipv4' ? TYPE.A : TYPE.AAAA;
    const { result, observations } = await run.steps.iterate(host, type, deeper);
    const limits = observations.filter(isLimitReached);
    if (!result.ok) return { servers: [], limits };
    const addresses = addressesIn(result.value.message.answers, host);
    const servers = addresses
      .slice(0, MAX_ADDRESSES_PER_SERVER)
      .map((address) => ({ name: host.key, address }));
    if (addresses.length === servers.length) return { servers, limits };
    const tooMany = limitReached('MAX_ADDRESSES_PER_SERVER', host.key, { server: host.key });
    return { servers, limits: [...limits, tooMany] };
  });
}

function joined(found: readonly FoundServers[]): FoundServers {
  return {
    servers: found.flatMap(({ servers }) => servers),
    limits: found.flatMap(({ limits }) => limits),
  };
}
