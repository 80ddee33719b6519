/** The addresses of a zone's name servers: glue first, looked up where there is none (RFC 1034 §5.3.3). */
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { firstThat, type Context } from './context.ts';
import { MAX_RECURSION_DEPTH, MAX_SERVER_LOOK_UPS_PER_DELEGATION } from './limits.ts';
import { addressesIn } from './reply.ts';
import type { ServerAddress } from './resolver.ts';
import { isOfFamily, type Run } from './run.ts';
import type { NameServerHost, Zone } from './zone.ts';

/** Enough addresses to begin with: all the glue, or what the first look-up to succeed finds. */
export function someServers(
  run: Run,
  zone: Zone,
  context: Context,
): Promise<readonly ServerAddress[]> {
  const glue = gluedServers(zone).filter((server) => isOfFamily(run, server.address));
  if (glue.length > 0 || run.forwarder !== null) {
    return Promise.resolve(run.forwarder === null ? glue : gluedServers(zone));
  }
  const lookUps = lookedUpHosts(run, zone).map((host) => hostServers(run, host, context));
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
    const lists = lookedUpHosts(run, zone).map((host) => hostServers(run, host, inner));
    return (await Promise.all(lists)).flat();
  });
}

export function gluedServers(zone: Zone): readonly ServerAddress[] {
  return zone.hosts.flatMap((host) =>
    host.addresses.map((address) => ({ name: host.name.key, address })),
  );
}

/** Hosts whose addresses are to be looked up: few, or a delegation could make us ask a third party a lot. */
function lookedUpHosts(run: Run, zone: Zone): readonly NameServerHost[] {
  return zone.hosts
    .filter((host) => !host.addresses.some((address) => isOfFamily(run, address)))
    .slice(0, MAX_SERVER_LOOK_UPS_PER_DELEGATION);
}

async function hostServers(
  run: Run,
  host: NameServerHost,
  context: Context,
): Promise<readonly ServerAddress[]> {
  const addresses = await hostAddresses(run, host.name, context);
  return addresses.map((address) => ({ name: host.name.key, address }));
}

/** All addresses of a name-server host in the families of this run; not validated: its answers will be. */
export function hostAddresses(run: Run, host: Name, context: Context): Promise<readonly string[]> {
  if (context.depth >= MAX_RECURSION_DEPTH) return Promise.resolve([]);
  return run.hostAddresses.run(host.key, context, async (inner) => {
    const deeper = { ...inner, depth: inner.depth + 1 };
    const types = run.families.map((family) => (family === 'ipv4' ? TYPE.A : TYPE.AAAA));
    const answers = await Promise.all(types.map((type) => run.steps.iterate(host, type, deeper)));
    return answers.flatMap(({ result }) =>
      result.ok ? addressesIn(result.value.message.answers, host) : [],
    );
  });
}
