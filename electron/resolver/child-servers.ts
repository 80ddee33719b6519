/** Name servers as a zone's own servers name them, for when the parent's list is of no use (RFC 1034 §4.2.2). */
import { TYPE } from '../../shared/dns/record-type.ts';
import type { Message } from '../wire/message.ts';
import type { Context } from './context.ts';
import { MAX_NAME_SERVERS_PER_DELEGATION } from './limits.ts';
import {
  gluedServers,
  lookUpHosts,
  NO_SERVERS,
  serversLeftOut,
  type FoundServers,
} from './name-servers.ts';
import { hostsOf } from './reply.ts';
import type { Run } from './run.ts';
import type { Zone } from './zone.ts';

/** Even a server that is of no use otherwise may know who serves the zone. `message` is scrubbed. */
export function noteChildHosts(run: Run, zone: Zone, message: Message): void {
  if (run.childHosts.has(zone.name.key)) return;
  const ns = [...message.answers, ...message.authorities].filter(
    (record) => record.type === TYPE.NS && record.name.key === zone.name.key,
  );
  if (ns.length === 0) return;
  run.childHosts.set(zone.name.key, hostsOf(ns, message.additionals));
}

/** `mayAsk`: whether it is worth asking for the NS RRset, as some server does answer. */
export async function childServers(
  run: Run,
  zone: Zone,
  mayAsk: boolean,
  context: Context,
): Promise<FoundServers> {
  // A hidden zone has no servers of its own, and the root has no parent.
  if (run.forwarder !== null || zone.hidden || zone.parent === null) return NO_SERVERS;
  if (mayAsk && !run.childHosts.has(zone.name.key)) {
    await run.steps.iterate(zone.name, TYPE.NS, context);
  }
  const named = run.childHosts.get(zone.name.key) ?? [];
  const hosts = named.slice(0, MAX_NAME_SERVERS_PER_DELEGATION);
  const hostsLeftOut = named.length - hosts.length;
  // Those that the parent names too have been looked up.
  const strangers = hosts.filter(({ name }) =>
    zone.hosts.every((each) => each.name.key !== name.key),
  );
  const { servers, limits } = await lookUpHosts(run, strangers, context);
  return {
    servers: [...gluedServers({ hosts }), ...servers],
    limits: [...serversLeftOut({ ...zone, hosts, hostsLeftOut }), ...limits],
  };
}
