/** What one server's reply is good for: answer, referral, denial or nothing; and what of it is in bailiwick. */
import { addressToText } from '../../shared/dns/address.ts';
import {
  isStrictSubdomainOf,
  isSubdomainOf,
  nameFromWire,
  type Name,
} from '../../shared/dns/name.ts';
import { RCODE, rcodeToText } from '../../shared/dns/rcode.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { CLASS_IN, type ResourceRecord } from '../../shared/dns/record.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Message } from '../wire/message.ts';
import { MAX_ADDRESSES_PER_SERVER, MAX_NAME_SERVERS_PER_DELEGATION } from './limits.ts';
import type { ServerAddress } from './resolver.ts';
import type { NameServerHost, Zone } from './zone.ts';

export interface Reply {
  readonly message: Message;
  readonly raw: Uint8Array;
  readonly server: ServerAddress;
  readonly transport: 'udp' | 'tcp';
}

export type Assessment =
  | { readonly kind: 'use' }
  /** Has the data, but not with authority: used when no server does better. */
  | { readonly kind: 'spare' }
  | { readonly kind: 'reject'; readonly failure: Failure; readonly lame: boolean };

const CARRIES_DATA: ReadonlySet<number> = new Set([RCODE.NOERROR, RCODE.NXDOMAIN, RCODE.YXDOMAIN]);

/** Judges a scrubbed reply from an authoritative server of `zone`. */
export function assess(message: Message, zone: Zone, name: Name, type: number): Assessment {
  const recursive = assessRecursive(message);
  if (recursive.kind === 'reject') return recursive;
  const authoritative = message.flags.authoritative;
  if (hasAnswer(message, name, type)) return { kind: authoritative ? 'use' : 'spare' };
  if (findReferral(message, zone, name, type) !== null) return { kind: 'use' };
  if (authoritative) return { kind: 'use' };
  if (message.authorities.some((record) => record.type === TYPE.SOA)) return { kind: 'spare' };
  // RFC 1034 §5.3.3 step 4d: no answer, no denial and no closer delegation: the server is lame.
  const detail = 'a server is not authoritative for the zone and refers to no closer one';
  return { kind: 'reject', failure: { kind: 'malformed', detail }, lame: true };
}

/** Judges a reply from a recursive resolver: only the RCODE counts. */
export function assessRecursive(message: Message): Assessment {
  if (CARRIES_DATA.has(message.rcode)) return { kind: 'use' };
  const lame = message.rcode === RCODE.REFUSED || message.rcode === RCODE.NOTAUTH;
  return { kind: 'reject', failure: { kind: 'rcode', rcode: rcodeToText(message.rcode) }, lame };
}

/** The message without what its sender cannot speak for: other classes, owners outside its zone. */
export function scrub(message: Message, zone: Name): Message {
  const inBailiwick = (record: ResourceRecord): boolean =>
    record.class === CLASS_IN && isSubdomainOf(record.name, zone);
  return {
    ...message,
    answers: message.answers.filter(inBailiwick),
    authorities: message.authorities.filter(inBailiwick),
    additionals: message.additionals.filter(inBailiwick),
  };
}

/** Data of that name and type, or an alias that leads on from it. */
export function hasAnswer(message: Message, name: Name, type: number): boolean {
  return message.answers.some(
    (record) =>
      (record.name.key === name.key && (record.type === type || record.type === TYPE.CNAME)) ||
      (record.type === TYPE.DNAME && isStrictSubdomainOf(name, record.name)),
  );
}

/** The closer zone that a scrubbed reply refers to, or null when it is no referral. */
export function findReferral(message: Message, zone: Zone, name: Name, type: number): Zone | null {
  if (message.rcode !== RCODE.NOERROR || hasAnswer(message, name, type)) return null;
  const records = message.authorities.filter(
    (record) =>
      record.type === TYPE.NS &&
      isStrictSubdomainOf(record.name, zone.name) &&
      isSubdomainOf(name, record.name) &&
      // RFC 4035 §3.1.4.1: the child's side knows nothing of its own DS RRset.
      !(type === TYPE.DS && record.name.key === name.key),
  );
  const owner = records[0]?.name;
  if (owner === undefined) return null;
  const hosts = hostsOf(
    records.filter((record) => record.name.key === owner.key),
    message.additionals,
  );
  return {
    name: owner,
    parent: zone,
    hosts: hosts.slice(0, MAX_NAME_SERVERS_PER_DELEGATION),
    hostsLeftOut: Math.max(0, hosts.length - MAX_NAME_SERVERS_PER_DELEGATION),
    referral: message.authorities.filter((record) => record.type !== TYPE.NS),
    hidden: false,
  };
}

/** Name-server hosts with the addresses among `additionals`, those with addresses first. */
export function hostsOf(
  nsRecords: readonly ResourceRecord[],
  additionals: readonly ResourceRecord[],
): readonly NameServerHost[] {
  const names = new Map<string, Name>();
  for (const record of nsRecords) {
    const target = nameFromWire(record.rdata, 0)?.name;
    if (target !== undefined) names.set(target.key, target);
  }
  const hosts = [...names.values()].map((name) => {
    const addresses = addressesIn(additionals, name);
    return {
      name,
      addresses: addresses.slice(0, MAX_ADDRESSES_PER_SERVER),
      addressesLeftOut: Math.max(0, addresses.length - MAX_ADDRESSES_PER_SERVER),
    };
  });
  return [
    ...hosts.filter((host) => host.addresses.length > 0),
    ...hosts.filter((host) => host.addresses.length === 0),
  ];
}

/** The A and AAAA data of that owner, as text. */
export function addressesIn(records: readonly ResourceRecord[], owner: Name): readonly string[] {
  const addresses = records.flatMap((record) => {
    if (record.name.key !== owner.key) return [];
    if (record.type !== TYPE.A && record.type !== TYPE.AAAA) return [];
    if (record.rdata.length !== (record.type === TYPE.A ? 4 : 16)) return [];
    return [addressToText(record.rdata) ?? ''];
  });
  return [...new Set(addresses)];
}
