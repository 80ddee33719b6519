/** The addresses of a zone's name servers: glue first, looked up where there is none (RFC 1034 §5.3.3). */
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { firstThat, type Context } from './context.ts';
import { MAX_RECURSION_DEPTH, MAX_SERVER_LOOK_UPS_PER_DELEGATION } from './limits.ts';
import { addressesIn } from './reply.ts';
import type { ServerAddress } from './resolver.ts';
import { isOfFamily, type AddressFamily, type Run } from './run.ts';
import type { NameServerHost, Zone } from './zone.ts';

/** Enough addresses to begin with: all the glue, or what the first look-up to succeed finds. */
export function someServers(
  run: Run,
  zone: Zone,
  context: Context,
): Promise<readonly ServerAddress[]> {
  const glue = gluedServers(zone);
  if (run.forwarder !== null) return Promise.resolve(glue);
  const usable = glue.filter((server) => isOfFamily(run, server.address));
  if (usable.length > 0) return Promise.resolve(usable);
  const lookUps = lookedUpHosts(run, zone).flatMap((host) =>
    run.families.map((family) => hostServers(run, host.name, family, context)),
  );
  return firstThat(lookUps, (servers) => servers.length > 0, []);
}

/** The addresses of the hosts without glue, all of them. */
export async function moreServers(
  run: Run,
  zone: Zone,
  context: Context,
): Promise<readonly ServerAddress[]> {
  if (run.forwarder !== null) return [];
  return run.serverLists.run(zone.name.key, context, async (inner) => {
    const hosts = lookedUpHosts(run, zone);
    const lists = hosts.map((host) => allHostServers(run, host.name, inner));
    return (await Promise.all(lists)).flat();
  });
}

/** Tells of the limits that kept servers of this zone from being asked. */
export function noteServersLeftOut(run: Run, zone: Zone, context: Context): void {
  if (zone.hostsLeftOut > 0) context.budget.hit('MAX_NAME_SERVERS_PER_DELEGATION');
  if (hostsWithoutGlue(run, zone).length > MAX_SERVER_LOOK_UPS_PER_DELEGATION) {
    context.budget.hit('MAX_SERVER_LOOK_UPS_PER_DELEGATION');
  }
}

export function gluedServers(zone: Zone): readonly ServerAddress[] {
  return zone.hosts.flatMap((host) =>
    host.addresses.map((address) => ({ name: host.name.key, address })),
  );
}

/** Few, or a delegation could make us ask a third party a lot (NXNSAttack). */
function lookedUpHosts(run: Run, zone: Zone): readonly NameServerHost[] {
  return hostsWithoutGlue(run, zone).slice(0, MAX_SERVER_LOOK_UPS_PER_DELEGATION);
}

function hostsWithoutGlue(run: Run, zone: Zone): readonly NameServerHost[] {
  return zone.hosts.filter((host) => !host.addresses.some((address) => isOfFamily(run, address)));
}

/** All addresses of a name-server host in the families of this run. */
export async function allHostServers(
  run: Run,
  host: Name,
  context: Context,
): Promise<readonly ServerAddress[]> {
  const lists = run.families.map((family) => hostServers(run, host, family, context));
  return (await Promise.all(lists)).flat();
}

/** Not validated: the answers of the servers will be. */
async function hostServers(
  run: Run,
  host: Name,
  family: AddressFamily,
  context: Context,
): Promise<readonly ServerAddress[]> {
  if (context.depth >= MAX_RECURSION_DEPTH) {
    context.budget.hit('MAX_RECURSION_DEPTH');
    return [];
  }
  const addresses = await run.hostAddresses.run(`${family}|${host.key}`, context, async (inner) => {
    const deeper = { ...inner, depth: inner.depth + 1 };
    const type = family === 'ipv4' ? TYPE.A : TYPE.AAAA;
    const { result } = await run.steps.iterate(host, type, deeper);
    return result.ok ? addressesIn(result.value.message.answers, host) : [];
  });
  return addresses.map((address) => ({ name: host.key, address }));
}
