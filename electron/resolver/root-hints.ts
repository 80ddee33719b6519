/** The root zone to start from: root hints, and what the root servers themselves say (RFC 9609). */
import { ROOT } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { askZone } from './ask-servers.ts';
import type { Context } from './context.ts';
import { MAX_NAME_SERVERS_PER_DELEGATION } from './limits.ts';
import { hostsOf } from './reply.ts';
import type { Run } from './run.ts';
import type { Zone } from './zone.ts';

/** Of NS, A and AAAA records as in a hints file. */
export function rootZone(hints: readonly ResourceRecord[]): Zone {
  const ns = hints.filter((record) => record.type === TYPE.NS && record.name.labels.length === 0);
  return {
    name: ROOT,
    parent: null,
    hosts: hostsOf(ns, hints).slice(0, MAX_NAME_SERVERS_PER_DELEGATION),
    hostsLeftOut: 0,
    referral: null,
    hidden: false,
  };
}

/**
 * Asks for the root's NS RRset beside the first question. The answer need not be signed, nor come at all:
 * then the hints stand (RFC 9609 §3.3; the servers' answers are validated anyway).
 */
export async function prime(
  run: Run,
  hints: Zone,
  accept: (zone: Zone) => void,
  context: Context,
): Promise<void> {
  const asked = await askZone(run, hints, ROOT, TYPE.NS, context);
  if (!asked.result.ok) return;
  const { answers, additionals } = asked.result.value.message;
  const ns = answers.filter((record) => record.type === TYPE.NS && record.name.labels.length === 0);
  const hosts = hostsOf(ns, additionals).slice(0, MAX_NAME_SERVERS_PER_DELEGATION);
  // Without addresses it is worth less than the hints.
  if (hosts.some((host) => host.addresses.length > 0)) accept({ ...hints, hosts });
}
